import { expect } from 'chai'
import { bedGain } from '../../../pipelines/dub/bed.ts'
import { factor } from '../../../pipelines/dub/loudness.ts'
import { encodeWav } from '../../../pipelines/wav.ts'
import { type Bench, openBench } from '../../support/stage.ts'

const rate = 48_000

describe('the bed of a mix', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench()
  })
  after(() => bench.close())

  /** Two seconds of speech at one level, two of effects at another; levels of a 1 kHz tone in dBFS, in stereo. */
  const sound = (speech: number, effects: number) => {
    const tone = (at: number, level: number) => factor(level) * Math.sin((2 * Math.PI * 997 * at) / rate)
    const samples = Float32Array.from({ length: 4 * rate * 2 }, (_, index) =>
      tone(index >> 1, index < 4 * rate ? speech : effects),
    )
    return bench.at.keepBytes(encodeWav(samples, rate, 2), 'audio/wav')
  }
  const speech = [{ start: 0, end: 2000 }]

  const cases: readonly [sentence: string, speech: number, effects: number, expected: number][] = [
    ['is lowered where the original’s dialogue is louder than the takes', -20, -20, -10],
    ['is raised where it is quieter', -35, -20, 5],
    ['is raised no further than its loudest sample can stand', -45, -6, 6],
  ]
  for (const [sentence, dialogue, effects, expected] of cases)
    it(sentence, async () => {
      const original = await sound(dialogue, effects)
      expect(await bedGain(original, undefined, speech, bench.at)).to.be.closeTo(expected, 0.1)
    })

  it('is held by the peaks of its music and effects too', async () => {
    const [original, me] = [await sound(-45, -45), await sound(-45, -3)]
    expect(await bedGain(original, me, speech, bench.at)).to.be.closeTo(3, 0.1)
  })

  it('stays as it is where nobody speaks', async () => {
    expect(await bedGain(await sound(-20, -20), undefined, [], bench.at)).to.be.closeTo(0, 1e-9)
  })
})
