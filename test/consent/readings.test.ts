import { expect } from 'chai'
import fc from 'fast-check'
import type { Entry, Terms } from '../../consent/records.ts'
import { type Ask, isRefusal } from '../../consent/terms.ts'
import { wordsOf } from '../../consent/words.ts'
import { entry, terms, yeses } from '../support/consent.ts'
import { answer, place } from '../support/worlds.ts'

describe('the two readings of the consents', () => {
  it('comes to the same answer in both readings of any history', () => {
    const id = fc.constantFrom('e0', 'e1', 'e2', 'e3', 'e4', 'm1', 'x')
    const who = fc.constantFrom('actor-1', 'actor-1', 'actor-2', 'holder-1', 'agent-1', 'union-1')
    const actor = fc.constantFrom('actor-1', 'actor-1', 'actor-1', 'actor-2')
    const at = fc.constantFrom(0, 900, 999, 1000, 1001, 5000, 9_000_000)
    const most = <T>(usual: T, ...rare: T[]) =>
      fc.oneof(
        { weight: 8, arbitrary: fc.constant(usual) },
        { weight: 1, arbitrary: fc.constantFrom(usual, ...rare) },
      )
    const text = fc.record({
      title: most('kitsune', 'tanuki'),
      holder: most('holder-1', 'holder-2'),
      acts: most(['speak', 'deliver'], [], ['hear']),
      territories: most(['JP'], ['FR'], []),
      languages: most(['en'], ['es']),
      alterations: most(['pitch'], []),
      banned: most([], ['violence']),
      from: most(0, 1000, 1001),
      makeUntil: most(9_000_000, 1000),
      until: most(9_000_000, 1000, 1001),
      limits: most({ lines: 2, seconds: 2 }, { lines: 1, seconds: 1 }, { lines: 0, seconds: 0 }),
      noticeHours: most(48, 72),
    })
    const full = text.map(change => ({ ...terms, ...change }) as Terms)
    const leaf = fc.integer({ min: 0, max: 30 })
    const logged = fc.constantFrom(0, 1000, 5000)
    const any: fc.Arbitrary<Entry> = fc.oneof(
      fc
        .record({ leaf, logged, adultAt: most(0, 1000, 1001, 5000), guardian: most(null, 'agent-1') })
        .map(change => entry('party', 'actor-1', { ...change, leaf: -1 } as never)),
      fc.record({ leaf, logged, actor, terms: full }).map(change => entry('request', 'e0', change)),
      fc
        .record({
          leaf,
          logged,
          actor,
          by: who,
          of: most('e0', 'x'),
          terms: full,
          noticeWaived: most(true, false),
          signers: fc.subarray(['actor-1', 'agent-1']),
        })
        .chain(change => fc.constantFrom('e1', 'e3').map(name => entry('grant', name, change))),
      fc
        .record({ leaf, logged, by: most('holder-1', 'holder-2'), terms: full })
        .chain(change => fc.constantFrom('e2', 'e4').map(name => entry('licence', name, change))),
    )
    const rare: fc.Arbitrary<Entry> = fc.oneof(
      fc.record({ leaf, by: who, of: id, terms: full }).map(change => entry('narrowing', 'n1', change)),
      fc
        .record({
          leaf,
          by: who,
          actor: fc.option(actor),
          title: fc.constantFrom(null, 'kitsune', 'tanuki'),
          act: fc.constantFrom(null, 'speak' as const, 'train' as const),
        })
        .map(change => entry('refusal', 'x', change)),
      fc
        .record({
          leaf,
          by: who,
          actors: fc.subarray(['actor-1', 'actor-2']),
          grants: fc.subarray(['e1', 'e3']),
        })
        .map(change => entry('suspension', 'x', change)),
      fc
        .record({ leaf, by: who, of: fc.constantFrom('x', 'e1') })
        .map(change => entry('resume', 'r1', change)),
      fc
        .record({ leaf, actor: fc.option(actor), of: fc.uniqueArray(id, { maxLength: 2 }) })
        .map(change => entry('withdrawal', 'w1', change)),
      fc.record({ leaf, actor }).map(change => entry('erasure', 'w1', change)),
      fc.record({ leaf, actor }).map(change => entry('death', 'd1', change)),
      fc
        .record({
          leaf,
          actor,
          to: who,
          role: fc.constantFrom('guardian', 'estate', 'union', 'agent'),
          powers: fc.subarray(['grant', 'suspend'] as const),
          from: at,
          until: at,
        })
        .map(change => entry('mandate', 'm1', change as never)),
    )
    const asked = fc.record({
      act: most('speak', 'deliver', 'hear'),
      territories: most([], ['JP'], ['JP', 'FR']),
      media: most([], ['streaming']),
      alterations: most([], ['pitch']),
      content: most([], ['violence']),
      language: most('en', 'es'),
      text: most('Hello.', 'Hello?'),
    })
    const spoken = fc.record({
      lines: fc.subarray([place, 'a', 'b']),
      milliseconds: fc.constantFrom(0, 999, 1000, 2000),
    })
    const world = fc.record({
      entries: fc.tuple(fc.array(any, { maxLength: 4 }), fc.array(rare, { maxLength: 3 }), fc.boolean()),
      ask: asked,
      now: fc.constantFrom(999, 1000, 1001, 5000),
      adds: most(0, 1, 1001),
      spoken,
    })
    let allowed = 0
    fc.assert(
      fc.property(
        world,
        ({ entries: [some, more, start], ask: change, now, adds, spoken: { lines, milliseconds } }) => {
          // A name and a place stand for one entry, as in a log.
          const byId = new Map([...(start ? yeses : []), ...some, ...more].map(one => [one.id, one]))
          const entries = [...byId.values()]
            .sort((left, right) => left.leaf - right.leaf)
            .map((one, index) => ({ ...one, leaf: index }))
          const tallies = new Map([['e1', { lines: new Set(lines), milliseconds }]])
          const [first, second] = answer({ entries, ask: change as Partial<Ask>, now, adds, tallies })
          if (isRefusal(first)) {
            expect(second.grants.length > 0 && second.licences.length > 0, first.refused).to.equal(false)
          } else {
            allowed++
            expect(second.grants).to.include(first.grant.id)
            expect(second.licences).to.include(first.licence.id)
          }
        },
      ),
      { numRuns: 5000 },
    )
    expect(allowed, 'histories that allow').to.be.greaterThan(50)
  })

  it('tells every word at every place apart', () => {
    const word = fc.string({ maxLength: 3 })
    const place = fc.record({
      title: word,
      episode: word,
      language: word,
      character: word,
      line: word,
      text: word,
    })
    fc.assert(
      fc.property(place, place, (one, two) => {
        expect(wordsOf(one) === wordsOf(two)).to.equal(JSON.stringify(one) === JSON.stringify(two))
      }),
    )
  })
})
