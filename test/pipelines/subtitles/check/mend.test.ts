import { expect } from 'chai'
import fc from 'fast-check'
import { check } from '../../../../pipelines/subtitles/check/check.ts'
import { houseNames, profileOf } from '../../../../pipelines/subtitles/check/houses.ts'
import { mendAll } from '../../../../pipelines/subtitles/check/mend.ts'
import { netflix } from '../../../../pipelines/subtitles/check/netflix.ts'
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

describe('mending captions', () => {
  it('takes findings away, makes none worse, and has nothing left to do the second time', () => {
    fc.assert(
      fc.property(
        captions,
        fc.constantFrom('en', 'ja', 'es', 'fr', 'ko', 'nl'),
        fc.constantFrom(...houseNames),
        (list, language, house) => {
          const profile = profileOf(house, language) ?? netflix(language)
          const scene = { rate: { num: 24_000, den: 1001 }, shots: [2002, 5005, 9009] }
          const { document, mends } = mendAll({ captions: list }, profile, scene)
          const [before, after] = [{ captions: list }, document].map(one => {
            const sums: Record<string, number> = {}
            for (const { rule, amount } of check(one, profile, scene)) sums[rule] = (sums[rule] ?? 0) + amount
            return sums
          })
          for (const [rule, amount] of Object.entries(after ?? {}))
            expect(amount, rule).to.be.at.most((before?.[rule] ?? 0) + 1e-6)
          expect(mends.length === 0).to.equal(list.every((caption, i) => caption === document.captions[i]))
          expect(mendAll(document, profile, scene).mends.map(({ remark }) => remark.rule)).to.deep.equal([])
        },
      ),
      { numRuns: 60 },
    )
  })
})
