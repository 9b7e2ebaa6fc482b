import { expect } from 'chai'
import { gripAt, pulled } from '../../client/wave/grip.ts'
import { chooseLevel, columnsOf, ticksOf } from '../../client/wave/levels.ts'
import { followed, panned, zoomed } from '../../client/wave/view.ts'

const levels = [64, 256, 1024, 4096].map(samples => ({ samples, url: `/${samples}` }))

describe('the waveform', () => {
  // 64 samples of 16 kHz are 4 ms, 256 are 16 ms, 1024 are 64 ms, 4096 are 256 ms.
  const choices: readonly [msPerPixel: number, samples: number][] = [
    [1, 64],
    [4, 64],
    [15, 64],
    [16, 256],
    [100, 1024],
    [1000, 4096],
  ]
  for (const [msPerPixel, samples] of choices)
    it(`at ${msPerPixel} ms a pixel is drawn from buckets of ${samples}`, () => {
      expect(chooseLevel(levels, msPerPixel)?.samples).to.equal(samples)
    })
  it('is not drawn before there is anything to draw from', () => {
    expect(chooseLevel([], 10)).to.equal(undefined)
  })

  it('shows the least and greatest of all buckets under a pixel', () => {
    const pairs = Int8Array.from([-10, 20, -128, 5, -1, 127, 0, 0])
    expect(
      [...columnsOf(pairs, 64, { start: 0, end: 16 }, 2)].map(value => Math.round(value * 100)),
    ).to.deep.equal([-100, 16, -1, 100])
  })
  it('shows a bucket over several pixels when it is closer than the finest level', () => {
    const pairs = Int8Array.from([-64, 64, 0, 0])
    expect([...columnsOf(pairs, 64, { start: 0, end: 4 }, 4)].filter((_, at) => at % 2 === 0)).to.deep.equal([
      -0.5, -0.5, -0.5, -0.5,
    ])
  })
  it('is still after the end', () => {
    expect([...columnsOf(Int8Array.from([-5, 5]), 64, { start: 400, end: 440 }, 2)]).to.deep.equal([
      0, 0, 0, 0,
    ])
  })

  it('has round times on its ruler', () => {
    expect(ticksOf({ start: 0, end: 20_000 }, 1000)).to.deep.equal([
      0, 2000, 4000, 6000, 8000, 10_000, 12_000, 14_000, 16_000, 18_000, 20_000,
    ])
    expect(ticksOf({ start: 1_000, end: 1_400 }, 400)).to.deep.equal([1000, 1100, 1200, 1300, 1400])
  })
})

describe('the part of it that is seen', () => {
  const view = { start: 10_000, end: 20_000 }
  it('closes in on an instant, which stays where it is', () => {
    expect(zoomed(view, 0.5, 12_000, 60_000)).to.deep.equal({ start: 11_000, end: 16_000 })
  })
  it('closes in on an instant outside of it by going there', () => {
    expect(zoomed(view, 0.5, 40_000, 60_000)).to.deep.equal({ start: 37_500, end: 42_500 })
  })
  it('grows to the whole and no further', () => {
    expect(zoomed(view, 100, 12_000, 60_000)).to.deep.equal({ start: 0, end: 60_000 })
  })
  it('shrinks to half a second and no further', () => {
    const { start, end } = zoomed(view, 0.0001, 12_000, 60_000)
    expect(end - start).to.equal(500)
  })
  it('stops at both ends', () => {
    expect(panned(view, -50_000, 60_000)).to.deep.equal({ start: 0, end: 10_000 })
    expect(panned(view, 50_000, 60_000)).to.deep.equal({ start: 50_000, end: 60_000 })
  })
  it('turns the page when the playhead leaves it, and not before', () => {
    expect(followed(view, 15_000, 60_000)).to.equal(view)
    expect(followed(view, 21_000, 60_000)).to.deep.equal({ start: 20_000, end: 30_000 })
  })
})

describe('pulling an edge', () => {
  const lines = [
    { id: 'a', start: 1000, end: 2000 },
    { id: 'b', start: 2000, end: 3000 },
  ]
  it('takes hold of the open line’s edge before that of its neighbour', () => {
    expect(gripAt(lines, 'a', 2010, 50)).to.deep.equal({ on: 'edge', line: 'a', edge: 'end' })
    expect(gripAt(lines, 'b', 1990, 50)).to.deep.equal({ on: 'edge', line: 'b', edge: 'start' })
  })
  it('finds a line, or only time', () => {
    expect(gripAt(lines, undefined, 2010, 50)).to.deep.equal({ on: 'line', line: 'b' })
    expect(gripAt(lines, 'a', 5000, 50)).to.deep.equal({ on: 'time' })
  })
  const line = { start: 1000, end: 2000 }
  it('follows the pointer to whole milliseconds', () => {
    expect(pulled(line, 'end', 2345.6, [], 20)).to.deep.equal({ end: 2346 })
  })
  it('snaps to a cut that is near, the nearest first', () => {
    expect(pulled(line, 'end', 2345, [2340, 2352], 20)).to.deep.equal({ end: 2340 })
    expect(pulled(line, 'end', 2345, [2400], 20)).to.deep.equal({ end: 2345 })
  })
  it('never goes past the other edge, nor before the beginning', () => {
    expect(pulled(line, 'start', 5000, [], 20)).to.deep.equal({ start: 1900 })
    expect(pulled(line, 'end', 0, [], 20)).to.deep.equal({ end: 1100 })
    expect(pulled(line, 'start', -50, [], 20)).to.deep.equal({ start: 0 })
  })
})
