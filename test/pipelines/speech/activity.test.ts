import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { findSpeech } from '../../../pipelines/speech/activity.ts'
import type { Span } from '../../../pipelines/terms.ts'
import { earsOf, keepEars, overlap } from '../../support/ears.ts'
import { addNoise, fliteTrack, haveFlite, sentences } from '../../support/flite.ts'
import { sharedFile } from '../../support/shared.ts'
import { type Bench, openBench } from '../../support/stage.ts'

describe('where someone speaks', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench()
  })
  after(() => bench.close())
  const find = async (samples: Float32Array) => findSpeech(await keepEars(samples, bench), bench.at)

  it('is nowhere in silence, in a hum, or in no sound at all', async () => {
    const hum = Float32Array.from(
      { length: 64_000 },
      (_, i) => 0.1 * Math.sin((2 * Math.PI * 50 * i) / 16_000),
    )
    expect((await find(new Float32Array(32_000))).speech).to.deep.equal([])
    expect((await find(hum)).speech).to.deep.equal([])
    expect((await find(new Float32Array(0))).speech).to.deep.equal([])
  })

  it('is where it was made to be, in silence and in noise', async function () {
    if (!haveFlite()) return this.skip()
    const clean = fliteTrack(sentences(12, 7), 7, [0.4, 4])
    const length = clean.samples.length / 16
    for (const [track, least] of [
      [clean, { precision: 0.95, recall: 0.98 }],
      [addNoise(clean, 20, 1), { precision: 0.97, recall: 0.95 }],
      [addNoise(clean, 10, 1), { precision: 0.97, recall: 0.88 }],
    ] as const) {
      const { precision, recall } = overlap(await find(track.samples), track.lines, length)
      expect(precision).to.be.at.least(least.precision)
      expect(recall).to.be.at.least(least.recall)
    }
  })

  it('is where people say it is in a recorded meeting', async function () {
    const turns = sharedFile('media/dialogue/ami_development.rttm')
    const recording = sharedFile('media/dialogue/ami_dev01.wav')
    const samples = recording && (await earsOf(recording))
    if (!turns || !samples) return this.skip()
    const truth = readFileSync(turns, 'utf8')
      .split('\n')
      .map(row => row.split(' '))
      .filter(row => row[1] === 'dev01')
      .map((row): Span => ({ start: Number(row[3]) * 1000, end: (Number(row[3]) + Number(row[4])) * 1000 }))
    const { precision, recall } = overlap(await find(samples), truth, samples.length / 16)
    expect(precision).to.be.at.least(0.9)
    expect(recall).to.be.at.least(0.85)
  })

  it('is parted where a speaker pauses', async function () {
    const recording = sharedFile('media/en/jfk.flac')
    const samples = recording && (await earsOf(recording))
    if (!samples) return this.skip()
    const { speech } = await find(samples)
    // And so my fellow Americans | ask not | what your country can do for you | ask what you can do for your country
    expect(speech.map(({ start, end }) => [Math.round(start / 500), Math.round(end / 500)])).to.deep.equal([
      [0, 6],
      [7, 9],
      [11, 15],
      [16, 22],
    ])
  })

  it('stops when it is cancelled, and says how far it is until then', async () => {
    const other = await openBench()
    const blob = await keepEars(new Float32Array(160_000 * 3), other)
    await findSpeech(blob, other.at)
    expect(other.reports).to.deep.equal([...other.reports].sort((a, b) => a - b))
    expect(other.reports.at(-1)).to.equal(1)
    other.cancel(new Error('enough'))
    const ended = await findSpeech(blob, other.at).catch((error: Error) => error.message)
    expect(ended).to.equal('enough')
    await other.close()
  })
})
