import { expect } from 'chai'
import { soften, trim } from '../../../pipelines/dub/sound.ts'

const rate = 48_000
const tone = (ms: number, level = 0.3) =>
  Float32Array.from({ length: ms * 48 }, (_, at) => level * Math.sin((2 * Math.PI * 440 * at) / rate))
const chain = (...parts: Float32Array[]) => Float32Array.from(parts.flatMap(part => [...part]))
const silence = (ms: number) => new Float32Array(ms * 48)

describe('silence around a phrase', () => {
  it('is cut away but for a breath before and after', () => {
    const trimmed = trim(chain(silence(300), tone(500), silence(700)))
    expect(trimmed.length / 48).to.be.within(500, 535)
  })
  it('inside it stays', () => {
    const trimmed = trim(chain(tone(200), silence(300), tone(200)))
    expect(trimmed.length / 48).to.be.within(700, 725)
  })
  it('is told from a soft consonant', () => {
    const trimmed = trim(chain(silence(100), tone(80, 0.003), tone(300), silence(100)))
    expect(trimmed.length / 48).to.be.at.least(380)
  })
  it('alone leaves nothing', () => {
    expect(trim(silence(500)).length).to.equal(0)
    expect(trim(new Float32Array()).length).to.equal(0)
  })
})

describe('a softened sound', () => {
  it('begins and ends at nothing and is as it was between', () => {
    const soft = soften(Float32Array.from({ length: 4800 }, () => 0.5))
    expect([soft[0], soft.at(-1)]).to.deep.equal([0, 0])
    expect(soft.subarray(240, -240).every(sample => sample === 0.5)).to.equal(true)
    expect(soft.every((sample, at) => Math.abs(sample - (soft[at - 1] ?? sample)) < 0.01)).to.equal(true)
  })
  it('may be shorter than the softening', () => {
    expect(soften(Float32Array.of(1, 1, 1)).length).to.equal(3)
  })
})
