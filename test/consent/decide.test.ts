import { expect } from 'chai'
import { decide } from '../../consent/decide.ts'
import { standing } from '../../consent/second.ts'
import { acts, explain, isRefusal, leavings, makings } from '../../consent/terms.ts'
import { ask, bookOf, entry, terms, withdrawal, yeses } from '../support/consent.ts'
import {
  answer,
  byAgent,
  death,
  estate,
  grant,
  grantPause,
  holdersNo,
  hours,
  licence,
  mandate,
  minor,
  nine,
  no,
  noticed,
  party,
  place,
  plus,
  type Row,
  request,
  rule,
  strike,
  tally,
  texts,
  union,
} from '../support/worlds.ts'

const rows: readonly Row[] = [
  ['R1 an empty ledger refuses', { entries: [] }, 'no-consent'],
  ['R11 both consents together allow', {}],
  ['R11 the actor alone is not enough', { entries: [party, request, grant] }, 'no-licence'],
  ['R11 the holder alone is not enough', { entries: [party, request, licence] }, 'no-consent'],
  [
    'R11 the licence of another holder is none',
    { entries: [party, request, grant, entry('licence', 'e2', { by: 'holder-2' })] },
    'no-licence',
  ],
  [
    'R4 a yes of another actor is none',
    { entries: [party, request, entry('grant', 'e1', { actor: 'actor-2', by: 'actor-2' }), licence] },
    'no-consent',
  ],
  ['R4 a yes said for the actor by nobody in particular is none', { entries: byAgent }, 'no-mandate'],
  ['R4 a yes said by an agent with a mandate stands', { entries: [...byAgent, mandate] }],
  [
    'R4 a mandate without the power to say yes is none',
    { entries: [...byAgent, entry('mandate', 'm1', { powers: ['withdraw', 'narrow'] })] },
    'no-mandate',
  ],
  [
    'R4 a mandate for another actor is none',
    { entries: [...byAgent, entry('mandate', 'm1', { actor: 'actor-2' })] },
    'no-mandate',
  ],
  [
    'R4 a mandate to another agent is none',
    { entries: [...byAgent, entry('mandate', 'm1', { to: 'agent-2' })] },
    'no-mandate',
  ],
  [
    'R4 a mandate holds from its first instant',
    { entries: [...byAgent, entry('mandate', 'm1', { from: 1000 })] },
  ],
  [
    'R4 a mandate does not hold before',
    { entries: [...byAgent, entry('mandate', 'm1', { from: 1001 })] },
    'no-mandate',
  ],
  [
    'R4 a mandate holds to its last instant',
    { entries: [...byAgent, entry('mandate', 'm1', { until: 1001 })] },
  ],
  [
    'R4 a mandate is over at its end',
    { entries: [...byAgent, entry('mandate', 'm1', { until: 1000 })] },
    'no-mandate',
  ],
  ['R4 a withdrawn mandate is none', { entries: [...byAgent, mandate, withdrawal('m1')] }, 'no-mandate'],
  [
    'R4 a yes of somebody who never enrolled is none',
    { entries: [request, grant, licence] },
    'unknown-actor',
  ],
  ['R3 a yes to what was not asked is none', { entries: [party, grant, licence] }, 'no-notice'],
  [
    'R3 a yes to what another was asked is none',
    { entries: [party, entry('request', 'e0', { actor: 'actor-2' }), grant, licence] },
    'no-notice',
  ],
  ['R5 a notice of 48 hours is enough', { entries: noticed(1000), now: 1000 + 48 * hours }],
  [
    'R5 a notice a millisecond shorter is not',
    { entries: noticed(1001), now: 1000 + 48 * hours },
    'no-notice',
  ],
  ['R5 a longer notice is kept', { entries: noticed(1000, 72), now: 1000 + 72 * hours - 1 }, 'no-notice'],
  [
    'R6 a minor’s yes without the guardian’s is none',
    { entries: [minor, request, grant, licence] },
    'no-guardian',
  ],
  [
    'R6 a minor’s yes with the guardian’s stands',
    { entries: [minor, request, entry('grant', 'e1', { signers: ['actor-1', 'guardian-1'] }), licence] },
  ],
  [
    'R6 a minor’s yes with another’s is none',
    { entries: [minor, request, entry('grant', 'e1', { signers: ['actor-1', 'guardian-2'] }), licence] },
    'no-guardian',
  ],
  [
    'R6 a minor without a guardian can’t say yes',
    { entries: [entry('party', 'actor-1', { leaf: -1, adultAt: 5000 }), request, grant, licence] },
    'no-guardian',
  ],
  [
    'R6 it stands to the last instant before the birthday',
    { entries: [minor, request, entry('grant', 'e1', { signers: ['guardian-1'] }), licence], now: 4999 },
  ],
  [
    'R6 it is asked anew from the birthday on',
    { entries: [minor, request, entry('grant', 'e1', { signers: ['guardian-1'] }), licence], now: 5000 },
    'came-of-age',
  ],
  [
    'R6 a yes said on the birthday needs no guardian',
    { entries: [minor, request, entry('grant', 'e1', { logged: 5000 }), licence], now: 5000 },
  ],
  ['R7 a death stops everything', plus(death), 'died'],
  ['R7 another’s death does not', plus(entry('death', 'd1', { actor: 'actor-2' }))],
  ['R7 an estate with a mandate lets it stand', plus(death, estate)],
  ['R7 an agent with a mandate does not', plus(death, mandate), 'died'],
  [
    'R7 the estate of another does not',
    plus(death, entry('mandate', 'm1', { role: 'estate', actor: 'actor-2' })),
    'died',
  ],
  [
    'R7 an estate whose mandate is over does not',
    plus(death, entry('mandate', 'm1', { role: 'estate', until: 1000 })),
    'died',
  ],
  ['R7 an estate whose mandate was withdrawn does not', plus(death, estate, withdrawal('m1')), 'died'],
  ['R8 the actor’s no beats every yes', plus(no), 'refused-by-actor'],
  ['R8 the actor’s no beats a later yes', plus(no, entry('grant', 'e7')), 'refused-by-actor'],
  ['R8 a no to this title beats it', plus(entry('refusal', 'e5', { title: 'kitsune' })), 'refused-by-actor'],
  ['R8 a no to another title does not', plus(entry('refusal', 'e5', { title: 'tanuki' }))],
  ['R8 a no to this act beats it', plus(entry('refusal', 'e5', { act: 'speak' })), 'refused-by-actor'],
  ['R8 a no to another act does not', plus(entry('refusal', 'e5', { act: 'train' }))],
  [
    'R8 a no to this act of another title does not',
    plus(entry('refusal', 'e5', { act: 'speak', title: 'tanuki' })),
  ],
  ['R8 a no of another actor does not', plus(entry('refusal', 'e5', { by: 'actor-2', actor: 'actor-2' }))],
  ['R8 a no that was lifted does not', plus(no, entry('resume', 'e6', { of: 'e5' }))],
  [
    'R8 a no is not lifted by another',
    plus(no, entry('resume', 'e6', { of: 'e5', by: 'company-1' })),
    'refused-by-actor',
  ],
  ['R8 a no is not lifted beforehand', plus(entry('resume', 'e4', { of: 'e5' }), no), 'refused-by-actor'],
  ['R8 a no is not lifted with another', plus(no, entry('resume', 'e6', { of: 'e9' })), 'refused-by-actor'],
  ['R8 the holder’s no beats every yes', plus(holdersNo), 'refused-by-holder'],
  [
    'R8 the holder’s no to another title does not',
    plus(entry('refusal', 'e5', { by: 'holder-1', actor: null, title: 'tanuki' })),
  ],
  [
    'R8 the holder’s no to this act beats it',
    plus(entry('refusal', 'e5', { by: 'holder-1', actor: null, title: 'kitsune', act: 'speak' })),
    'refused-by-holder',
  ],
  [
    'R8 the holder’s no to another act does not',
    plus(entry('refusal', 'e5', { by: 'holder-1', actor: null, title: 'kitsune', act: 'train' })),
  ],
  ['R8 the holder’s no can be lifted', plus(holdersNo, entry('resume', 'e6', { of: 'e5', by: 'holder-1' }))],
  ['R9 the union’s pause holds many at once', plus(union, strike), 'paused-by-union'],
  ['R9 and those who said yes meanwhile', plus(union, strike, entry('grant', 'e7')), 'paused-by-union'],
  ['R9 and ends in one act', plus(union, strike, entry('resume', 'e6', { by: 'union-1', of: 'e5' }))],
  [
    'R9 a pause of others does not',
    plus(union, entry('suspension', 'e5', { by: 'union-1', actors: ['actor-2'] })),
  ],
  [
    'R9 the union may pause single grants',
    plus(union, entry('suspension', 'e5', { by: 'union-1', actors: [], grants: ['e1'] })),
    'paused-by-union',
  ],
  ['R10 the actor’s pause stops everything', plus(entry('suspension', 'e5')), 'suspended'],
  ['R10 the actor’s pause of this grant stops it', plus(grantPause), 'suspended'],
  ['R10 the actor’s pause of this grant leaves another', plus(grantPause, entry('grant', 'e7'))],
  [
    'R10 a pause of a grant that names the actor too is of the grant alone',
    plus(entry('suspension', 'e5', { grants: ['e8'] })),
  ],
  ['R10 a pause ends', plus(grantPause, entry('resume', 'e6', { of: 'e5' }))],
  ['R10 a withdrawn yes is none', plus(withdrawal('e1')), 'withdrawn'],
  ['R10 a withdrawn licence is none', plus(withdrawal('e2')), 'withdrawn'],
  ['R10 a withdrawal counts wherever it stands', { entries: [withdrawal('e1'), ...yeses] }, 'withdrawn'],
  ['R10 a withdrawal of another yes does not', plus(withdrawal('e9'))],
  ['R10 a withdrawal of everything ends what came before', plus(entry('withdrawal', 'e5')), 'withdrawn'],
  [
    'R10 a withdrawal of everything leaves what comes after',
    plus(entry('withdrawal', 'e5'), entry('grant', 'e7')),
  ],
  [
    'R10 a withdrawal of everything of another does not',
    plus(entry('withdrawal', 'e5', { actor: 'actor-2' })),
  ],
  ['R10 an erasure ends what came before', plus(entry('erasure', 'e5')), 'withdrawn'],
  ['R10 an erasure leaves what comes after', plus(entry('erasure', 'e5'), entry('grant', 'e7'))],
  ['R10 an erasure of another does not', plus(entry('erasure', 'e5', { actor: 'actor-2' }))],
  ['R10 a second yes stands when the first was withdrawn', plus(withdrawal('e1'), entry('grant', 'e7'))],
  ['R13 a changed line is asked for anew', { ask: { text: 'Hello, you.' } }, 'changed-words'],
  ['R13 a line nobody read is asked for', { ask: { line: 'l9' } }, 'changed-words'],
  ['R13 an empty line is a line', { ask: { line: '', text: '' } }, 'changed-words'],
  [
    'R13 a request for other words gives no yes to these',
    { entries: texts['the request']({ words: [] }) },
    'changed-words',
  ],
  ['R13 the holder need not read the lines', { entries: texts['the licence']({ words: [] }) }],
  [
    'R15 nothing leaves without a territory',
    { ask: { act: 'deliver', media: ['streaming'] } },
    'no-territory',
  ],
  ['R15 nothing leaves without a medium', { ask: { act: 'deliver', territories: ['JP'] } }, 'no-medium'],
  [
    'R15 a target outside the territories is refused',
    { ask: { act: 'deliver', media: ['streaming'], territories: ['US'] } },
    'other-territory',
  ],
  [
    'what was made may be used after the making is over',
    { entries: texts['the grant']({ makeUntil: 900 }), ask: { act: 'hear' } },
  ],
  ['the last line of the limit is spoken', tally('e1', nine, 0)],
  ['the next is not', tally('e1', [...nine, 'line 9'], 0), 'too-many-lines'],
  ['a line of the limit may be spoken anew', tally('e1', [...nine, place], 0)],
  ['the limit of lines of the licence counts too', tally('e2', [...nine, 'line 9'], 0), 'too-many-lines'],
  [
    'the limits don’t hold back what makes nothing',
    { ...tally('e1', [...nine, 'line 9'], 60_000), ask: { act: 'hear' } },
  ],
  ['speech below the limit may go on', tally('e1', [], 59_999)],
  ['speech at the limit may not', tally('e1', [], 60_000), 'too-many-seconds'],
  ['what is added may reach the limit', { ...tally('e1', [], 59_000), adds: 1000 }],
  ['what is added may not pass it', { ...tally('e1', [], 59_000), adds: 1001 }, 'too-many-seconds'],
  ['the uses of another grant don’t count', tally('e9', [...nine, 'line 9'], 60_000)],
  ['an instant that is no number is at no time', { now: Number.NaN }, 'not-yet'],
  [
    'the yes that came closest gives the name',
    plus(entry('grant', 'e7', { terms: { ...terms, until: 700 } }), withdrawal('e1')),
    'withdrawn',
  ],
  [
    'a yes for a holder who licenses stands beside one for a holder who doesn’t',
    {
      entries: [
        party,
        request,
        entry('grant', 'e1', { terms: { ...terms, holder: 'holder-9' } }),
        licence,
        entry('grant', 'e7'),
      ],
    },
  ],
]

describe('consent is decided by the entries in force, twice', () => {
  rule(rows)

  it('names the yes of either party', () => {
    expect(answer({})).to.deep.equal([
      { grant, licence },
      { grants: ['e1'], licences: ['e2'] },
    ])
  })

  it('foretells for any line what it says of one that was read', () => {
    const { line, text, ...prospect } = ask
    const book = bookOf(yeses)
    expect(decide(book, prospect, 1000)).to.deep.equal({ grant, licence })
    expect(standing(book, prospect, 1000).grants).to.deep.equal(['e1'])
    const used = bookOf(yeses, new Map([['e1', { lines: new Set([...nine, 'line 9']), milliseconds: 0 }]]))
    expect(decide(used, prospect, 1000)).to.deep.equal({ refused: 'too-many-lines' })
    expect(standing(used, prospect, 1000).grants).to.deep.equal([])
  })

  for (const act of acts)
    it(`grants ${act} with no other act`, () => {
      const where = leavings.has(act) ? { territories: ['JP'], media: ['streaming'] } : {}
      for (const granted of acts) {
        const yes = { ...terms, acts: [granted] }
        const entries = [
          party,
          entry('request', 'e0', { terms: yes }),
          entry('grant', 'e1', { terms: yes }),
          entry('licence', 'e2', { terms: yes }),
        ]
        const [first] = answer({ entries, ask: { act, ...where } })
        expect(!isRefusal(first), granted).to.equal(act === granted)
      }
    })

  it('explains every refusal by its code, its term and a sentence', () => {
    expect(explain({ refused: 'other-territory' })).to.deep.equal({
      code: 'other-territory',
      term: 'territories',
      sentence: 'There is a yes, but to other territories.',
    })
  })

  it('counts as making whatever makes new sound', () => {
    expect([...makings].filter(act => leavings.has(act))).to.deep.equal([])
  })
})
