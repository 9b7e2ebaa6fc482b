import { expect } from 'chai'
import { type Book, decide } from '../../consent/decide.ts'
import type { Entry, Terms } from '../../consent/records.ts'
import { standing } from '../../consent/second.ts'
import { type Ask, type Instant, isRefusal, type RefusalName } from '../../consent/terms.ts'
import { ask, bookOf, entry, terms, yeses } from './consent.ts'

/** What is changed of the world in which `yeses` allow `ask` at 1000, and what comes of it. */
export type World = {
  readonly entries?: readonly Entry[]
  readonly ask?: Partial<Ask>
  readonly now?: Instant
  readonly adds?: number
  readonly tallies?: Book['tallies']
}
export type Row = readonly [sentence: string, world: World, refused?: RefusalName]
export const [party, request, grant, licence] = yeses as [Entry, Entry, Entry, Entry]
export const hours = 3_600_000

/** The world in which one text of terms is another. */
export const texts = {
  'the request': (change: Partial<Terms>) => [
    party,
    entry('request', 'e0', { terms: { ...terms, ...change } }),
    grant,
    licence,
  ],
  'the grant': (change: Partial<Terms>) => [
    party,
    request,
    entry('grant', 'e1', { terms: { ...terms, ...change } }),
    licence,
  ],
  'a narrowing': (change: Partial<Terms>) => [
    ...yeses,
    entry('narrowing', 'e3', { terms: { ...terms, ...change } }),
  ],
  'the licence': (change: Partial<Terms>) => [
    party,
    request,
    grant,
    entry('licence', 'e2', { terms: { ...terms, ...change } }),
  ],
  'a narrowing of the licence': (change: Partial<Terms>) => [
    ...yeses,
    entry('narrowing', 'e3', { by: 'holder-1', of: 'e2', terms: { ...terms, ...change } }),
  ],
} as const

export const minor = entry('party', 'actor-1', { leaf: -1, adultAt: 5000, guardian: 'guardian-1' })
export const noticed = (logged: number, noticeHours = 48) => [
  party,
  entry('request', 'e0', { logged, terms: { ...terms, noticeHours, makeUntil: 9e12, until: 9e12 } }),
  entry('grant', 'e1', { noticeWaived: false, terms: { ...terms, makeUntil: 9e12, until: 9e12 } }),
  entry('licence', 'e2', { terms: { ...terms, makeUntil: 9e12, until: 9e12 } }),
]
export const byAgent = [party, request, entry('grant', 'e1', { by: 'agent-1' }), licence]
export const mandate = entry('mandate', 'm1')
export const estate = entry('mandate', 'm1', { to: 'estate-1', role: 'estate', powers: [] })
export const death = entry('death', 'd1')
export const union = entry('mandate', 'm1', { to: 'union-1', role: 'union', powers: ['suspend', 'resume'] })
export const strike = entry('suspension', 'e5', { by: 'union-1', actors: ['actor-2', 'actor-1'] })
export const grantPause = entry('suspension', 'e5', { actors: [], grants: ['e8', 'e1'] })
export const no = entry('refusal', 'e5')
export const holdersNo = entry('refusal', 'e5', { by: 'holder-1', actor: null, title: 'kitsune' })
export const place = JSON.stringify(['kitsune', '1', 'en', 'l1'])
export const tally = (id: string, lines: readonly string[], milliseconds: number): World => ({
  tallies: new Map([[id, { lines: new Set(lines), milliseconds }]]),
})
export const nine = Array.from({ length: 9 }, (_, at) => `line ${at}`)
export const plus = (...more: readonly Entry[]): World => ({ entries: [...yeses, ...more] })

export const answer = ({ entries = yeses, tallies = new Map(), now = 1000, adds = 0, ...world }: World) => {
  const asked: Ask = { ...ask, ...world.ask }
  const book = bookOf(entries, tallies)
  return [decide(book, asked, now, adds), standing(book, asked, now, adds)] as const
}

/** A row for each world: what the first reading says of it, and that the second says the same. */
export function rule(rows: readonly Row[]): void {
  for (const [sentence, world, refused] of rows)
    it(sentence, () => {
      const [first, second] = answer(world)
      expect(isRefusal(first) ? first.refused : undefined).to.equal(refused)
      const allowed = second.grants.length > 0 && second.licences.length > 0
      expect(allowed, 'the second reading').to.equal(refused === undefined)
    })
}
