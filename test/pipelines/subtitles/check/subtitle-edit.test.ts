import { expect } from 'chai'
import { check } from '../../../../pipelines/subtitles/check/check.ts'
import { netflix } from '../../../../pipelines/subtitles/check/netflix.ts'
import type { Scene } from '../../../../pipelines/subtitles/check/rule.ts'
import { rules } from '../../../../pipelines/subtitles/check/rules.ts'
import type { Caption, Marks } from '../../../../pipelines/subtitles/document.ts'
import type { Audience } from '../../../../pipelines/terms.ts'

const film: Scene = { rate: { num: 24, den: 1 }, shots: [] }
type Spoken = readonly [text: string, start: number, end: number, marks?: Marks]

/** Subtitle Edit's whole Netflix set: what each is called here, captions that break it, and captions that don't. */
const checks: readonly (readonly [
  theirs: string,
  ours: string,
  broken: readonly Spoken[],
  well: readonly Spoken[],
  more?: {
    readonly language?: string
    readonly audience?: Audience
    readonly broken?: Partial<Scene>
    readonly well?: Partial<Scene>
  },
])[] = [
  [
    'BridgeGaps',
    'gap-flickers',
    [
      ['One.', 0, 2000],
      ['Two.', 2250, 4000],
    ],
    [
      ['One.', 0, 2000],
      ['Two.', 2500, 4000],
    ],
  ],
  ['DialogHyphenSpace', 'dual-hyphens', [['- Who?\n- Me.', 0, 2000]], [['-Who?\n-Me.', 0, 2000]]],
  ['EllipsesNotThreeDots', 'ellipsis', [['Wait...', 0, 2000]], [['Wait…', 0, 2000]]],
  ['Glyph', 'glyphs', [['So happy 😀', 0, 2000]], [['So happy ♪', 0, 2000]]],
  ['Italics', 'italics', [['안녕', 0, 2000, { italic: true }]], [['안녕', 0, 2000]], { language: 'ko' }],
  [
    'MaxCps',
    'reading-speed',
    [['A rather long sentence for a second.', 0, 1000]],
    [['Short enough.', 0, 1000]],
  ],
  ['MaxDuration', 'too-long', [['Long.', 0, 7100]], [['Long.', 0, 7000]]],
  ['MaxLineLength', 'row-length', [['x'.repeat(43), 0, 4000]], [['x'.repeat(42), 0, 4000]]],
  ['MinDuration', 'too-short', [['No.', 0, 790]], [['No.', 0, 833]]],
  ['NumberOfLines', 'rows', [['One\ntwo\nthree', 0, 2000]], [['One', 0, 2000]]],
  ['NumberOfLines (two that fit on one)', 'one-row', [['One\ntwo', 0, 2000]], [['One two', 0, 2000]]],
  ['NumbersOneToTenSpellOut', 'numbers', [['I saw 3 of them', 0, 2000]], [['I saw 11 of them', 0, 2000]]],
  ['StartNumberSpellOut', 'number-begins', [['21 people came.', 0, 2000]], [['We saw 21 people.', 0, 2000]]],
  [
    'ShotChange (in)',
    'in-near-shot',
    [['Come.', 1042, 4000]],
    [['Come.', 1000, 4000]],
    { broken: { shots: [1000] }, well: { shots: [1000] } },
  ],
  [
    'ShotChange (out)',
    'out-near-shot',
    [['Go.', 1000, 3917]],
    [['Go.', 1000, 3917]],
    { broken: { shots: [4083] }, well: { shots: [4000] } },
  ],
  [
    'TextForHiUseBrackets',
    'brackets',
    [['(door slams)', 0, 2000]],
    [['[door slams]', 0, 2000]],
    { audience: 'sdh-adult' },
  ],
  [
    'TimedTextFrameRate',
    'frame-rate',
    [['One.', 0, 2000]],
    [['One.', 0, 2000]],
    { broken: { counted: { num: 23_976, den: 1000 } }, well: { counted: { num: 24_000, den: 1001 } } },
  ],
  [
    'TwoFramesGap',
    'gap-short',
    [
      ['One.', 0, 2000],
      ['Two.', 2042, 4000],
    ],
    [
      ['One.', 0, 2000],
      ['Two.', 2084, 4000],
    ],
  ],
  ['WhiteSpace', 'spaces', [['Hello  there !', 0, 2000]], [['Hello there!', 0, 2000]]],
]

describe('the seventeen checks of Subtitle Edit', () => {
  const rulesFor = (spoken: readonly Spoken[], language: string, scene: Scene, audience?: Audience) => {
    const captions = spoken.map(
      ([text, start, end, marks = {}], i): Caption => ({
        id: String(i),
        start,
        end,
        kind: 'dialogue',
        runs: [{ text, marks }],
      }),
    )
    return check({ captions }, netflix(language, audience), scene).map(({ rule }) => rule)
  }
  it('are all here', () => {
    expect(new Set(checks.map(([theirs]) => theirs.replace(/ .*/, ''))).size).to.equal(17)
    expect(rules.map(({ name }) => name)).to.include.members(checks.map(([, ours]) => ours))
  })
  for (const [theirs, ours, broken, well, { language = 'en', audience, ...more } = {}] of checks)
    it(`${theirs} is ${ours}`, () => {
      expect(rulesFor(broken, language, { ...film, ...more.broken }, audience)).to.include(ours)
      expect(rulesFor(well, language, { ...film, ...more.well }, audience)).to.not.include(ours)
    })
  it('tells a rate that no film runs at once, not of every caption', () => {
    const counted = { num: 27, den: 1 }
    const found = rulesFor(
      [
        ['One.', 0, 2000],
        ['Two.', 4000, 6000],
      ],
      'en',
      { ...film, counted },
    )
    expect(found.filter(rule => rule === 'frame-rate')).to.have.length(1)
  })
})
