import { expect } from 'chai'
import type { Entry } from '../../consent/records.ts'
import { acts, leavings, makings } from '../../consent/terms.ts'
import { entry, terms, yeses } from '../support/consent.ts'
import {
  answer,
  grant,
  licence,
  minor,
  no,
  party,
  plus,
  type Row,
  request,
  rule,
  union,
} from '../support/worlds.ts'

const all = { ...terms, acts: [...acts] }
const everything = (change: Partial<typeof terms> = {}): readonly Entry[] => [
  party,
  entry('request', 'e0', { terms: all }),
  entry('grant', 'e1', { terms: { ...all, ...change } }),
  entry('licence', 'e2', { terms: all }),
]
const out = { territories: ['JP'], media: ['streaming'] }

const rows: readonly Row[] = [
  ...acts.map(
    (act): Row => [
      `to ${act} ${makings.has(act) ? 'ends with the making' : 'goes on after the making'}`,
      { entries: everything({ makeUntil: 900 }), ask: { act, ...out } },
      makings.has(act) ? 'making-over' : undefined,
    ],
  ),
  ...acts.flatMap((act): Row[] => [
    [
      `to ${act} without a territory is ${leavings.has(act) ? 'refused' : 'within the house'}`,
      { entries: everything(), ask: { act, media: ['streaming'] } },
      leavings.has(act) ? 'no-territory' : undefined,
    ],
    [
      `to ${act} without a medium is ${leavings.has(act) ? 'refused' : 'within the house'}`,
      { entries: everything(), ask: { act, territories: ['JP'] } },
      leavings.has(act) ? 'no-medium' : undefined,
    ],
  ]),
  [
    'what lifts a no stands after it and not beside it',
    plus(entry('resume', 'r', { leaf: 5, of: 'e5' }), no),
    'refused-by-actor',
  ],
  [
    'what ends everything leaves what stands at its own place',
    { entries: [...yeses.slice(0, 2), entry('withdrawal', 'w', { leaf: 1 }), grant, licence] },
  ],
  [
    'what has every key destroyed leaves what stands at its own place',
    { entries: [...yeses.slice(0, 2), entry('erasure', 'w', { leaf: 1 }), grant, licence] },
  ],
  [
    'the log’s order counts and not the list’s: a withdrawal',
    { entries: [entry('withdrawal', 'e5'), ...yeses] },
    'withdrawn',
  ],
  [
    'the log’s order counts and not the list’s: a lifted no',
    { entries: [entry('resume', 'e6', { of: 'e5' }), ...yeses, no] },
  ],
  [
    'the actor’s pause is the actor’s where a union has a mandate',
    plus(union, entry('suspension', 'e5')),
    'suspended',
  ],
  [
    'an agent’s pause is no union’s',
    plus(entry('mandate', 'm1'), entry('suspension', 'e5', { by: 'agent-1' })),
    'suspended',
  ],
  [
    'a pause of one grant by an agent is no union’s',
    plus(entry('mandate', 'm1'), entry('suspension', 'e5', { by: 'agent-1', grants: ['e1'] })),
    'suspended',
  ],
  ['a pause stands where nobody has said yes', { entries: [party, entry('suspension', 'e5')] }, 'suspended'],
  [
    'a union’s pause stands where nobody has said yes',
    { entries: [party, union, entry('suspension', 'e5', { by: 'union-1' })] },
    'paused-by-union',
  ],
  [
    'another request of the same actor changes nothing',
    plus(entry('request', 'e9', { terms: { ...terms, title: 'tanuki', words: [] } })),
  ],
  ['another person’s enrolment changes nothing', plus({ ...minor, id: 'actor-2', leaf: 50 } as Entry)],
  [
    'what another was asked and agreed to is nothing of this actor’s',
    {
      entries: [
        party,
        entry('request', 'e0', { actor: 'actor-2' }),
        entry('grant', 'e1', { actor: 'actor-2', by: 'actor-2' }),
        licence,
      ],
    },
    'no-consent',
  ],
  [
    'a narrowing of another yes changes nothing',
    plus(entry('narrowing', 'e3', { of: 'e9', terms: { ...terms, acts: [] } })),
  ],
  [
    'an actor who holds the rights to the title is no licence by that',
    {
      entries: [
        party,
        entry('request', 'e0', { terms: { ...terms, holder: 'actor-1' } }),
        entry('grant', 'e1', { terms: { ...terms, holder: 'actor-1' } }),
      ],
    },
    'no-licence',
  ],
  ['new keys and keys that were destroyed change nothing', plus(entry('keys', 'e5'), entry('erased', 'e6'))],
  ['a request that was made twice is one', { entries: [party, request, request, grant, licence] }],
]

describe('at the edges of what was agreed, a use', () => {
  rule(rows)

  it('stands by nothing where it is barred or says not where it goes', () => {
    for (const world of [plus(no), { ask: { act: 'deliver' } } as const])
      expect(answer(world)[1]).to.deep.equal({ grants: [], licences: [] })
  })
})
