/** What an ending came to, for whoever is heard: what was found, what was done, and what could not be undone. */
import { createHash } from 'node:crypto'
import { canonical, type Entry } from '../../consent/index.ts'
import type { Delivery } from '../store/deliveries.ts'

/** Plain JSON. The SHA-256 of its canonical form stands in the log, in the entry `completed`. Instants in milliseconds. */
export type Certificate = {
  readonly protocol: 'kotodama.consent.completion/1'
  readonly entry: string
  readonly kind: Entry['kind']
  readonly logged: number
  /** Whose voices were looked for. */
  readonly voices: readonly string[]
  /** The yeses that are over for good. */
  readonly ended: readonly string[]
  /** Process groups that were killed and streams that were cut, at once. */
  readonly stopped: { readonly groups: number; readonly streams: number; readonly at: number }
  /** Results by step, their files, and the SHA-256 over all their keys. */
  readonly quarantined: {
    readonly steps: Readonly<Record<string, number>>
    readonly files: number
    readonly list: string
    readonly at: number
  }
  /** Episodes with the voice in their cast: waiting to be made, and made anew without it. */
  readonly queued: number
  readonly remade: readonly string[]
  readonly recipients: readonly {
    readonly delivery: string
    readonly file: string
    readonly sha256: string
    readonly at: number
  }[]
  readonly erased?: { readonly proof: string; readonly recordings: number }
  readonly couldNot: readonly Unable[]
  readonly walked: { readonly from: number; readonly to: number }
}
export type Unable = { readonly code: string; readonly en: string; readonly ja: string }

export const digestOf = (certificate: unknown): string =>
  createHash('sha256').update(canonical(certificate)).digest('base64url')

const unables = {
  'copies-outside': {
    en: 'Files that were fetched before can’t be deleted from here; whoever fetched them is told.',
    ja: 'すでに受け渡されたファイルは、こちらから消せません。受け取った人に通知します。',
  },
  'no-address': {
    en: 'No address is set to which notices are sent (NOTICES_URL): recipients see them when they sign in, or are told by hand.',
    ja: '通知の送り先（NOTICES_URL）が設定されていません。受け取った人はログインしたときに見るか、人の手で知らされます。',
  },
  'sell-off': {
    en: 'The yes itself allows that what was released before is sold off for some time.',
    ja: '同意の条件により、公開済みのものは一定期間の販売が認められています。',
  },
  'service-trusted': {
    en: 'A service that was sent the recording to speak after it is trusted to have kept nothing; that can’t be seen from here.',
    ja: '録音を送った外部サービスが何も残していないことは、こちらからは確かめられません。',
  },
} as const

/** What nobody here can undo, in the words that stand in the certificate. */
export function unable(
  entry: Entry,
  held: readonly Delivery[],
  ended: readonly Entry[],
  told: boolean,
): readonly Unable[] {
  const sold = ended.some(yes => yes.kind === 'grant' && yes.terms.afterWithdrawal.released === 'sell-off')
  const codes: readonly (readonly [keyof typeof unables, boolean])[] = [
    ['copies-outside', held.length > 0],
    ['no-address', held.length > 0 && !told],
    ['sell-off', held.length > 0 && sold],
    ['service-trusted', entry.kind === 'erasure'],
  ]
  return codes.flatMap(([code, so]) => (so ? [{ code, ...unables[code] }] : []))
}
