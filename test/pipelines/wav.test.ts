import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { encodeWav, openWav, toPcm24, wavHeader } from '../../pipelines/wav.ts'
import { type Bench, openBench } from '../support/stage.ts'

describe('a WAV', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench()
  })
  after(() => bench.close())

  async function opened(bytes: Uint8Array) {
    const path = join(bench.at.scratch, 'sound.wav')
    await writeFile(path, bytes)
    return openWav(path)
  }
  const ramp = Float32Array.from({ length: 12 }, (_, index) => index / 32768)

  it('is read as it was written', async () => {
    const wav = await opened(encodeWav(ramp, 48_000, 2))
    expect(wav).to.include({ sampleRate: 48_000, channels: 2, frames: 6 })
    expect([...(await wav.read(0, 6))]).to.deep.equal([...ramp])
    expect([...(await wav.read(2, 1))]).to.deep.equal([4 / 32768, 5 / 32768])
    await wav.close()
  })

  it('is silent before its beginning and after its end', async () => {
    const wav = await opened(encodeWav(ramp, 48_000))
    expect([...(await wav.read(-2, 4))]).to.deep.equal([0, 0, 0, 1 / 32768])
    expect([...(await wav.read(11, 3))]).to.deep.equal([11 / 32768, 0, 0])
    expect([...(await wav.read(50, 2))]).to.deep.equal([0, 0])
    await wav.close()
  })

  it('holds what is too loud at full scale', async () => {
    const wav = await opened(encodeWav(Float32Array.of(2, -2), 48_000))
    expect([...(await wav.read(0, 2))]).to.deep.equal([32767 / 32768, -1])
    await wav.close()
  })

  it('whose size was not known when it was written is read to the end of the file', async () => {
    const bytes = Buffer.from(encodeWav(ramp, 48_000))
    bytes.writeUInt32LE(0xffffffff, 40)
    const wav = await opened(bytes)
    expect(wav.frames).to.equal(12)
    await wav.close()
  })

  it('of more than 4 GiB says so as RF64 does', () => {
    const head = wavHeader(6_000_000_000, 48_000, 2, 3)
    expect(head.toString('latin1', 0, 4)).to.equal('RF64')
    expect(head.readBigUInt64LE(28)).to.equal(6_000_000_000n)
    expect(head.length).to.equal(80)
  })

  it('keeps 24 bits where they are asked for', () => {
    expect([...toPcm24(Float32Array.of(1, -1, 1 / 8388608))]).to.deep.equal([
      0xff, 0xff, 0x7f, 0, 0, 0x80, 1, 0, 0,
    ])
  })

  const broken: readonly [sentence: string, bytes: Uint8Array][] = [
    ['that is none', Buffer.from('RIFX....WAVE')],
    ['that is empty', new Uint8Array()],
    ['without sound', wavHeader(0, 48_000, 1, 2).subarray(0, 36)],
    ['of 24 bits', wavHeader(0, 48_000, 1, 3)],
  ]
  for (const [sentence, bytes] of broken)
    it(`${sentence} is not read`, async () => {
      const failure = await opened(bytes).then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(failure).to.be.instanceOf(Error)
    })
})
