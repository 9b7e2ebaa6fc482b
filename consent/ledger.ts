import type { Entry } from './terms.ts'

/**
 * Where consents are written down. `about` gives every entry that may bear on this actor and this title, whoever made
 * it, as of this moment, and throws when it can't: an old answer is a wrong one.
 */
export type Ledger = {
  readonly about: (actor: string, title: string) => Promise<readonly Entry[]>
}

/** A ledger in which nobody has said yes to anything. */
export const emptyLedger: Ledger = Object.freeze({ about: async () => [] })
