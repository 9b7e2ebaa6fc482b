import { expect } from 'chai'
import fc from 'fast-check'
import { check } from '../../../../pipelines/subtitles/check/check.ts'
import { houseNames, profileOf } from '../../../../pipelines/subtitles/check/houses.ts'
import { joinAll } from '../../../../pipelines/subtitles/check/join.ts'
import { mendAll, previewer } from '../../../../pipelines/subtitles/check/mend.ts'
import { netflix } from '../../../../pipelines/subtitles/check/netflix.ts'
import type { Profile } from '../../../../pipelines/subtitles/check/profile.ts'
import { type Caption, textOf } from '../../../../pipelines/subtitles/document.ts'

const words = fc.constantFrom(
  'the',
  'lantern',
  'Haru',
  'Tome',
  '3',
  'went',
  'to',
  'my',
  'hill...',
  'and',
  '…but',
  'where?',
  '- Me',
  '"no"',
  ' ',
  '—',
  'x\u200b',
  '灯り坂',
  '。',
  'で',
  '\n',
  '\n-',
)
const kinds = fc.constantFrom<Caption['kind']>(
  'dialogue',
  'dialogue',
  'dialogue',
  'song',
  'sign',
  'narration',
)
const captions = fc
  .array(
    fc.record({
      gap: fc.integer({ min: -300, max: 900 }),
      length: fc.integer({ min: -100, max: 9000 }),
      words: fc.array(words, { maxLength: 14 }),
      kind: kinds,
      italic: fc.boolean(),
    }),
    { maxLength: 7 },
  )
  .map(list => {
    let at = 1000
    return list.map(({ gap, length, words, kind, italic }, i): Caption => {
      const start = Math.max(0, at + gap)
      at = start + Math.max(100, length)
      return {
        id: String(i),
        start,
        end: start + length,
        kind,
        runs: [{ text: words.join(' '), marks: italic ? { italic } : {} }],
      }
    })
  })

const scene = { rate: { num: 24_000, den: 1001 }, shots: [2002, 5005, 9009] }
const languages = fc.constantFrom('en', 'ja', 'es-419', 'fr', 'ko', 'nl', 'pt-BR', 'zh-TW', 'ar', 'de')
type Captions = { readonly captions: readonly Caption[] }
function sumsOf(document: Captions, profile: Profile): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { rule, amount } of check(document, profile, scene))
    sums.set(rule, (sums.get(rule) ?? 0) + amount)
  return sums
}
function expectNoWorse(after: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): void {
  for (const [rule, amount] of after) expect(amount, rule).to.be.at.most((before.get(rule) ?? 0) + 1e-6)
}

describe('mending captions', () => {
  it('takes findings away, makes none worse, and has nothing left to do the second time', () => {
    fc.assert(
      fc.property(captions, languages, fc.constantFrom(...houseNames), (list, language, house) => {
        const profile = profileOf(house, language) ?? netflix(language)
        const { document, mends } = mendAll({ captions: list }, profile, scene)
        expectNoWorse(sumsOf(document, profile), sumsOf({ captions: list }, profile))
        expect(mends.length === 0).to.equal(list.every((caption, i) => caption === document.captions[i]))
        expect(mendAll(document, profile, scene).mends.map(({ remark }) => remark.rule)).to.deep.equal([])
      }),
      { numRuns: 60 },
    )
  })

  it('one by one takes away what it is for, and makes nothing worse anywhere', () => {
    fc.assert(
      fc.property(captions, languages, fc.constantFrom(...houseNames), (list, language, house) => {
        const profile = profileOf(house, language) ?? netflix(language)
        const before = sumsOf({ captions: list }, profile)
        const preview = previewer({ captions: list }, profile, scene)
        for (const remark of check({ captions: list }, profile, scene)) {
          const mend = preview(remark)
          if (!mend) continue
          const after = sumsOf(
            { captions: list.map(one => (one === mend.before ? mend.after : one)) },
            profile,
          )
          expectNoWorse(after, before)
          expect(after.get(remark.rule) ?? 0, remark.rule).to.be.below(before.get(remark.rule) ?? 0)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('joins captions where that was asked for, loses no word, makes nothing worse, and is done the first time', () => {
    const inOrder = (list: readonly Caption[]) => list.toSorted((a, b) => a.start - b.start || a.end - b.end)
    const wordsOf = (list: readonly Caption[]) =>
      inOrder(list)
        .map(textOf)
        .join('')
        .replace(/[^\p{L}\p{N}]/gu, '')
    const timed = ({ rule }: { readonly rule: string }) => /^(?:too-short|gap-short|overlap)$/.test(rule)
    let joins = 0
    fc.assert(
      fc.property(captions, languages, fc.constantFrom(...houseNames), (made, language, house) => {
        const list = made.map(one => ({ ...one, kind: 'dialogue' as const, speaker: 'Haru' }))
        const profile = profileOf(house, language) ?? netflix(language)
        const { document, mends } = joinAll({ captions: list }, profile, scene, timed)
        const joined = mends.filter(({ joined }) => joined)
        joins += joined.length
        expectNoWorse(sumsOf(document, profile), sumsOf({ captions: list }, profile))
        expect(document.captions.length).to.equal(list.length - joined.length)
        expect(wordsOf(document.captions)).to.equal(wordsOf(list))
        expect(joinAll(document, profile, scene, timed).mends).to.deep.equal([])
      }),
      { numRuns: 80 },
    )
    expect(joins).to.be.above(5)
  })

  const said = (start: number, end: number, text: string, more: Partial<Caption> = {}): Caption => ({
    id: text,
    start,
    end,
    kind: 'dialogue',
    runs: [{ text, marks: {} }],
    ...more,
  })
  const joins: readonly (readonly [sentence: string, list: readonly Caption[], texts: readonly string[]])[] =
    [
      [
        'one sentence in two captions',
        [said(1000, 1300, 'We went'), said(1383, 3000, 'to the hill.')],
        ['We went to the hill.'],
      ],
      [
        'no sentences of which nobody said who speaks',
        [said(1000, 1300, 'No.'), said(1383, 3000, 'Yes.')],
        ['No.', 'Yes.'],
      ],
      [
        'sentences of one speaker',
        [said(1000, 1300, 'No.', { speaker: 'Haru' }), said(1383, 3000, 'Yes.', { speaker: 'Haru' })],
        ['No. Yes.'],
      ],
      [
        'two speakers, each with a hyphen',
        [said(1000, 1300, 'No.', { speaker: 'Haru' }), said(1383, 3000, 'Yes.', { speaker: 'Tome' })],
        ['-No.\n-Yes.'],
      ],
      [
        'nothing that stands elsewhere',
        [said(1000, 1300, 'We went'), said(1383, 3000, 'to the hill.', { place: { block: 'top' } })],
        ['We went', 'to the hill.'],
      ],
      [
        'nothing that is sung',
        [said(1000, 1300, 'We went', { kind: 'song' }), said(1383, 3000, 'to the hill', { kind: 'song' })],
        ['We went', 'to the hill'],
      ],
      [
        'nothing that would be too long',
        [
          said(1000, 1300, 'We went'),
          said(1383, 8300, 'to the hill where the lamp has been since he was born.'),
        ],
        ['We went', 'to the hill where the lamp has been since he was born.'],
      ],
    ]
  for (const [sentence, list, texts] of joins)
    it(`joins ${sentence}`, () => {
      const { document } = joinAll(
        { captions: list },
        netflix('en'),
        { rate: { num: 24, den: 1 }, shots: [] },
        ({ rule }) => /^(?:too-short|gap-short|overlap)$/.test(rule),
      )
      expect(document.captions.map(textOf)).to.deep.equal(texts)
    })
})
