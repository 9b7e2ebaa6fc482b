import { expect } from 'chai'
import type { MouthTrack } from '../../../pipelines/terms.ts'
import { drawnAfterSounds, type Lips, meetings, openLips } from '../../../pipelines/timing/lips.ts'
import { chance } from '../../support/chance.ts'

describe('lips that are seen to meet', () => {
  const line = { start: 1000, end: 3000 }
  it('do so where a mouth is shut between two moments that it is open, and no longer than a pause', () => {
    const open = [
      { start: 900, end: 1300 },
      { start: 1380, end: 1700 },
      { start: 2100, end: 2500 },
      { start: 2500, end: 3300 },
    ]
    expect(meetings(open, line)).to.deep.equal([1300])
    expect(meetings([], line)).to.deep.equal([])
  })
  it('are heard to in /p b m/, with the words of the line', async () => {
    const asked: unknown[] = []
    const track = async (_: unknown, span: object, said: unknown) => {
      asked.push(said)
      const shapes = (['sil', 'PP', 'aa', 'FF', 'PP', 'ih'] as const).map((viseme, at) => ({
        ...{ start: 100 * at, end: 100 * at + 100, viseme, openness: 0 },
      }))
      return { ...span, shapes, way: 'text', words: [], trust: 1 } as unknown as MouthTrack
    }
    const hear = openLips({ track }, { read: () => new Float32Array() }, 'en', new AbortController().signal)
    expect(await hear({ ...line, text: 'Bump me' })).to.deep.equal([100, 400])
    expect(asked).to.deep.equal([{ text: 'Bump me', language: 'en' }])
  })
})

describe('a mouth that is drawn after the sounds', () => {
  /** Lines of two seconds with three lips heard in each; what is seen of them is told by `seen`. */
  const lines = (
    count: number,
    seen: (heard: readonly number[], next: () => number) => number[],
    seed = 5,
  ) => {
    const next = chance(seed)
    return Array.from({ length: count }, (): Lips => {
      const heard = Array.from({ length: 3 }, () => Math.round(next() * 2000)).sort((a, b) => a - b)
      return { start: 0, end: 2000, heard, seen: seen(heard, next) }
    })
  }
  /** Shut somewhere every quarter of a second, whatever is said. */
  const atRandom = (_: readonly number[], next: () => number) =>
    Array.from({ length: 8 }, (_, at) => Math.round(250 * (at + next())))
  /** On twos, a picture early or late, and shut for other sounds, too. */
  const onTwos = (heard: readonly number[], next: () => number) =>
    heard.map(at => Math.round((at - 40 + 80 * next()) / 42) * 42).concat(Math.round(next() * 2000))

  it('is told by a dozen lips that meet when they are heard to', () => {
    expect(drawnAfterSounds(lines(4, onTwos))).to.equal(true)
  })
  it('is not one that flaps at random, but for one or two in a hundred', () => {
    const taken = Array.from({ length: 200 }, (_, seed) => drawnAfterSounds(lines(12, atRandom, seed)))
    expect(taken.filter(Boolean).length).to.be.at.most(4)
  })
  it('is not one that nothing is known of, nor one that is shut for a few of its sounds', () => {
    expect(drawnAfterSounds([])).to.equal(false)
    expect(drawnAfterSounds([{ start: 0, end: 900, heard: [], seen: [100] }])).to.equal(false)
    expect(drawnAfterSounds(lines(1, heard => heard.slice(0, 2)))).to.equal(false)
    expect(drawnAfterSounds(lines(20, heard => heard.slice(0, 1)))).to.equal(false)
  })
})
