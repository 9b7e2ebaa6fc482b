import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { decode, encode, wordLength } from '../../../../pipelines/dub/mark/code.ts'
import { soundOf } from '../../../../pipelines/dub/mark/sound.ts'
import { openWatermark, type Watermark } from '../../../../pipelines/dub/mark/watermark.ts'
import { ffmpeg } from '../../../../pipelines/ffmpeg.ts'
import { encodeWav } from '../../../../pipelines/wav.ts'
import { dice } from '../../../support/flite.ts'
import { type Bench, openBench } from '../../../support/stage.ts'
import { talk } from '../../../support/talk.ts'

const scene = { title: 'Lantern', episode: '1', language: 'en' }
const hex = fc.uint8Array({ minLength: 8, maxLength: 8 }).map(bytes => Buffer.from(bytes).toString('hex'))

describe('the code of an id', () => {
  it('is read whatever the id', () => {
    fc.assert(fc.property(hex, id => decode(Float32Array.from(encode(id))) === id))
  })

  it('bears one sign in eight turned round', () => {
    const roll = dice(1)
    fc.assert(
      fc.property(hex, id => {
        const soft = Float32Array.from(encode(id), sign => (roll() < 0.125 ? -sign : sign))
        const read = decode(soft)
        // What can't be read is said to be unreadable: it is never another id.
        expect(read === undefined || read === id).to.equal(true)
      }),
    )
    const misread = Array.from({ length: 40 }, (_, at) => {
      const id = at.toString(16).padStart(16, '0')
      return decode(Float32Array.from(encode(id), sign => (roll() < 0.125 ? -sign : sign))) === id
    })
    expect(misread.filter(Boolean).length).to.be.at.least(30)
  })

  it('reads nothing out of noise', () => {
    const roll = dice(2)
    for (let at = 0; at < 50; at++)
      expect(decode(Float32Array.from({ length: wordLength }, () => roll() - 0.5))).to.equal(undefined)
  })
})

describe('the watermark', function () {
  this.timeout(60_000)
  let bench: Bench
  let watermark: Watermark
  let plain: Float32Array
  let marked: Float32Array
  let id: string
  before(async () => {
    bench = await openBench()
    watermark = await openWatermark(Buffer.alloc(32, 7))
    id = watermark.idOf(scene)
    plain = await talk(60)
    marked = watermark.mark(plain, 48_000 * 777 + 123, id, 'speech')
  })
  after(async () => {
    watermark.close()
    await bench.close()
  })

  const listen = async (
    samples: Float32Array,
    args: readonly string[] = [],
    ext = 'wav',
    mark = watermark,
  ) => {
    const [wav, out] = [join(bench.at.scratch, 'in.wav'), join(bench.at.scratch, `out.${ext}`)]
    await writeFile(wav, encodeWav(samples, 48_000))
    await ffmpeg({ inputs: [{ file: wav }], outputs: [{ file: out, args }] }, bench.at)
    return mark.listen(soundOf(out, 0, bench.at))
  }

  it('has an id of 64 bits that is the scene’s and the key’s', async () => {
    const other = await openWatermark(Buffer.alloc(32, 8))
    const ids = [
      id,
      other.idOf(scene),
      ...(['title', 'episode', 'language'] as const).map(name => watermark.idOf({ ...scene, [name]: 'x' })),
    ]
    other.close()
    expect(id).to.match(/^[0-9a-f]{16}$/)
    expect(new Set(ids).size).to.equal(5)
    expect(watermark.idOf({ ...scene })).to.equal(id)
  })

  it('leaves the sound as long as it was, silence silent, and changes little: less than what 16 dB under it is', () => {
    expect(marked.length).to.equal(plain.length)
    const energy = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample * sample, 0)
    const change = energy(marked.map((sample, at) => sample - (plain[at] ?? 0)))
    expect(10 * Math.log10(energy(plain) / change)).to.be.above(16)
    expect(Math.abs(10 * Math.log10(energy(marked) / energy(plain)))).to.be.below(0.3)
    expect(watermark.mark(new Float32Array(5000), 0, id, 'speech').every(sample => sample === 0)).to.equal(
      true,
    )
  })

  it('is the same marked in pieces or whole, apart or mixed', () => {
    const piece = plain.subarray(100_000, 150_000)
    const [from, to] = [100_000 - 3000, 150_000 + 3000]
    const apart = watermark
      .mark(plain.slice(from, to), 48_000 * 777 + 123 + from, id, 'speech')
      .subarray(3000, 3000 + piece.length)
    apart.forEach((sample, at) => {
      if (Math.abs(sample - (marked[100_000 + at] ?? 0)) > 1e-5) expect.fail(`differs at ${at}`)
    })
    const half = watermark.mark(
      plain.map(sample => sample / 2),
      48_000 * 777 + 123,
      id,
      'speech',
    )
    expect(half.every((sample, at) => Math.abs(2 * sample - (marked[at] ?? 0)) < 1e-5)).to.equal(true)
  })

  const noisy = (snr: number) => (samples: Float32Array) => {
    const roll = dice(3)
    const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length)
    const noise = level * 10 ** (-snr / 20) * Math.sqrt(3)
    return samples.map(sample => sample + noise * (2 * roll() - 1))
  }
  const same = (samples: Float32Array) => samples
  const attacks: readonly [
    name: string,
    args: readonly string[],
    ext: string,
    change?: (samples: Float32Array) => Float32Array,
    scale?: number,
  ][] = [
    ['nothing', [], 'wav'],
    ['AAC of 24 kb/s', ['-c:a', 'aac', '-b:a', '24k'], 'm4a'],
    ['AAC of 128 kb/s', ['-c:a', 'aac', '-b:a', '128k'], 'm4a'],
    ['Opus of 24 kb/s', ['-c:a', 'libopus', '-b:a', '24k'], 'mka'],
    ['MP3 of 32 kb/s', ['-ar', '22050', '-c:a', 'libmp3lame', '-b:a', '32k'], 'mp3'],
    ['a telephone’s 8 kHz', ['-ar', '8000'], 'wav'],
    ['an equaliser', ['-af', 'equalizer=f=300:t=q:w=1:g=6,equalizer=f=2500:t=q:w=1:g=-6'], 'wav'],
    ['loudness and a limiter', ['-af', 'acompressor=threshold=-24dB:ratio=4,volume=6dB'], 'wav'],
    ['noise of −20 dB', [], 'wav', noisy(20)],
    ['a cut at both ends', [], 'wav', samples => samples.slice(100_001, samples.length - 50_000)],
    ['another level', [], 'wav', samples => samples.map(sample => sample / 40)],
    ['a tempo of 1.01', ['-af', 'atempo=1.01'], 'wav', same, 1.01],
    ['a tempo of 0.95', ['-af', 'atempo=0.95'], 'wav', same, 0.95],
    ['a tape at 0.99', ['-af', 'asetrate=47520,aresample=48000'], 'wav', same, 0.99],
  ]
  for (const [name, args, ext, change = same, scale = 1] of attacks)
    it(`is read after ${name}`, async () => {
      const { marks } = await listen(change(marked), args, ext)
      expect(marks.map(mark => mark.id)).to.deep.equal([id])
      expect(marks[0]?.scale ?? 0).to.be.closeTo(scale, 0.0015)
    })

  it('is not found where there is none, nor with another key', async () => {
    const other = await openWatermark(Buffer.alloc(32, 8))
    expect((await listen(plain)).marks).to.deep.equal([])
    expect((await listen(marked, [], 'wav', other)).marks).to.deep.equal([])
    other.close()
  })

  it('is known to be there in three seconds, by whoever knows what must be there and where', async () => {
    const from = 48_000 * 777 + 123
    const cut = (samples: Float32Array) => [decimated(samples.subarray(48_000, 48_000 * 4))]
    const at = Math.round(((from + 48_000) * 1000) / 48_000)
    expect(await watermark.matching(cut(marked), id, at)).to.be.above(6)
    expect(await watermark.matching(cut(plain), id, at)).to.be.below(4)
    expect(await watermark.matching(cut(marked), watermark.idOf({ ...scene, episode: '2' }), at)).to.be.below(
      await watermark.matching(cut(marked), id, at),
    )
  })

  it('is named among known ids in a piece too short to be read', async () => {
    const others = ['2', '3', '4'].map(episode => watermark.idOf({ ...scene, episode }))
    const piece = [decimated(marked.subarray(0, 48_000 * 10))]
    const { marks } = await watermark.listen(piece, [...others, id])
    expect(marks.map(mark => mark.id)).to.deep.equal([id])
  })

  it('tells two marks in one file apart, each with its time', async () => {
    const second = watermark.idOf({ ...scene, episode: '2' })
    const long = await talk(60, 9)
    const both = new Float32Array(long.length * 2)
    both.set(watermark.mark(long, 0, id, 'speech'))
    both.set(watermark.mark(long, 0, second, 'speech'), long.length)
    const { marks } = await listen(both)
    expect(marks.map(mark => mark.id)).to.have.members([id, second])
  })
})

/** Every third sample of speech that has next to nothing over 8 kHz. */
function decimated(samples: Float32Array): Float32Array {
  return Float32Array.from({ length: Math.floor(samples.length / 3) }, (_, at) => {
    const [a, b, c] = [samples[3 * at] ?? 0, samples[3 * at + 1] ?? 0, samples[3 * at + 2] ?? 0]
    return (a + b + c) / 3
  })
}
