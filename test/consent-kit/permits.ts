/** How the kit spells permits: what stands in the log, what is done one after the other, and what the last of it comes to. */
import type { Entry, Grant, Use } from '../../consent/index.ts'
import { ask } from '../support/consent.ts'

export type Step =
  | { readonly do: 'permit'; readonly ask?: Partial<typeof ask> }
  /** Another statement comes to stand in the log. */
  | { readonly do: 'say'; readonly entry: Entry }
  | { readonly do: 'pass'; readonly ms: number }
  /** The register, or the clock, does not answer from here on. */
  | { readonly do: 'fail'; readonly what: 'register' | 'clock' }
  /** `holding`: what is held up in place of the grant, as `forgeries` makes it. */
  | { readonly do: 'redeem'; readonly use?: Partial<Use>; readonly holding?: string }
  | { readonly do: 'commit'; readonly milliseconds?: number; readonly holding?: string }
export type PermitCase = {
  readonly says: string
  readonly steps: readonly Step[]
  readonly expect: 'permitted' | 'opened' | 'kept' | 'forgery' | { readonly refused: string }
}
export type PermitKit = {
  /** What stands in the log before the first step, when the clock shows `now`. */
  readonly entries: readonly Entry[]
  readonly now: number
  readonly ask: typeof ask
  readonly cases: readonly PermitCase[]
}

/** Everything somebody might hold up in place of a grant, made from a true one where that helps. */
export const forgeries: readonly [sentence: string, make: (grant: Grant) => unknown][] = [
  ['an object literal', () => ({})],
  ['a literal with the terms of the ask', () => ({ ...ask, granted: true })],
  ['a frozen object without prototype', () => Object.freeze(Object.create(null))],
  ['a cast of the ask', () => ask],
  ['a spread of a true grant', grant => ({ ...grant })],
  [
    'a true grant’s own properties, symbols too',
    g => Object.defineProperties({}, Object.getOwnPropertyDescriptors(g)),
  ],
  ['a child of a true grant', grant => Object.create(grant)],
  ['an object whose prototype was set to a true grant', grant => Object.setPrototypeOf({}, grant)],
  ['a JSON copy', grant => JSON.parse(JSON.stringify(grant))],
  ['a structured clone', grant => structuredClone(grant)],
  ['a proxy', grant => new Proxy(grant, {})],
  [
    'what its constructor makes',
    grant => {
      const make = (grant as unknown as { constructor?: new () => object }).constructor
      return make ? new make() : {}
    },
  ],
  ['a weak reference to it', grant => new WeakRef(grant)],
  ['a promise of it', grant => Promise.resolve(grant)],
  ['an array of it', grant => [grant]],
  ['true', () => true],
  ['text', () => 'grant'],
  ['nothing', () => null],
]
