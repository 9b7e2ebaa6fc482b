import { expect } from 'chai'
import fc from 'fast-check'
import { check } from '../../../../pipelines/subtitles/check/check.ts'
import { houseNames, profileOf } from '../../../../pipelines/subtitles/check/houses.ts'
import { mendAll, previewer } from '../../../../pipelines/subtitles/check/mend.ts'
import { netflix } from '../../../../pipelines/subtitles/check/netflix.ts'
import type { Profile } from '../../../../pipelines/subtitles/check/profile.ts'
import type { Caption } from '../../../../pipelines/subtitles/document.ts'

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
})
