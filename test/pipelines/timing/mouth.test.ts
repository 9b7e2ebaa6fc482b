import { readFileSync, statSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { openEspeak } from '../../../pipelines/espeak.ts'
import { openInference } from '../../../pipelines/onnx.ts'
import type { MouthShape, Span, Viseme } from '../../../pipelines/terms.ts'
import { openMouth, type Sound } from '../../../pipelines/timing/mouth.ts'
import { modelFile } from '../../../pipelines/visemes/ears.ts'
import { heldSound, soundOf } from '../../support/mouth.ts'

describe('the mouth', function () {
  this.timeout(60_000)
  const espeak = openEspeak()
  const inference = openInference()
  const mouth = openMouth(inference, espeak)
  const { signal } = new AbortController()
  after(() => {
    espeak.close()
    inference.close()
  })

  const all = async (shapes: AsyncIterable<MouthShape>) => {
    const list: MouthShape[] = []
    for await (const shape of shapes) list.push(shape)
    return list
  }
  const tiles = (shapes: readonly MouthShape[], span: Span) => {
    expect(shapes[0]?.start).to.equal(span.start)
    expect(shapes.at(-1)?.end).to.equal(span.end)
    shapes.forEach((shape, at) => {
      expect(shape.end).to.be.above(shape.start)
      expect(shape.openness).to.be.within(0, 1)
      const before = shapes[at - 1]
      if (before) {
        expect(shape.start).to.equal(before.end)
        expect(shape.viseme).to.not.equal(before.viseme)
      }
    })
  }
  const at = (shapes: readonly MouthShape[], ms: number) =>
    shapes.find(({ start, end }) => start <= ms && ms < end)
  const of = (shapes: readonly MouthShape[], viseme: Viseme) =>
    shapes.filter(shape => shape.viseme === viseme)

  it('closes for p, b and m and opens for a, when it knows the words', async () => {
    const { sound, phones, length } = await soundOf(espeak, 'Papa, Mama and Bob.', 'en-US')
    const span = { start: 0, end: length }
    const track = await mouth.track(sound, span, { text: 'Papa, Mama and Bob.', language: 'en-US' }, signal)
    expect(track.way).to.equal('text')
    tiles(track.shapes, span)
    expect(of(track.shapes, 'PP')).to.have.lengthOf(phones.filter(({ ipa }) => /^[pbm]/.test(ipa)).length)
    const wide = of(track.shapes, 'aa').map(({ openness }) => openness)
    const shut = of(track.shapes, 'PP').map(({ openness }) => openness)
    expect(Math.max(...shut)).to.be.below(0.35)
    expect(Math.min(...wide)).to.be.above(0.5)
  })

  it('hears lips shut and jaws down without the words', async () => {
    const { sound, phones, length } = await soundOf(espeak, 'まんま、ばあば、ぱぱ。', 'ja')
    const shapes = await all(mouth.listen(sound, { start: 0, end: length }, signal))
    tiles(shapes, { start: 0, end: length })
    const vowels = phones.filter(({ ipa }) => /^[aä]/.test(ipa))
    const heard = vowels.filter(({ start, end }) => at(shapes, (start + end) / 2)?.viseme === 'aa')
    expect(heard.length / vowels.length).to.be.above(0.7)
  })

  it('says when each word is said', async () => {
    const text = 'The quick brown fox jumps over the lazy dog.'
    const { sound, words, length } = await soundOf(espeak, text, 'en-US', { variant: 'f3' })
    const track = await mouth.track(sound, { start: 0, end: length }, { text, language: 'en-US' }, signal)
    expect(track.words.map(word => word.text)).to.deep.equal(words.map(word => word.text))
    const off = track.words
      .map(({ start }, turn) => Math.abs(start - (words[turn]?.start ?? 0)))
      .sort((a, b) => a - b)
    expect(off[Math.floor(off.length / 2)]).to.be.below(40)
  })

  it('is nearer the truth with the words than without', async () => {
    const text = 'Five thin men bought chips from the shop before breakfast, but they forgot the vinegar.'
    const said = await soundOf(espeak, text, 'en-US', { variant: 'klatt4' })
    const span = { start: 0, end: said.length }
    const forced = await mouth.track(said.sound, span, { text, language: 'en-US' }, signal)
    const free = await mouth.track(said.sound, span, undefined, signal)
    const right = (shapes: readonly MouthShape[]) =>
      said.truth.filter((viseme, row) => at(shapes, row * 10 + 5)?.viseme === viseme).length /
      said.truth.length
    expect(right(forced.shapes)).to.be.above(right(free.shapes))
  })

  it('hears the same wherever the pieces are cut, and begins where it is asked to', async () => {
    const { sound } = await soundOf(
      espeak,
      'One two three four five six seven eight nine ten. '.repeat(8),
      'en-US',
    )
    const whole = await all(mouth.listen(sound, { start: 0, end: 26_000 }, signal))
    const part = await all(mouth.listen(sound, { start: 18_003, end: 24_000 }, signal))
    tiles(part, { start: 18_003, end: 24_000 })
    for (let ms = 18_500; ms < 23_500; ms += 10) expect(at(part, ms)?.viseme).to.equal(at(whole, ms)?.viseme)
  })

  it('answers as it did where it was trained', async () => {
    // Who trains names the model just made.
    const model = process.env.MOUTH_MODEL ?? modelFile
    const { golden } = JSON.parse(readFileSync(model.replace(/onnx$/, 'json'), 'utf8')) as {
      golden: { rows: number[]; shapes: number[][]; openness: number[] }
    }
    const samples = Float32Array.from({ length: 16_000 }, (_, i) => {
      const time = i / 16_000
      const glide = 2 * Math.PI * (140 * time + 60 * time * time)
      const swell = 0.5 - 0.5 * Math.cos(2 * Math.PI * 4 * time)
      return swell * (0.2 * Math.sin(glide) + 0.1 * Math.sin(5 * glide) + 0.05 * Math.sin(13 * glide))
    })
    const heard = await inference.mouth({ model, threads: 1, samples }, signal)
    // The shipped weights have 16 bits, the trainer's 32.
    golden.rows.forEach((row, turn) => {
      golden.shapes[turn]?.forEach((value, shape) => {
        expect(heard.shapes[row * 16 + shape]).to.be.closeTo(value, 1e-4)
      })
      expect(heard.openness[row]).to.be.closeTo(golden.openness[turn] ?? 0, 1e-4)
    })
  })

  it('is small enough to come with the house', () => {
    expect(statSync(modelFile).size).to.be.below(2_000_000)
  })

  const hostile: readonly [what: string, sound: Sound][] = [
    ['silence', { read: (_, count) => new Float32Array(count) }],
    ['no numbers', { read: (_, count) => new Float32Array(count).fill(Number.NaN) }],
    ['infinitely loud sound', { read: (_, count) => new Float32Array(count).fill(Number.POSITIVE_INFINITY) }],
    ['sound held at its limit', { read: (_, count) => new Float32Array(count).fill(1) }],
  ]
  for (const [what, sound] of hostile)
    it(`keeps its mouth shut at ${what}`, async () => {
      const span = { start: 0, end: 3000 }
      const shapes = await all(mouth.listen(sound, span, signal))
      tiles(shapes, span)
      expect(shapes.map(({ viseme }) => viseme)).to.deep.equal(['sil'])
    })

  it('tiles any span of any noise, with any text', async () => {
    const texts = ['', '…', '   ', 'a', 'Hello there.', '\u0000\ud800', '東京', 'x'.repeat(300), '🙂🙂']
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 1500 }),
        fc.constantFrom(...texts),
        fc.constantFrom('en', 'ja', 'xx', ''),
        fc.integer(),
        async (start, length, text, language, seed) => {
          const span = { start, end: start + length }
          const track = await mouth.track(heldSound(seed), span, { text, language }, signal)
          if (length === 0) expect(track.shapes).to.deep.equal([])
          else tiles(track.shapes, span)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('stops when it is told to', async () => {
    const control = new AbortController()
    control.abort(new Error('enough'))
    const heard = await all(mouth.listen(heldSound(1), { start: 0, end: 1000 }, control.signal)).catch(String)
    expect(heard).to.equal('Error: enough')
  })
})
