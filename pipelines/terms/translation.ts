/** What is said in another language, and what it is held against. */
import type { Finding, Language } from './base.ts'

export type Term = {
  readonly source: string
  readonly target: string
  readonly language: Language
  /** `forbid` names what must not stand in the translation; `keep` wants the target exactly as written, case included. */
  readonly forbid?: readonly string[]
  readonly keep?: boolean
  readonly note?: string
}
export type Glossary = readonly Term[]

/** A sentence a person once translated. */
export type MemoryEntry = {
  readonly from: Language
  readonly to: Language
  readonly source: string
  readonly target: string
  readonly origin: string
}

/** How a translation came to be. `score` is 0..1 for memory matches: 1 is exact. */
export type Origin =
  | { readonly how: 'human' }
  | { readonly how: 'memory'; readonly score: number; readonly origin: string; readonly source: string }
  | { readonly how: 'engine'; readonly engine: string }
  | { readonly how: 'none' }

/** `text` is empty when nobody could translate it: it is never the source passed off as a translation. */
export type TranslatedLine = {
  readonly id: string
  readonly text: string
  readonly origin: Origin
  /** The machine's words where a human's stand, or a memory that is only alike. Beside the text, never over it. */
  readonly suggestion?: { readonly text: string; readonly origin: Origin }
  /** The engine's other wordings, its best first, none of which breaks more terms than `text`: the fit may take one. */
  readonly candidates?: readonly string[]
}
export type Translation = {
  readonly language: Language
  readonly lines: readonly TranslatedLine[]
  readonly findings: readonly Finding[]
}
