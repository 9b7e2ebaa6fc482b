import { expect } from 'chai'
import { openReader } from '../../pipelines/reading.ts'
import { expectProblem } from '../support/throws.ts'

const cases: readonly [text: string, kana: string][] = [
  ['今日は良い天気だ。', 'キョオワ ヨイ テンキダ。'],
  ['東京へ行く', 'トオキョオエ イク'],
  ['ソウタ先輩《せんぱい》は、待って！', 'ソウタ センパイワ、 マッテ！'],
  ['｜言霊使い《ことだまつかい》', 'コトダマツカイ'],
  ['25歳で3本、二人', 'ニジュウゴサイデ サンボン、 フタリ'],
  ['「え？ まさか……」', 'エ？ マサカ、'],
  ['OKだ', 'オオケイダ'],
  ['……', ''],
]

describe('the reading of Japanese', () => {
  const reader = openReader()
  after(() => reader.close())

  for (const [text, kana] of cases)
    it(`reads ${text} as ${kana || 'nothing'}`, async () => {
      expect((await reader.read(text, [])).kana).to.equal(kana)
    })

  it('takes a reading given beside the text before the dictionary’s', async () => {
    const { kana } = await reader.read('仮名を読む', [{ at: 0, length: 2, kana: 'かな' }])
    expect(kana).to.equal('カナヲ ヨム')
  })

  it('says which kana come from where', async () => {
    const { plain, kana, parts } = await reader.read('先輩《せんぱい》は待つ', [])
    const pairs = parts.map(part => [
      plain.slice(part.at, part.at + part.length),
      kana.slice(part.kanaAt, part.kanaAt + part.kanaLength),
    ])
    expect(pairs).to.deep.equal([
      ['先輩', 'センパイ'],
      ['は', 'ワ'],
      ['待つ', 'マツ'],
    ])
  })

  it('names a word that nobody can read', async () => {
    const problem = await expectProblem(() => reader.read('龘が来た', []), 'reading-missing')
    expect(problem.figures.text).to.equal('龘')
  })
})
