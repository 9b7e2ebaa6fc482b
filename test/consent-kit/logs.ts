/** How the kit spells logs and accounts: files of a base, edits of them, and what a monitor must say. */
import { fromBase64 } from '../../consent/bytes.ts'
import type { Alarm } from '../../consent/monitor.ts'
import type { Edit, Json } from './edits.ts'

export type LogCase = {
  readonly says: string
  /** Which of `logs` lies there, and the files that are others: base64, or null for one that is gone. */
  readonly log: string
  readonly files?: { readonly [path: string]: string | null }
  /** Another key than the kit's. */
  readonly key?: string
  /** What was remembered from the last look. */
  readonly seen?: { readonly checkpoint: string; readonly claim?: string }
  /** Which of `accounts` is handed over, and edits of it. */
  readonly account?: string
  readonly edits?: readonly Edit[]
  readonly party?: string
  readonly held?: readonly string[]
  readonly expect:
    | { readonly well: true; readonly records?: number }
    | { readonly well: false; readonly alarm: Alarm }
}
export type LogKit = {
  readonly key: string
  readonly logs: { readonly [name: string]: { readonly [path: string]: string } }
  readonly accounts: { readonly [name: string]: Json }
  readonly cases: readonly LogCase[]
}

/** The files as they lie there in this case. */
export function filesOf(kit: LogKit, { log, files = {} }: LogCase): Map<string, Uint8Array> {
  const all = { ...kit.logs[log], ...files }
  return new Map(
    Object.entries(all).flatMap(([path, spelt]) => (spelt === null ? [] : [[path, fromBase64(spelt)]])),
  )
}
