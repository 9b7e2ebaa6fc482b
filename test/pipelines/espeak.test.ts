import { expect } from 'chai'
import { openEspeak } from '../../pipelines/espeak.ts'
import { expectProblem } from '../support/throws.ts'

describe('the embedded synthesizer', () => {
  const espeak = openEspeak()
  after(() => espeak.close())

  it('speaks a text and says when each of its words is heard', async () => {
    const text = 'Hello, it is “really” 25 of the times.'
    const { samples, sampleRate, words, phones } = await espeak.speak({ text, language: 'en' })
    expect(words.map(word => word.text)).to.deep.equal([
      'Hello,',
      'it',
      'is',
      '“really”',
      '25',
      'of',
      'the',
      'times.',
    ])
    for (const word of words) expect(text.slice(word.at).startsWith(word.text)).to.equal(true)
    for (const [i, word] of words.entries()) {
      expect(word.end).to.be.greaterThan(word.start)
      expect(word.start).to.be.at.least(words[i - 1]?.end ?? 0)
    }
    const length = (samples.length / sampleRate) * 1000
    expect(words.at(-1)?.end).to.be.within(length - 60, length)
    expect(phones.slice(0, 4).map(phone => phone.ipa)).to.deep.equal(['h', 'ə', 'l', 'ˈoʊ'])
    expect(samples.some(sample => Math.abs(sample) > 0.1)).to.equal(true)
  })

  it('speaks kanji by their reading, and says where in the kanji it is', async () => {
    const text = 'ソウタ先輩《せんぱい》、行くよ。'
    const { words } = await espeak.speak({ text, language: 'ja' })
    expect(words.map(word => `${word.at} ${word.text}`)).to.deep.equal([
      '0 ソウタ',
      '3 先輩、',
      '6 行く',
      '8 よ。',
    ])
  })

  for (const [language, text, variant] of [
    ['en-US', 'She said that the captain is hungry, in 1984!', undefined],
    ['en-GB', 'Where did you carry the golden lantern?', 'f3'],
    ['ja', 'きのう、もりで ひかりを みたんだ。', 'klatt4'],
    ['pt-BR', 'Não sei onde está o coração.', undefined],
  ] as const)
    it(`says silently when each sound would be said, to the millisecond (${language} ${variant ?? ''})`, async () => {
      const { words, phones } = await espeak.speak({ text, language, ...(variant && { variant }) })
      const timed = await espeak.time({ text, language, ...(variant && { variant }) })
      expect(phones).not.to.be.empty
      expect([timed.words, timed.phones]).to.deep.equal([words, phones])
    })

  it('takes as long as its pace says, and measures what it would speak', async () => {
    const text = 'When the sun rises, we go to the station together.'
    const length = await espeak.measure({ text, language: 'en' })
    const { samples, sampleRate } = await espeak.speak({ text, language: 'en' })
    expect(length).to.equal(Math.round((samples.length / sampleRate) * 1000))
    const quick = await espeak.measure({ text, language: 'en', rate: 1.25 })
    expect(length / quick).to.be.within(1.2, 1.3)
  })

  it('changes its voice by variant and pitch', async () => {
    const ask = { text: 'Good morning.', language: 'en' }
    const [plain, f3, high] = await Promise.all([
      espeak.speak(ask),
      espeak.speak({ ...ask, variant: 'f3' }),
      espeak.speak({ ...ask, pitch: 80 }),
    ])
    expect(crossings(f3.samples)).not.to.equal(crossings(plain.samples))
    expect(crossings(high.samples)).not.to.equal(crossings(plain.samples))
    await expectProblem(() => espeak.speak({ ...ask, variant: '../x' }), 'engine-failed')
  })

  it('makes the same sound of the same words, whatever it said before', async () => {
    const ask = { text: 'Guten Morgen, sagt sie, und geht. Dann, sehr leise, lacht sie.', language: 'de' }
    const others = ['x', 'Well, '.repeat(60), 'Yes, no, yes.', 'One, two. '.repeat(300)]
    const first = await espeak.speak(ask)
    for (const text of others) {
      await espeak.speak({ text, language: 'en', variant: 'm3', rate: 2, pitch: 10 })
      const again = await espeak.speak(ask)
      expect(again.phones.length).to.equal(first.phones.length)
      expect(Buffer.from(again.samples.buffer).equals(Buffer.from(first.samples.buffer))).to.equal(true)
    }
    const [day, evening] = await Promise.all(
      [ask.text, `${ask.text} ${ask.text}`].map(text => espeak.measure({ text, language: 'de' })),
    )
    expect((evening ?? 0) / (day ?? 1)).to.be.within(1.95, 2.2)
    await expectProblem(() => espeak.speak({ text: 'x'.repeat(30_001), language: 'en' }), 'engine-failed')
  })

  it('names a language it does not have', async () => {
    const problem = await expectProblem(
      () => espeak.speak({ text: 'x', language: 'tlh' }),
      'language-unspoken',
    )
    expect(problem.figures.language).to.equal('tlh')
  })

  it('says nothing for a text with nothing to say', async () => {
    const { words, phones } = await espeak.speak({ text: '…', language: 'en' })
    expect([words, phones]).to.deep.equal([[], []])
  })

  it('stops waiting when its person cancels', async () => {
    const abort = new AbortController()
    const asks = ['one', 'two'].map(text => espeak.speak({ text, language: 'en' }, abort.signal))
    abort.abort(new Error('cancelled'))
    const ends = await Promise.allSettled(asks)
    expect(ends.map(end => end.status)).to.deep.equal(['rejected', 'rejected'])
  })
})

const crossings = (samples: Float32Array) =>
  samples.reduce((count, sample, i) => count + (sample > 0 && (samples[i - 1] ?? 0) <= 0 ? 1 : 0), 0)
