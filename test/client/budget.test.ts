import { expect } from 'chai'
import { budgetOf, foretell, predict } from '../../client/budget.ts'
import { predict as known, learnPredictor } from '../../pipelines/timing/predictor.ts'
import { verdictOf } from '../../pipelines/timing/weights.ts'
import { lineView } from '../support/desk.ts'

const bands = [
  { verdict: 'green' as const, least: 0.9, most: 1.1 },
  { verdict: 'ok' as const, least: 0.85, most: 1.15 },
  { verdict: 'amber' as const, least: 0.8, most: 1.25 },
  { verdict: 'short' as const, least: 0, most: 0.8 },
]
/** 100 ms a vowel, nothing else. */
const speaking = { base: 0, parts: [{ pattern: '[aeiou]', ms: 100 }], syllable: 100, bands }
const line = lineView('l', {
  start: 0,
  end: 1000,
  text: 'aeiouaeiou',
  speaking: 1000,
  rate: 1,
  verdict: 'green',
  room: 1000,
  spare: 0,
})

describe('the live budget', () => {
  it('is what is known of the line, as long as nobody wrote', () => {
    expect(budgetOf(line, line, speaking)).to.deep.equal({
      speaking: 1000,
      room: 1000,
      rate: 1,
      verdict: 'green',
      syllables: 0,
    })
  })
  const cases: readonly [text: string, verdict: string, syllables: number][] = [
    ['aeiouaeiouaeiou', 'overlong', -4],
    ['aeiouaeiouae', 'amber', -1],
    ['aeiouaeiou!', 'green', 0],
    ['aeiou', 'short', 4],
  ]
  for (const [text, verdict, syllables] of cases)
    it(`of ${[...text].length} letters is ${verdict}, ${syllables} syllables off`, () => {
      const budget = budgetOf(line, { ...line, text }, speaking)
      expect(budget).to.include({ verdict, syllables })
    })
  it('uses the silence around the line as far as it needs it', () => {
    const budget = budgetOf({ ...line, spare: 300 }, { ...line, text: 'aeiouaeiouae' }, speaking)
    expect(budget).to.include({ room: 1200, verdict: 'green' })
  })
  it('follows times that are being moved', () => {
    expect(budgetOf(line, { ...line, end: 2000 }, speaking)).to.include({ room: 2000, verdict: 'short' })
  })
  it('is not there for what nobody says aloud, nor for no text, nor before the server told how', () => {
    expect(budgetOf({ ...line, room: undefined }, line, speaking)).to.equal(undefined)
    expect(budgetOf(line, { ...line, text: ' ' }, speaking)).to.equal(undefined)
    expect(budgetOf(line, line, undefined)).to.equal(undefined)
  })
  it('holds to the time the voice took, as far as the text is still the same', () => {
    const slow = { text: 'aeiouaeiou', speaking: 1500 }
    expect(foretell(speaking, slow, 'aeiouaeiou')).to.equal(1500)
    expect(foretell(speaking, slow, 'aeiouaeio')).to.be.within(1250, 1350)
    expect(foretell(speaking, slow, 'uuuuu')).to.be.within(500, 620)
  })
  it('counts as the server counts, and judges as it judges', () => {
    for (const language of ['en', 'es', 'ja', 'ko', 'zh', 'ru']) {
      const predictor = learnPredictor(language, [{ text: 'Wait, Haru! 待って、ハル！', ms: 1400 }])
      const view = { ...predictor, parts: [...predictor.parts], bands }
      for (const text of [
        'Wait for me, please!',
        '¿Dónde está?',
        '灯り石は、歌で目を覚ますんだ。',
        '42',
        'Подожди!',
        '기다려',
      ])
        expect(predict(view, text)).to.equal(known(predictor, text))
    }
    for (let rate = 0; rate < 1.6; rate += 0.01) {
      const verdict = bands.find(({ least, most }) => rate >= least && rate <= most)?.verdict ?? 'overlong'
      expect(verdict).to.equal(verdictOf(rate))
    }
  })
})
