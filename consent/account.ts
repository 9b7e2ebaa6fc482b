import { base64url } from './bytes.ts'
import { canonical } from './canonical.ts'
import type { Log } from './log/log.ts'
import { type NoteSigner, signNote } from './log/note.ts'
import type { Witnessed } from './receipt.ts'
import type { Entry, Signed } from './records.ts'
import type { Registry } from './registry.ts'

/**
 * Every statement about somebody, each with its proof, and the log's signature under “these are all”. One file for its
 * person: docs/consent-protocol.md section 8 says what it proves and what it can't.
 */
export type Account = {
  readonly protocol: 'kotodama.consent.account/1'
  readonly party: string
  readonly checkpoint: string
  readonly records: readonly Witnessed[]
  /** The note in which the log's key says which leaves these are. */
  readonly all: string
}
/** What the note says: of the first `size` leaves, these and no others are about `party`. */
export type Claim = {
  readonly asOf: number
  readonly size: number
  readonly party: string
  readonly leaves: readonly number[]
}

export const accountOrigin = (origin: string) => `${origin}/account`

/** Whom a statement names: who said it, whom it is of, whom it gives something to. */
export function named(said: object): readonly string[] {
  const { by, actor, to, guardian, actors, terms } = said as Readonly<Record<string, unknown>>
  const holder = typeof terms === 'object' && terms !== null && 'holder' in terms ? terms.holder : undefined
  const all = [by, actor, to, guardian, holder, ...(Array.isArray(actors) ? actors : [])]
  return all.filter((one): one is string => typeof one === 'string')
}

/** The statements that a statement is about. */
export function references(said: object): readonly string[] {
  const { of, grants, grant, licence } = said as Readonly<Record<string, unknown>>
  return [of, grants, grant, licence].flat().filter((one): one is string => typeof one === 'string')
}

/** The statements about a party: those that name it, and those about such a statement. In the log's order. */
export function aboutParty<Said extends { readonly id: string }>(
  all: readonly Said[],
  party: string,
): readonly Said[] {
  const mine = new Set<string>()
  return all.filter(one => {
    const hit = one.id === party || named(one).includes(party) || references(one).some(id => mine.has(id))
    if (hit) mine.add(one.id)
    return hit
  })
}

/** The account of a party as the log stands. An unknown party's is empty. */
export function accountOf(
  registry: Pick<Registry, 'entries' | 'opening'>,
  log: Pick<Log, 'checkpoint' | 'size' | 'inclusion'>,
  party: string,
  asOf: number,
  signer: NoteSigner,
): Account {
  const inOrder = [...registry.entries()].sort((one: Entry, two: Entry) => one.leaf - two.leaf)
  const records = aboutParty(inOrder, party).map(({ id }): Witnessed => {
    const opening = registry.opening(id)
    if (!opening) throw new RangeError('There is no such statement.')
    const { salt, signed, leaf, logged } = opening
    return { salt, signed: signed as Signed, index: leaf, logged, proof: log.inclusion(leaf).map(base64url) }
  })
  const claim: Claim = { asOf, size: log.size(), party, leaves: records.map(({ index }) => index) }
  return {
    protocol: 'kotodama.consent.account/1',
    party,
    checkpoint: log.checkpoint(),
    records,
    all: signNote(`${accountOrigin(signer.name)}\n${canonical(claim)}\n`, [signer]),
  }
}
