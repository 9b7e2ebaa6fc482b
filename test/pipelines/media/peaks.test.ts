import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { drawPeaks } from '../../../pipelines/media/peaks.ts'
import { encodeWav } from '../../../pipelines/wav.ts'
import { type Bench, openBench } from '../../support/stage.ts'

describe('the waveform', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench()
  })
  after(() => bench.close())

  async function draw(pcm: Int16Array) {
    const wav = join(bench.at.scratch, 'sound.wav')
    await writeFile(
      wav,
      encodeWav(
        Float32Array.from(pcm, sample => sample / 32768),
        16_000,
      ),
    )
    const levels = await drawPeaks(wav, bench.at)
    const drawn: { samples: number; pairs: number[] }[] = []
    for (const { samples, pairs } of levels)
      drawn.push({ samples, pairs: [...new Int8Array(await readFile(await bench.at.file(pairs)))] })
    return drawn
  }

  /** The plain way: every bucket by itself, from the samples. */
  function plainly(pcm: Int16Array, samples: number): number[] {
    return Array.from({ length: Math.ceil(pcm.length / samples) }, (_, bucket) => {
      const part = pcm.slice(bucket * samples, (bucket + 1) * samples)
      return [part.reduce((a, b) => Math.min(a, b)) >> 8, part.reduce((a, b) => Math.max(a, b)) >> 8]
    }).flat()
  }

  for (const length of [1, 63, 64, 65, 4096, 65_536, 65_537, 200_001])
    it(`of ${length} samples is, at every level, the least and the greatest of each bucket`, async () => {
      let seed = length
      const pcm = Int16Array.from({ length }, (_, index) => {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
        return ((seed % 65_536) - 32_768) * Math.sin(index / 20_000)
      })
      pcm[0] = -32_768
      const levels = await draw(pcm)
      expect(levels.map(({ samples }) => samples)).to.deep.equal([64, 256, 1024, 4096, 16_384, 65_536])
      for (const { samples, pairs } of levels)
        expect(pairs, `${samples}`).to.deep.equal(plainly(pcm, samples))
    })

  it('of no sound is empty', async () => {
    for (const { pairs } of await draw(new Int16Array())) expect(pairs).to.deep.equal([])
  })
})
