import { expect } from 'chai'
import fc from 'fast-check'
import type { Line, MemoryEntry } from '../../../pipelines/terms.ts'
import { distance } from '../../../pipelines/translation/distance.ts'
import { recall } from '../../../pipelines/translation/memory.ts'

const entry = (source: string, target = `<${source}>`, origin = 'Pilot'): MemoryEntry => ({
  from: 'ja',
  to: 'en',
  source,
  target,
  origin,
})
const line = (text: string, id = 'l1'): Line => ({
  id,
  text,
  kind: 'dialogue',
  start: 0,
  end: 1000,
  words: [],
  trust: 1,
  hand: 'machine',
})
const best = (text: string, ...sources: string[]) =>
  recall(
    sources.map(source => entry(source)),
    [line(text)],
  )[0]?.matches.map(({ source, score }) => [source, Math.round(score * 1000) / 1000])

describe('a memory', () => {
  const cases: readonly (readonly [
    sentence: string,
    text: string,
    source: string,
    score: number | undefined,
  ])[] = [
    ['the same text', '星まつりまで、あと一時間だ。', '星まつりまで、あと一時間だ。', 1],
    ['the same in other width', 'ＯＫ！　行こう。', 'OK! 行こう。', 1],
    ['the same in half-width kana', 'ﾊﾙ、待って', 'ハル、待って', 1],
    ['the same in other case', 'Let’s GO', 'let’s go', 1],
    ['the same without its styling', '{\\i1}待って{\\i0}', '<i>待って</i>', 1],
    ['other punctuation', '待って！　ハル。', '待って、ハル', 0.99],
    ['other spaces in a song', 'ともれ　ともれ', 'ともれともれ', 0.99],
    ['a question for a statement', '光った？', '光った！', 0.97],
    ['one word more', 'どれ、その石を見せてごらん。', 'どれ、その手を見せてごらん。', 0.917],
    [
      'another ending',
      'だから、灯屋のトメさんに見てもらうんだ。',
      'だから、灯屋のトメさんに見てもらおう。',
      0.833,
    ],
    ['another number', '第3話', '第4話', undefined],
    ['another sentence', '今夜はよく冷えるね。', 'ハル、待って！', undefined],
    ['two letters of three', 'はい。', 'はあ。', undefined],
    ['one word of English', 'The lantern has gone out.', 'The lamp has gone out.', 0.792],
    ['words in other order', 'one two three', 'three two one', undefined],
  ]
  for (const [sentence, text, source, score] of cases)
    it(`gives ${sentence} ${score ?? 'nothing'}`, () => {
      expect(best(text, source)).to.deep.equal(score === undefined ? undefined : [[source, score]])
    })

  it('gives the best few, best first, and of the same text the newest first', () => {
    const entries = [
      entry('その石を見せて。', 'old'),
      entry('その手を見せて。', 'hand'),
      entry('その石を見せて。', 'new'),
      entry('その石を見せてね。', 'please'),
      entry('その足を見せて。', 'foot'),
    ]
    const [found] = recall(entries, [line('その石を見せて。')])
    expect(found?.matches.map(match => match.target)).to.deep.equal(['new', 'old', 'please'])
  })

  it('tells where a match is from', () => {
    expect(recall([entry('はい。', 'Yes.', 'Episode 2')], [line('はい。')])).to.deep.equal([
      { line: 'l1', matches: [{ source: 'はい。', target: 'Yes.', origin: 'Episode 2', score: 1 }] },
    ])
  })

  it('says the same translation once', () => {
    const entries = [entry('はい。', 'Yes.', 'a'), entry('はい！', 'Yes.', 'b'), entry('はい。', 'Yes.', 'c')]
    expect(recall(entries, [line('はい。')])[0]?.matches.map(match => match.origin)).to.deep.equal(['c'])
  })

  it('leaves out lines it knows nothing of, and entries without words', () => {
    expect(recall([entry('', 'x'), entry('はい。', ' ')], [line('はい。'), line('')])).to.deep.equal([])
  })

  it('finds lines of nothing but punctuation only as they are', () => {
    expect(best('……！', '……！', '……？')).to.deep.equal([['……！', 1]])
  })

  const text = fc.string({ unit: fc.constantFrom(...'あいう石を。！ '), minLength: 1, maxLength: 12 })

  it('finds every text it was given', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), texts => {
        for (const source of texts) {
          const matches = recall(
            texts.map(one => entry(one)),
            [line(source)],
          )[0]?.matches
          expect(matches?.[0]?.score ?? source.trim()).to.equal(source.trim() === '' ? source.trim() : 1)
        }
      }),
    )
  })

  it('passes over nothing that is near enough, as comparing with everything would find it', () => {
    const plain = fc.string({ unit: fc.constantFrom(...'あいう石を'), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.uniqueArray(plain, { maxLength: 20 }), plain, (sources, asked) => {
        const slow = sources
          .map(source => 1 - distance(source, asked, 99) / Math.max(source.length, asked.length))
          .map(score => (score === 1 ? 1 : Math.min(0.97, score)))
          .filter(score => score >= 0.7)
          .toSorted((a, b) => b - a)
          .slice(0, 3)
        expect((best(asked, ...sources) ?? []).map(([, score]) => score)).to.deep.equal(
          slow.map(score => Math.round(score * 1000) / 1000),
        )
      }),
    )
  })
})

describe('the distance of two texts', () => {
  const cases: readonly (readonly [a: string, b: string, most: number, changes: number])[] = [
    ['', '', 5, 0],
    ['kitten', 'sitting', 9, 3],
    ['kitten', 'sitting', 3, 3],
    ['kitten', 'sitting', 2, 3],
    ['見せて', '見て', 2, 1],
    ['abc', '', 5, 3],
    ['abc', '', 1, 2],
    ['ab', 'ba', 2, 2],
  ]
  for (const [a, b, most, changes] of cases)
    it(`of “${a}” and “${b}” is ${changes}, looked for up to ${most}`, () => {
      expect(distance(a, b, most)).to.equal(changes)
      expect(distance(b, a, most)).to.equal(changes)
    })

  it('is the same within a band as without', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 10 })
    fc.assert(
      fc.property(word, word, fc.nat(6), (a, b, most) => {
        expect(distance(a, b, most)).to.equal(Math.min(most + 1, distance(a, b, 99)))
      }),
    )
  })
})
