import { expect } from 'chai'
import fc from 'fast-check'
import { decide } from '../../consent/decide.ts'
import { type Ask, acts, type Entry, isRefusal, type RefusalName, type Yes } from '../../consent/terms.ts'
import { ask, yeses } from '../support/consent.ts'

const [actor, holder] = yeses as [Yes, Yes]
const both = (change: Partial<Yes>): Entry[] => [
  { ...actor, ...change },
  { ...holder, ...change },
]
const withdrawal: Entry = { kind: 'withdrawal', id: 'w', of: 'e1' }

const cases: readonly [sentence: string, entries: readonly Entry[], at: number, refused?: RefusalName][] = [
  ['an empty ledger refuses', [], 1000, 'no-consent'],
  ['both consents together allow', yeses, 1000],
  ['the actor alone is not enough', [actor], 1000, 'no-licence'],
  ['the holder of the rights alone is not enough', [holder], 1000, 'no-consent'],
  ['the holder can’t say yes for the actor', [holder, { ...holder, id: 'e3' }], 1000, 'no-consent'],
  ['a yes of another actor is none', both({ actor: 'actor-2' }), 1000, 'no-consent'],
  ['a yes to another title is not this one', both({ title: 'kitsune 2' }), 1000, 'other-title'],
  ['a yes to other episodes is not this one', both({ episodes: ['2'] }), 1000, 'other-episode'],
  ['a yes to no episode is none', both({ episodes: [] }), 1000, 'other-episode'],
  ['a star is an episode’s name and no wildcard', both({ episodes: ['*'] }), 1000, 'other-episode'],
  [
    'a yes to a language is not to its relatives',
    both({ languages: ['en-GB', 'EN'] }),
    1000,
    'other-language',
  ],
  ['a yes to other characters is not this one', both({ characters: ['Hina'] }), 1000, 'other-character'],
  ['a yes to hearing is not one to speaking', both({ acts: ['hear'] }), 1000, 'other-act'],
  ['a yes holds from its first instant', yeses, 500],
  ['a yes does not hold before', yeses, 499, 'not-yet'],
  ['a yes holds to its last instant', yeses, 9_999_999],
  ['a yes is over at its end', yeses, 10_000_000, 'expired'],
  ['a withdrawn yes is none', [...yeses, withdrawal], 1000, 'withdrawn'],
  ['a withdrawal counts wherever it stands', [withdrawal, ...yeses], 1000, 'withdrawn'],
  ['a second yes stands when the first was withdrawn', [...yeses, withdrawal, { ...actor, id: 'e4' }], 1000],
  [
    'the actor’s no beats every yes',
    [...yeses, { kind: 'no', id: 'n', by: 'actor', actor: 'actor-1' }],
    1000,
    'refused-by-actor',
  ],
  [
    'a holder’s no to a title beats every yes',
    [{ kind: 'no', id: 'n', by: 'holder', title: 'kitsune' }, ...yeses],
    1000,
    'refused-by-holder',
  ],
  [
    'a no to another title is not about this one',
    [...yeses, { kind: 'no', id: 'n', by: 'actor', actor: 'actor-1', title: 'tanuki' }],
    1000,
  ],
  [
    'a no of another actor is not about this one',
    [...yeses, { kind: 'no', id: 'n', by: 'actor', actor: 'actor-2' }],
    1000,
  ],
  [
    'the yes that came closest gives the name',
    [{ ...actor, id: 'e5', title: 'tanuki' }, ...both({ until: 700 })],
    1000,
    'expired',
  ],
  ['an instant that is no number is at no time', yeses, Number.NaN, 'not-yet'],
]

describe('consent is decided by the entries in force', () => {
  for (const [sentence, entries, at, refused] of cases)
    it(sentence, () => {
      const answer = decide(entries, ask, at)
      if (refused) expect(answer).to.deep.equal({ refused })
      else expect(isRefusal(answer)).to.equal(false)
    })

  it('an allowed ask names the yes of either party', () => {
    expect(decide(yeses, ask, 1000)).to.deep.equal({ agreed: [actor, holder] })
  })

  it('never allows what differs from its yeses on any axis', () => {
    const word = fc.constantFrom(
      'kitsune',
      '1',
      '2',
      'en',
      'es',
      'ヒナ',
      'actor-1',
      '',
      '__proto__',
      'length',
    )
    const anyAsk = fc.record<Ask>({
      actor: word,
      act: fc.constantFrom(...acts),
      title: word,
      episode: word,
      language: word,
      character: word,
      line: word,
      text: word,
    })
    const covered = ({ actor, title, episode, language, character }: Ask) =>
      actor === 'actor-1' &&
      title === 'kitsune' &&
      ['1', '2'].includes(episode) &&
      ['en', 'es'].includes(language) &&
      character === 'ヒナ'
    fc.assert(
      fc.property(anyAsk, fc.integer({ min: 0, max: 12_000_000 }), (any, at) => {
        const allowed = !isRefusal(decide(yeses, any, at))
        expect(allowed).to.equal(covered(any) && at >= 500 && at < 10_000_000)
      }),
    )
  })
})
