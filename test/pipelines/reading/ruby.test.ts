import { expect } from 'chai'
import { splitRuby } from '../../../pipelines/reading/ruby.ts'

const cases: readonly [text: string, plain: string, hints: readonly [string, string][]][] = [
  ['先輩《せんぱい》、待って', '先輩、待って', [['先輩', 'せんぱい']]],
  ['ソウタ先輩《せんぱい》', 'ソウタ先輩', [['先輩', 'せんぱい']]],
  ['｜灯り石《あかりいし》だ', '灯り石だ', [['灯り石', 'あかりいし']]],
  ['灯り石《いし》だ', '灯り石だ', [['石', 'いし']]],
  ['第3話《だいさんわ》', '第3話', [['第3話', 'だいさんわ']]],
  ['人々《ひとびと》', '人々', [['人々', 'ひとびと']]],
  ['《はじめ》だけ', 'だけ', []],
  ['開《あ》いた《', '開いた《', [['開', 'あ']]],
]

describe('readings written in a text', () => {
  for (const [text, plain, hints] of cases)
    it(`takes them out of ${text}`, () => {
      const ruby = splitRuby(text)
      expect(ruby.plain).to.equal(plain)
      expect(ruby.hints.map(({ at, length, kana }) => [plain.slice(at, at + length), kana])).to.deep.equal(
        hints,
      )
    })
})
