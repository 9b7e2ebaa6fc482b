import type { Glossary, Language } from '../terms.ts'

/**
 * What turns lines into another language. To add one: write engines/NAME.ts with a function that opens it, name it in
 * the wiring (server/crew.ts), and run test/contracts/translation-engine.ts on it.
 */
export type TranslationEngine = {
  readonly identity: string
  readonly licence: string
  /** Lines that fit into one ask. */
  readonly batch: number
  /** True when it can go from one language to the other. */
  readonly speaks: (from: Language, to: Language) => boolean
  /** As many answers as lines, in their order; undefined where it has none. One bad answer spoils no other. */
  readonly translate: (ask: TranslateAsk, signal: AbortSignal) => Promise<readonly (string | undefined)[]>
}
export type TranslateAsk = {
  readonly from: Language
  readonly to: Language
  readonly lines: readonly {
    readonly id: string
    readonly speaker?: string
    readonly text: string
  }[]
  /** Neighbouring lines, for the sense: not to be translated. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly glossary: Glossary
}
