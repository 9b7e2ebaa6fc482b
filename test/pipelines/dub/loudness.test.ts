import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { decibels, energies, factor, integrated, truePeak } from '../../../pipelines/dub/loudness.ts'
import { ffmpeg } from '../../../pipelines/ffmpeg.ts'
import { findTools } from '../../../pipelines/tools.ts'
import { encodeWav } from '../../../pipelines/wav.ts'
import { openBench } from '../../support/stage.ts'

const rate = 48_000
const tone = (seconds: number, level: number, hertz = 997, phase = 0) =>
  Float32Array.from(
    { length: seconds * rate },
    (_, at) => factor(level) * Math.sin((2 * Math.PI * hertz * at) / rate + phase),
  )
function chain(...parts: Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
const loudness = (samples: Float32Array) => integrated(energies([samples]))

describe('loudness', () => {
  // EBU Tech 3341, cases 1 to 5, shortened: each must read within 0.1 LU.
  const cases: readonly [sentence: string, sound: () => Float32Array, expected: number][] = [
    ['a tone of −23 dBFS reads −23 LUFS', () => tone(5, -23), -23],
    ['a tone of −33 dBFS reads −33 LUFS', () => tone(5, -33), -33],
    [
      'quiet passages do not pull down a programme',
      () => chain(tone(3, -36), tone(18, -23), tone(3, -36)),
      -23,
    ],
    [
      'near silence is left out too',
      () => chain(tone(3, -72), tone(3, -36), tone(18, -23), tone(3, -36), tone(3, -72)),
      -23,
    ],
    [
      'passages within the gate count by their energy',
      () => chain(tone(5, -26), tone(5.025, -20), tone(5, -26)),
      -23,
    ],
  ]
  for (const [sentence, sound, expected] of cases)
    it(sentence, () => {
      expect(loudness(sound())).to.be.closeTo(expected, 0.1)
    })

  it('of silence is below every number', () => {
    expect(loudness(new Float32Array(rate))).to.equal(Number.NEGATIVE_INFINITY)
  })

  it('of one channel is that of two of the same', () => {
    const sound = tone(5, -20)
    expect(integrated(energies([sound]))).to.equal(integrated(energies([sound, sound])))
  })

  it('of a whole is that of its pieces’ tenths of a second together', () => {
    const [head, tail] = [tone(10, -20), tone(10, -28, 440)]
    const pieces = [...energies([head, head]), ...energies([tail, tail])]
    expect(integrated(pieces)).to.be.closeTo(loudness(chain(head, tail)), 0.005)
  })
})

describe('a true peak', () => {
  it('is found between the samples', () => {
    // EBU Tech 3341, case 16: a quarter of the rate at 45°, whose samples stop at −9 dB.
    expect(decibels(truePeak([tone(1, -6, rate / 4, Math.PI / 4)]))).to.be.closeTo(-6, 0.4)
  })
  it('of a tone is its level', () => {
    expect(decibels(truePeak([tone(1, -6)]))).to.be.closeTo(-6, 0.1)
  })
  it('is that of the louder channel', () => {
    expect(decibels(truePeak([tone(1, -30), tone(1, -10)]))).to.be.closeTo(-10, 0.1)
  })
})

describe('loudness and true peak agree with ffmpeg’s meter', () => {
  const sounds: readonly [sentence: string, make: () => Float32Array][] = [
    ['of bursts of noise at many levels', () => bursts(0.3)],
    ['of a low hum under a tone', () => tone(6, -20).map((x, at) => x + 0.2 * Math.sin(at / 150))],
  ]
  for (const [sentence, make] of sounds)
    it(sentence, async function () {
      if (!(await findTools({})).ffmpeg) {
        console.log('      skipped: there is no ffmpeg to compare with')
        return this.skip()
      }
      const bench = await openBench()
      try {
        const file = join(bench.at.scratch, 'sound.wav')
        const sound = make()
        await writeFile(file, encodeWav(sound, rate))
        const log = await ffmpeg(
          {
            inputs: [{ file }],
            filter: '[0:a]pan=stereo|c0=c0|c1=c0,ebur128=peak=true[out]',
            outputs: [{ file: join(bench.at.scratch, 'out.wav'), args: ['-map', '[out]'] }],
            verbose: true,
          },
          bench.at,
        )
        const read = (name: string) =>
          Number(log.findLast(row => row.includes(name))?.match(/-?\d+\.\d+/)?.[0])
        expect(integrated(energies([sound]))).to.be.closeTo(read('I:'), 0.1)
        expect(decibels(truePeak([sound]))).to.be.closeTo(read('Peak:'), 0.3)
      } finally {
        await bench.close()
      }
    })
})

/** Bursts of dull noise of half a second each, the same every time. */
function bursts(level: number): Float32Array {
  let seed = 1
  let last = 0
  return Float32Array.from({ length: 6 * rate }, (_, at) => {
    seed = (seed * 48_271) % 2_147_483_647
    const loud = [1, 0.1, 0.5, 0.02, 0.3][Math.floor(at / (rate / 2)) % 5] ?? 0
    last = 0.5 * last + level * loud * ((2 * seed) / 2_147_483_647 - 1)
    return last
  })
}
