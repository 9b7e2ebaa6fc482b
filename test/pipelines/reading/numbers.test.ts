import { expect } from 'chai'
import { digitsOf, sayCounted, sayNumber } from '../../../pipelines/reading/numbers.ts'

describe('Japanese numbers', () => {
  const written: readonly [string, string | undefined][] = [
    ['２５', '25'],
    ['1,200', '1200'],
    ['3.5', '3.5'],
    ['3.', '3'],
    ['三百二十一', '321'],
    ['一万', '10000'],
    ['二億三千万五', '230000005'],
    ['十', '10'],
    ['二〇二五', '2025'],
    ['abc', undefined],
  ]
  for (const [text, digits] of written)
    it(`reads ${text} as ${digits ?? 'no number'}`, () => {
      expect(digitsOf(text)).to.equal(digits)
    })

  const said: readonly [string, string][] = [
    ['0', 'ゼロ'],
    ['10', 'ジュウ'],
    ['321', 'サンビャクニジュウイチ'],
    ['608', 'ロッピャクハチ'],
    ['3000', 'サンゼン'],
    ['8800', 'ハッセンハッピャク'],
    ['10000', 'イチマン'],
    ['12000345', 'センニヒャクマンサンビャクヨンジュウゴ'],
    ['3.14', 'サンテンイチヨン'],
    ['007', 'ゼロゼロナナ'],
  ]
  for (const [digits, kana] of said)
    it(`says ${digits} as ${kana}`, () => {
      expect(sayNumber(digits)).to.equal(kana)
    })

  const counted: readonly [string, string, string, string][] = [
    ['1', '本', 'ホン', 'イッポン'],
    ['3', '本', 'ホン', 'サンボン'],
    ['6', '匹', 'ヒキ', 'ロッピキ'],
    ['10', '分', 'フン', 'ジュップン'],
    ['3', '分', 'フン', 'サンプン'],
    ['8', '回', 'カイ', 'ハッカイ'],
    ['1', '歳', 'サイ', 'イッサイ'],
    ['6', '歳', 'サイ', 'ロクサイ'],
    ['25', '歳', 'サイ', 'ニジュウゴサイ'],
    ['20', '歳', 'サイ', 'ハタチ'],
    ['2', '人', 'ニン', 'フタリ'],
    ['4', '月', 'ツキ', 'シガツ'],
    ['11', '月', 'ツキ', 'ジュウイチガツ'],
    ['300', '円', 'エン', 'サンビャクエン'],
  ]
  for (const [digits, counter, reading, kana] of counted)
    it(`says ${digits}${counter} as ${kana}`, () => {
      expect(sayCounted(digits, counter, reading)).to.equal(kana)
    })
})
