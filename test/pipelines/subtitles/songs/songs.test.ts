import { expect } from 'chai'
import type { Caption } from '../../../../pipelines/subtitles/document.ts'
import { carrySongs, withSongs } from '../../../../pipelines/subtitles/songs/carry.ts'
import { sharedSound } from '../../../../pipelines/subtitles/songs/match.ts'
import { printer, printOf } from '../../../../pipelines/subtitles/songs/print.ts'
import { reconform, reconformBy } from '../../../../pipelines/subtitles/sync/reconform.ts'
import { chance } from '../../../support/chance.ts'

const rate = 16_000
/** Notes of a melody that nobody else sings: sixteen tones at a time, changing every fifth of a second. */
function music(seed: number, seconds: number): Float32Array {
  const random = chance(seed)
  const samples = new Float32Array(seconds * rate)
  const length = rate / 5
  for (let begin = 0; begin < samples.length; begin += length) {
    const tones = Array.from({ length: 16 }, () => (2 * Math.PI * (250 + 1900 * random())) / rate)
    for (let i = begin; i < Math.min(samples.length, begin + length); i++)
      samples[i] = tones.reduce((sum, tone) => sum + 0.05 * Math.sin(tone * i), 0)
  }
  return samples
}
function joined(...parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
const noisy = (samples: Float32Array, seed: number) => {
  const random = chance(seed)
  return samples.map(sample => 0.6 * sample + (random() - 0.5) * 0.05)
}
const caption = (id: string, start: number, end: number, kind: Caption['kind'] = 'dialogue'): Caption => ({
  id,
  start,
  end,
  kind,
  runs: [{ text: id, marks: {} }],
})

describe('sounds that come again', () => {
  const opening = music(1, 24)
  const first = printOf(joined(music(2, 10), opening, music(3, 15)))
  const second = printOf(joined(music(4, 17), noisy(opening, 9), music(5, 12)))

  it('are found where they are, louder or softer, with noise over them', () => {
    const [found, ...others] = sharedSound(first, second, 10_000)
    expect(others).to.deep.equal([])
    expect(found?.from).to.be.closeTo(10_000, 200)
    expect(found?.to).to.be.closeTo(34_000, 200)
    expect(found?.offset).to.be.closeTo(7000, 32)
  })

  it('are found with voices over them', () => {
    const voices = music(40, 24)
    const talkedOver = opening.map((sample, i) => sample + 0.3 * (voices[i] ?? 0))
    const [found] = sharedSound(first, printOf(joined(music(4, 17), talkedOver, music(5, 12))), 10_000)
    expect(found?.offset).to.be.closeTo(7000, 32)
    expect((found?.to ?? 0) - (found?.from ?? 0)).to.be.above(22_000)
  })

  it('are not found where they are not', () => {
    expect(sharedSound(printOf(music(10, 40)), printOf(music(11, 40)))).to.deep.equal([])
    expect(
      sharedSound(printOf(new Float32Array(rate * 20)), printOf(new Float32Array(rate * 20))),
    ).to.have.length.below(2)
  })

  it('have the same print in whatever pieces they come', () => {
    const samples = music(6, 4)
    const { push, done } = printer()
    for (let at = 0; at < samples.length; at += 777) push(samples.subarray(at, at + 777))
    expect([...done().bits]).to.deep.equal([...printOf(samples).bits])
  })

  it('bring the times of their songs along', () => {
    const captions = [
      caption('d', 2000, 3000),
      caption('a', 12_000, 15_000, 'song'),
      caption('b', 30_000, 33_000, 'song'),
      caption('c', 40_000, 43_000, 'song'),
    ]
    const carried = carrySongs({ captions }, first, second)
    expect(carried.captions.map(({ id, kind }) => [id, kind])).to.deep.equal([
      ['song-a', 'song'],
      ['song-b', 'song'],
    ])
    expect(carried.captions[0]?.start).to.be.closeTo(19_000, 32)
    expect(carried.missing.map(({ id }) => id)).to.deep.equal(['c'])
  })

  it('go into the next episode’s track, by time, with the styles they wear, and only once', () => {
    const styles = [
      { name: 'Song', marks: {} },
      { name: 'Sign', marks: {} },
    ]
    const song = { ...caption('song-a', 19_000, 22_000, 'song'), style: 'Song' }
    const next = { captions: [caption('x', 1000, 2000), caption('y', 30_000, 31_000)] }
    const once = withSongs(next, { captions: [], styles }, [song])
    expect(once.captions.map(({ id }) => id)).to.deep.equal(['x', 'song-a', 'y'])
    expect(once.styles?.map(({ name }) => name)).to.deep.equal(['Song'])
    expect(withSongs(once, { captions: [], styles }, [song])).to.deep.equal(once)
  })
})

describe('a late master', () => {
  const scenes = [music(20, 12), music(21, 10), music(22, 14), music(23, 9)]
  const [one, two, three, four] = scenes as [Float32Array, Float32Array, Float32Array, Float32Array]
  const was = printOf(joined(one, two, three))
  const captions = [
    caption('a', 2000, 4000),
    caption('b', 14_000, 16_000),
    caption('c', 24_000, 26_000),
    caption('d', 30_000, 33_000),
  ]
  const document = { rate: { num: 24, den: 1 }, captions }

  it('reopens nothing when nothing was changed', () => {
    const found = reconform(document, was, was)
    expect([found.kept, found.moved, found.reopened, found.fresh]).to.deep.equal([
      ['a', 'b', 'c', 'd'],
      [],
      [],
      [],
    ])
    expect(found.document.captions).to.deep.equal(captions)
  })

  it('moves what comes after a scene that was put in, on frames, and shows the scene', () => {
    const found = reconform(document, was, printOf(joined(one, four, two, three)))
    expect([found.kept, found.moved, found.reopened]).to.deep.equal([['a'], ['b', 'c', 'd'], []])
    expect(found.document.captions.map(({ start }) => start)).to.deep.equal([2000, 23_000, 33_000, 39_000])
    expect(
      found.fresh.map(({ start, end }) => [Math.round(start / 1000), Math.round(end / 1000)]),
    ).to.deep.equal([[12, 21]])
  })

  it('reopens what was cut out, and nothing else', () => {
    const found = reconform(document, was, printOf(joined(one, three)))
    expect([found.kept, found.moved, found.reopened]).to.deep.equal([
      ['a'],
      ['c', 'd'],
      [{ caption: 'b', why: 'gone' }],
    ])
    expect(found.document.captions.at(-1)?.start).to.equal(20_000)
  })

  it('reopens a caption that a cut goes through', () => {
    const found = reconformBy(
      { captions: [caption('x', 9000, 13_000)] },
      [{ from: 0, to: 11_000, offset: 0, unlike: 0 }],
      11_000,
    )
    expect(found.reopened).to.deep.equal([{ caption: 'x', why: 'changed' }])
  })
})
