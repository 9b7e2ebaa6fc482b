import type { Terms } from '../../consent/records.ts'
import { type Ask, acts, type RefusalName } from '../../consent/terms.ts'
import { type Row, rule, texts } from '../support/worlds.ts'

/** Every axis: how a text of terms may miss what is asked, and how it just does not. */
const axes: readonly [
  axis: string,
  refused: RefusalName,
  misses: readonly Partial<Terms>[],
  hits: readonly Partial<Terms>[],
  ask?: Partial<Ask>,
][] = [
  [
    'title',
    'other-title',
    [{ title: 'kitsune 2' }, { title: '*' }, { title: 'Kitsune' }, { title: '' }],
    [{}],
  ],
  [
    'episode',
    'other-episode',
    [{ episodes: [] }, { episodes: ['2'] }, { episodes: ['*'] }, { episodes: ['01'] }],
    [{ episodes: ['1'] }],
  ],
  [
    'language',
    'other-language',
    [{ languages: [] }, { languages: ['en-GB'] }, { languages: ['EN'] }, { languages: ['*'] }],
    [{ languages: ['en'] }],
  ],
  [
    'character',
    'other-character',
    [{ characters: [] }, { characters: ['Hina'] }, { characters: ['ヒ'] }, { characters: ['*'] }],
    [{ characters: ['ヒナ'] }],
  ],
  ['act', 'other-act', [{ acts: [] }, { acts: acts.filter(act => act !== 'speak') }], [{ acts: ['speak'] }]],
  [
    'territory',
    'other-territory',
    [{ territories: [] }, { territories: ['FR'] }],
    [{ territories: ['JP'] }],
    { act: 'deliver', territories: ['JP'], media: ['streaming'] },
  ],
  [
    'territories, where one is missing',
    'other-territory',
    [{ territories: ['JP'] }, { territories: ['FR', 'US'] }],
    [{ territories: ['FR', 'JP'] }],
    { act: 'deliver', territories: ['JP', 'FR'], media: ['streaming'] },
  ],
  [
    'medium',
    'other-medium',
    [{ media: [] }, { media: ['disc'] }, { media: ['stream'] }],
    [{ media: ['streaming'] }],
    { act: 'deliver', territories: ['JP'], media: ['streaming'] },
  ],
  [
    'alteration',
    'altered',
    [{ alterations: [] }, { alterations: ['age'] }],
    [{ alterations: ['pitch'] }],
    { alterations: ['pitch'] },
  ],
  [
    'content',
    'banned',
    [{ banned: ['violence'] }, { banned: ['slur', 'violence'] }],
    [{ banned: [] }, { banned: ['slur'] }],
    { content: ['violence'] },
  ],
  ['start', 'not-yet', [{ from: 1001 }], [{ from: 1000 }]],
  ['end', 'expired', [{ until: 1000 }, { until: 999 }], [{ until: 1001 }]],
  ['end of making', 'making-over', [{ makeUntil: 1000 }], [{ makeUntil: 1001 }]],
  [
    'number of lines',
    'too-many-lines',
    [{ limits: { lines: 0, seconds: 60 } }],
    [{ limits: { lines: 1, seconds: 60 } }],
  ],
  [
    'length',
    'too-many-seconds',
    [{ limits: { lines: 1, seconds: 0 } }],
    [{ limits: { lines: 1, seconds: 1 } }],
  ],
]

const axisRows = Object.entries(texts).flatMap(([whose, change]) =>
  axes.flatMap(([axis, refused, misses, hits, asked]): Row[] => [
    ...misses.map(
      (miss): Row => [
        `refuses where ${whose} misses the ${axis}: ${JSON.stringify(miss)}`,
        { entries: change(miss), ...(asked && { ask: asked }) },
        refused,
      ],
    ),
    ...hits.map(
      (hit): Row => [
        `allows where ${whose} has the ${axis}: ${JSON.stringify(hit)}`,
        { entries: change(hit), ...(asked && { ask: asked }) },
      ],
    ),
  ]),
)

describe('every axis of a yes is exact, in each of its texts', () => {
  rule(axisRows)
})
