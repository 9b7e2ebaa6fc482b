import type { Glossary, Honorifics, Language } from '../terms.ts'

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
  /** True when it heeds how much a line may say; other engines are not told, so that a moved line asks them nothing. */
  readonly budgeted?: boolean
  /** True when it heeds what a series does with honorifics; others are not told either. */
  readonly customs?: boolean
  /** As many answers as lines, in their order; undefined where it has none. One bad answer spoils no other. */
  readonly translate: (ask: TranslateAsk, signal: AbortSignal) => Promise<readonly (Answer | undefined)[]>
}
/** A wording, or several of them, the best first: the dub takes the one that fits. */
export type Answer = string | readonly string[]
export type TranslateAsk = {
  readonly from: Language
  readonly to: Language
  readonly lines: readonly {
    readonly id: string
    readonly speaker?: string
    readonly text: string
    /** Syllables there is time for in each stretch between two pauses of the original. */
    readonly budget?: readonly number[]
  }[]
  /** Neighbouring lines, for the sense: not to be translated. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly honorifics?: Honorifics
  readonly glossary: Glossary
}
