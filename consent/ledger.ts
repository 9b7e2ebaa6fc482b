import type { Book } from './decide.ts'
import type { Ask } from './terms.ts'

/** A use about to be committed: what the actor will see of it. */
export type Spent = {
  readonly grant: string
  readonly licence: string
  readonly asker: string
  readonly milliseconds: number
  /** The SHA-256 of what came out, as base64url. */
  readonly output: string
}

/**
 * Where consents are written down, as the gate needs it. Every answer is of this moment, and an old answer is a wrong one:
 * what can't answer throws.
 */
export type Ledger = {
  /**
   * Everything that may bear on this actor and this title, whoever said it, and its epoch: the place in the log of the
   * newest of it. Uses are in the tallies and don't move the epoch.
   */
  readonly about: (actor: string, title: string) => Promise<Book & { readonly epoch: number }>
  /**
   * Runs work while nothing can be entered but by it. `enter` writes a use into the log and resolves when it would
   * outlive a power cut.
   */
  readonly hold: <Result>(work: (enter: Enter) => Promise<Result>) => Promise<Result>
}
export type Enter = (spent: Spent, use: Ask) => Promise<void>
