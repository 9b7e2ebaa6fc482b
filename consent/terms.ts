/**
 * The words of consent. Nothing in them is ever a pattern or a wildcard: a name is compared letter by letter.
 */

/** Milliseconds since 1970, as Date.now() gives them. */
export type Instant = number

/** What may be done with a person's voice. Each is granted by itself and none implies another. */
export const acts = ['speak', 'mix', 'hear', 'deliver'] as const
export type Act = (typeof acts)[number]

/** One act on one line: exactly these words, in this language, by this character of this episode. */
export type Use = {
  readonly act: Act
  readonly title: string
  readonly episode: string
  readonly language: string
  readonly character: string
  readonly line: string
  readonly text: string
}

/** May this person's voice be used so? */
export type Ask = Use & { readonly actor: string }

/** Two consents are needed: the actor's, and that of whoever holds the rights to the title. */
export const parties = ['actor', 'holder'] as const
export type Party = (typeof parties)[number]

/** What a ledger holds: a yes with its scope, a binding no, or the end of a yes. */
export type Entry = Yes | No | Withdrawal
export type Yes = {
  readonly kind: 'yes'
  readonly id: string
  readonly by: Party
  readonly actor: string
  readonly acts: readonly Act[]
  readonly title: string
  readonly episodes: readonly string[]
  readonly languages: readonly string[]
  readonly characters: readonly string[]
  /** The first instant at which it holds, and the first at which it no longer does. There is no for ever. */
  readonly from: Instant
  readonly until: Instant
}
/** Beats every yes. An absent actor or title means all of them. */
export type No = {
  readonly kind: 'no'
  readonly id: string
  readonly by: Party
  readonly actor?: string
  readonly title?: string
}
export type Withdrawal = { readonly kind: 'withdrawal'; readonly id: string; readonly of: string }

/** Why not. The closed list, with the sentence for people. */
export const refusals = {
  'no-ledger': 'The register of consents does not answer.',
  'no-clock': 'The clock cannot be trusted.',
  'refused-by-actor': 'The actor has said no to this.',
  'refused-by-holder': 'The holder of the rights to the title has said no to this.',
  'no-consent': 'The actor has not said yes.',
  'no-licence': 'The holder of the rights to the title has not said yes.',
  'other-title': 'There is a yes, but to another title.',
  'other-episode': 'There is a yes, but to other episodes.',
  'other-language': 'There is a yes, but to other languages.',
  'other-character': 'There is a yes, but to other characters.',
  'other-act': 'There is a yes, but to other uses.',
  'not-yet': 'There is a yes, but it does not hold yet.',
  expired: 'There was a yes, but its time is over.',
  withdrawn: 'There was a yes, but it was withdrawn.',
  stale: 'The grant is too old; ask again.',
  spent: 'The grant was used already; ask again.',
  'another-use': 'The grant was given for something else.',
} as const satisfies Record<string, string>
export type RefusalName = keyof typeof refusals
export type Refusal = { readonly refused: RefusalName }

/** True of a refusal; everything else that a gate gives is a key. */
export const isRefusal = (answer: object): answer is Refusal => Object.hasOwn(answer, 'refused')
