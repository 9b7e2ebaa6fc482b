import type { Rate } from '../../terms.ts'
import type { Diagnostic, Document, Reading, Severity } from '../document.ts'

/** What whoever reads a file knows of it that the file itself may not say. */
export type Hints = {
  /** Frames a second of the picture, for formats that count frames without saying how many make a second. */
  readonly rate?: Rate
}

/**
 * How a format is added: a file that says what this type asks for, and a row in `all.ts`. Formats are strangers to each
 * other. A reader never throws and takes linear time; a writer writes what nobody edited as it was read.
 */
type Common = {
  readonly name: string
  /** As people call it. */
  readonly title: string
  /** Without the dot, the usual one first. */
  readonly extensions: readonly string[]
  /** Media type. */
  readonly type: string
  /** What a run's `kept` says that its marks don't, in words: what another format can't be told. */
  readonly unsaid?: (kept: string) => readonly string[]
  /** What a key of `beside` says that nothing else in the model does; absent when all of it is said elsewhere too. */
  readonly besides?: Readonly<Record<string, string>>
  /** Whether its captions wear named styles of the document. Where they don't, what a style says is said by marks. */
  readonly styled?: boolean
  /** Whether what other formats kept for themselves is kept in it too. */
  readonly keeps?: boolean
}
export type TextFormat = Common & {
  readonly kind: 'text'
  /** 0 to 1: how sure the first characters of a file are in this format. */
  readonly looksLike: (head: string) => number
  readonly read: (text: string, hints?: Hints) => Reading
  readonly write?: (document: Document) => string
}
export type ByteFormat = Common & {
  readonly kind: 'bytes'
  readonly looksLike: (head: Uint8Array) => number
  readonly read: (bytes: Uint8Array, hints?: Hints) => Reading
  readonly write?: (document: Document) => Uint8Array
}
export type Format = TextFormat | ByteFormat

/** What can be wrong with a file of one format: each a severity, a sentence, and what the reader does about it. */
export type Complaints<Code extends string> = Readonly<
  Record<Code, readonly [severity: Severity, says: string, did: string]>
>

/** More of one kind than this help nobody, and would make a broken file's report larger than the file. */
const mostAlike = 100

/** Collects diagnostics out of a table of complaints. `{}` in a sentence is filled with what was found there. */
export function complaining<Code extends string>(table: Complaints<Code>) {
  const diagnostics: Diagnostic[] = []
  const counts = new Map<Code, number>()
  const complain = (code: Code, line: number, column = 1, found = ''): void => {
    const count = (counts.get(code) ?? 0) + 1
    counts.set(code, count)
    if (count > mostAlike) return
    const [severity, says, did] = table[code]
    const more = count === mostAlike ? ' More of the same are not listed.' : ''
    const seen = found.length > 40 ? `${found.slice(0, 40)}…` : found
    diagnostics.push({ code, severity, line, column, says: says.replace('{}', () => seen) + more, did })
  }
  return { diagnostics, complain }
}
