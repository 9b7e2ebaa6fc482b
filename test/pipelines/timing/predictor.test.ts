import { expect } from 'chai'
import { learnPredictor, predict, predictorOf } from '../../../pipelines/timing/predictor.ts'

describe('the predictor of speaking time', () => {
  /** Measured: what the synthesizer takes for these, in ms. */
  const measured: readonly [language: string, text: string, ms: number][] = [
    ['en', 'Only one hour until the Star Festival.', 2099],
    ['en', 'If anyone can fix it, she can.', 2020],
    ['en', 'Thank you so much, Tome-san!', 1812],
    ['es', 'Falta una hora para el Festival de las Estrellas.', 2518],
    ['es', 'La piedra de luz, mira, despierta con una canción.', 2989],
  ]
  for (const [language, text, ms] of measured)
    it(`is within a quarter of ${ms} ms for “${text}” before any line is known`, () =>
      expect(predict(learnPredictor(language, []), text)).to.be.within(0.75 * ms, 1.25 * ms))

  it('takes nothing for nothing', () => expect(predict(learnPredictor('en', []), ' ')).to.equal(0))

  it('learns the pace of the lines it is shown', () => {
    const plain = learnPredictor('en', [])
    const texts = [
      'Wait for me',
      'Where is he',
      'The lantern went out again',
      'A wakeful stone',
      'No one has asked',
      'Go on',
    ]
    const slow = learnPredictor(
      'en',
      texts.map(text => ({ text, ms: 1.4 * predict(plain, text) })),
    )
    const other = 'Nobody comes here in winter'
    expect(predict(slow, other) / predict(plain, other)).to.be.within(1.25, 1.45)
  })

  it('learns from lines that are said in one breath alone', () => {
    const phrase = (text: string) => ({ start: 0, end: 1, text })
    const line = { id: 'a', text: 'Wait for me', speaking: 5000, phrases: [phrase('Wait'), phrase('for me')] }
    const fitted = {
      ...line,
      start: 0,
      end: 1,
      kind: 'dialogue',
      source: '',
      rate: 1,
      verdict: 'green',
      origin: { how: 'none' },
    } as const
    expect(predictorOf('en', [fitted])).to.deep.equal(learnPredictor('en', []))
  })

  it('tells what a syllable comes to', () => {
    for (const language of ['en', 'ja', 'ko', 'zh'])
      expect(learnPredictor(language, []).syllable).to.be.within(80, 260)
  })
})
