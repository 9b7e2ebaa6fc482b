import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { ffprobe, useTools } from '../../../pipelines/ffmpeg.ts'
import { openMedia } from '../../../pipelines/media/open.ts'
import { keyGap, probeMedia } from '../../../pipelines/media/probe.ts'
import type { Blob, Source } from '../../../pipelines/terms.ts'
import { findTools, type Tools } from '../../../pipelines/tools.ts'
import { openWav } from '../../../pipelines/wav.ts'
import { film, findFilmTools, lavfi } from '../../support/film.ts'
import { sharedFile } from '../../support/shared.ts'
import { type Bench, openBench } from '../../support/stage.ts'
import { expectProblem } from '../../support/throws.ts'

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50']
/** Two shots of three seconds each. */
const twoShots = (size: string) =>
  lavfi(`testsrc2=s=${size}:r=25:d=3[a];smptebars=s=${size}:r=25:d=3[b];[a][b]concat=n=2`)
const tone = (frequency: number, seconds: number) => lavfi(`sine=f=${frequency}:r=48000:d=${seconds}`)

for (const which of ['default', 'registry'] as const)
  describe(`opening media (${which})`, () => {
    let bench: Bench
    let tools: Tools

    before(async function () {
      const found = await findFilmTools(which)
      if (!found) return this.skip()
      tools = found
      useTools(tools)
    })
    after(async () => {
      useTools(await findTools({}))
    })
    beforeEach(async () => {
      bench = await openBench()
    })
    afterEach(() => bench.close())

    const made = (name: string, ...args: readonly string[]) =>
      film(tools, join(bench.at.scratch, name), ...args)
    async function open(path: string, source: Partial<Source> = {}) {
      const file = await bench.keepFile(path, 'application/octet-stream')
      const whole: Source = { file, name: 'film', language: 'ja', ...source }
      return openMedia(whole, await probeMedia(whole, bench.at), bench.at)
    }
    async function listen(blob: Blob) {
      const wav = await openWav(await bench.at.file(blob))
      const samples = await wav.read(0, wav.frames)
      await wav.close()
      const { sampleRate, channels, frames } = wav
      return { sampleRate, channels, samples, length: (frames * 1000) / sampleRate }
    }
    /** How often a tone swings in a second, by its zero crossings. */
    const pitch = (samples: Float32Array, sampleRate: number) => {
      const crossings = samples.filter(
        (sample, index) => sample >= 0 !== (samples[index - 1] ?? sample) >= 0,
      ).length
      return (crossings / 2 / samples.length) * sampleRate
    }
    const loudest = (samples: Float32Array) =>
      samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    async function streams(blob: Blob, ...args: readonly string[]) {
      const show = ['-show_entries', 'stream=codec_name,pix_fmt,width,height,profile', ...args]
      return ffprobe({ file: await bench.at.file(blob), format: 'mov' }, show, bench.at)
    }

    it('makes of a film what every later stage needs', async () => {
      const path = await made(
        'film.mkv',
        ...twoShots('160x90'),
        ...tone(440, 6),
        '-c:v',
        'mpeg4',
        '-c:a',
        'flac',
      )
      const media = await open(path)
      expect(media.shots).to.deep.equal([3000])

      const ears = await listen(media.ears)
      expect(ears).to.include({ sampleRate: 16_000, channels: 1 })
      expect(ears.length).to.be.closeTo(6000, 30)
      expect(pitch(ears.samples, 16_000)).to.be.closeTo(440, 1)
      const original = await listen(media.original)
      expect(original).to.include({ sampleRate: 48_000, channels: 2 })
      expect(original.length).to.be.closeTo(ears.length, 1)
      expect(loudest(original.samples)).to.be.closeTo(1 / 8, 0.01)
      expect(loudest(ears.samples)).to.be.closeTo(1 / 8, 0.01)

      expect(media.thumbnails.map(({ at }) => at)).to.deep.equal([0, 2000, 4000])
      for (const { picture } of media.thumbnails) {
        const jpeg = await readFile(await bench.at.file(picture))
        expect(jpeg.subarray(0, 2).toString('hex')).to.equal('ffd8')
      }
      expect(media.peaks.map(({ pairs }) => pairs.bytes)[0]).to.equal(2 * Math.ceil((ears.length * 16) / 64))
      expect(bench.reports.at(-1)).to.equal(1)
    })

    it('makes a proxy every browser plays, with its index in front and a whole picture every second', async () => {
      const large = [...twoShots('1440x90'), ...tone(440, 6), '-c:v', 'mpeg4', '-c:a', 'flac']
      const { proxy } = await open(await made('large.mkv', ...large))
      if (!proxy) throw new Error('no proxy')
      expect(proxy.type).to.equal('video/mp4')
      const [video, audio] = ((await streams(proxy)) as { streams: { codec_name: string }[] }).streams
      expect(video).to.include({
        codec_name: 'h264',
        profile: 'Main',
        pix_fmt: 'yuv420p',
        width: 1280,
        height: 80,
      })
      expect(audio).to.include({ codec_name: 'aac', profile: 'LC' })
      const bytes = await readFile(await bench.at.file(proxy))
      expect(bytes.indexOf('moov')).to.be.below(bytes.indexOf('mdat'))
      const packets = ['-select_streams', 'v', '-show_entries', 'packet=pts_time,flags']
      expect(keyGap(await streams(proxy, ...packets))).to.be.at.most(1000)
    })

    it('puts a film that browsers play into the proxy as it is', async () => {
      const path = await made('web.mp4', ...twoShots('320x180'), ...tone(440, 6), ...h264, '-c:a', 'aac')
      const { proxy, shots } = await open(path)
      if (!proxy) throw new Error('no proxy')
      expect(shots).to.deep.equal([3000])
      const all = ['-show_entries', 'packet=size,pts_time']
      const whole = (await ffprobe({ file: path }, all, bench.at)) as { packets: unknown }
      expect(((await streams(proxy, ...all)) as { packets: unknown }).packets).to.deep.equal(whole.packets)
    })

    it('takes sound alone, and makes it playable', async () => {
      for (const name of ['a.wav', 'a.flac']) {
        const media = await open(await made(name, ...tone(440, 2)))
        expect(media.proxy?.type).to.equal('audio/mp4')
        expect(media.shots).to.deep.equal([])
        expect(media.thumbnails).to.deep.equal([])
        expect((await listen(media.ears)).length).to.be.closeTo(2000, 1)
      }
    })

    it('hears dialogue in the centre of a surround mix, and the whole where the centre is unused', async () => {
      const surround = (centre: string) => [
        ...lavfi(`aevalsrc=exprs=0.2*sin(2*PI*200*t)|0.2*sin(2*PI*200*t)|${centre}|0|0|0:c=5.1:s=48000:d=2`),
      ]
      const spoken = await listen(
        (await open(await made('5.1.flac', ...surround('0.5*sin(2*PI*1000*t)')))).ears,
      )
      expect(pitch(spoken.samples, 16_000)).to.be.closeTo(1000, 2)
      expect(loudest(spoken.samples)).to.be.closeTo(0.5, 0.07)
      const unused = await listen((await open(await made('5.1.wav', ...surround('0')))).ears)
      expect(pitch(unused.samples, 16_000)).to.be.closeTo(200, 2)
    })

    it('keeps sound where it is when it starts after the picture', async () => {
      const late = [...lavfi('testsrc2=s=64x64:r=25:d=3'), '-itsoffset', '1', ...tone(440, 2)]
      const path = await made('late.mkv', ...late, '-map', '0', '-map', '1', ...h264, '-c:a', 'pcm_s16le')
      const { ears } = await open(path)
      const { samples, length } = await listen(ears)
      expect(length).to.be.closeTo(3000, 5)
      expect(samples.findIndex(sample => Math.abs(sample) > 0.01) / 16).to.be.closeTo(1000, 3)
    })

    /** Two seconds of a broadcast, from a time on its clock. */
    const broadcast = async (from: number, size: string, ...sound: readonly string[]) => {
      const clock = ['-output_ts_offset', String(from)]
      const picture = lavfi(`testsrc2=s=${size}:r=25:d=2`)
      return readFile(await made('part.ts', ...picture, ...sound, '-c:a', 'ac3', '-ar', '48000', ...clock))
    }

    it('keeps sound where it is in a broadcast that changes its channels on the way', async () => {
      const stereo = await broadcast(0, '64x64', '-itsoffset', '0.5', ...tone(300, 1.5), '-ac', '2')
      const centre = lavfi('aevalsrc=exprs=0|0|0.5*sin(2*PI*1000*t)|0|0|0:c=5.1:s=48000:d=2')
      const path = join(bench.at.scratch, 'broadcast.ts')
      await writeFile(path, Buffer.concat([stereo, await broadcast(2, '64x64', ...centre)]))
      const { samples, length } = await listen((await open(path)).ears)
      expect(length).to.be.closeTo(4000, 100)
      expect(samples.findIndex(sample => Math.abs(sample) > 0.01) / 16).to.be.closeTo(500, 40)
      expect(pitch(samples.subarray(16_000, 24_000), 16_000)).to.be.closeTo(300, 3)
      expect(pitch(samples.subarray(48_000, 56_000), 16_000)).to.be.closeTo(1000, 3)
    })

    it('goes on through pictures that change their size', async () => {
      const parts = [
        await broadcast(0, '160x90', ...tone(440, 2)),
        await broadcast(2, '320x180', ...tone(440, 2)),
      ]
      const path = join(bench.at.scratch, 'sizes.ts')
      await writeFile(path, Buffer.concat(parts))
      const { thumbnails, proxy } = await open(path)
      expect(thumbnails.map(({ at }) => at)).to.deep.equal([0, 2000])
      expect(await streams(proxy!)).to.have.nested.property('streams[0].width', 160)
    })

    it('keeps pictures where they are when they start after the sound', async () => {
      const late = [...tone(440, 8), '-itsoffset', '1', ...twoShots('64x64')]
      const path = await made('late.ts', ...late, ...h264, '-c:a', 'aac')
      // A transport stream's clock begins with the run-up of its sound, 21 ms: the cut falls into the next frame.
      expect((await open(path)).shots).to.deep.equal([4040])
    })

    it('takes the sound that was asked for', async () => {
      const two = [...tone(300, 2), ...tone(700, 2), '-map', '0', '-map', '1', '-c:a', 'flac']
      const path = await made('two.mkv', ...two, '-metadata:s:a:1', 'language=jpn')
      for (const [source, expected] of [
        [{}, 700],
        [{ language: 'en' }, 300],
        [{ audioStream: 1 }, 700],
      ] as const) {
        const { samples } = await listen((await open(path, source)).ears)
        expect(pitch(samples, 16_000)).to.be.closeTo(expected, 2)
      }
    })

    it('takes out the embedded text that was asked for, in its own format', async () => {
      const srt = join(bench.at.scratch, 'in.srt')
      await writeFile(srt, '1\n00:00:00,500 --> 00:00:01,500\nやあ、<i>みんな</i>\n')
      const inputs = [
        ...tone(440, 2),
        '-i',
        srt,
        '-i',
        srt,
        '-map',
        '0',
        '-map',
        '1',
        '-map',
        '2',
        '-c:a',
        'aac',
      ]
      const mkv = await made('text.mkv', ...inputs, '-c:a', 'flac', '-c:s:0', 'subrip', '-c:s:1', 'ass')
      const read = async (blob: Blob | undefined) =>
        blob ? readFile(await bench.at.file(blob), 'utf8') : undefined
      const plain = await open(mkv, { textStream: 1 })
      expect(plain.captions?.type).to.equal('application/x-subrip')
      expect(await read(plain.captions)).to.equal('1\n00:00:00,500 --> 00:00:01,500\nやあ、<i>みんな</i>\n\n')
      const styled = await open(mkv, { textStream: 2 })
      expect(styled.captions?.type).to.equal('text/x-ssa')
      expect(await read(styled.captions)).to.match(
        /^Dialogue: 0,0:00:00\.50,0:00:01\.50,.*やあ、\{\\i1\}みんな\{\\i0\}/m,
      )
      const mp4 = await made('text.mp4', ...inputs, '-c:a', 'aac', '-c:s', 'mov_text')
      expect(await read((await open(mp4, { textStream: 2 })).captions)).to.include('やあ、')
      expect((await open(mkv)).captions).to.equal(undefined)
    })

    it('gives the same bytes for the same file', async () => {
      const path = await made(
        'film.mkv',
        ...twoShots('160x90'),
        ...tone(440, 6),
        '-c:v',
        'mpeg4',
        '-c:a',
        'flac',
      )
      expect(await open(path)).to.deep.equal(await open(path))
    })

    it('refuses a film that ends half way', async () => {
      const web = [...twoShots('160x90'), ...tone(440, 6), ...h264, '-c:a', 'aac']
      const whole = await readFile(await made('whole.mp4', ...web, '-movflags', '+faststart'))
      const path = join(bench.at.scratch, 'half.mp4')
      await writeFile(path, whole.subarray(0, whole.length * 0.5))
      const { figures } = await expectProblem(() => open(path), 'media-unreadable')
      expect(figures.reason).to.match(/^it ends at 0:00:0[1-4] of the 0:00:06 it claims to last/)
    })

    it('stops at the length a file claims, and refuses one that goes on', async () => {
      const bytes = await readFile(await made('quiet.flac', ...lavfi('anullsrc=r=8000:cl=mono'), '-t', '600'))
      bytes.writeUInt32BE(2 * 8000, 22)
      const path = join(bench.at.scratch, 'liar.flac')
      await writeFile(path, bytes)
      const { figures } = await expectProblem(() => open(path), 'media-unreadable')
      expect(figures.reason).to.equal('it goes on after the 0:00:02 it claims to last')
    })

    it('stops when it is cancelled, and leaves no ffmpeg behind', async () => {
      const path = await made('long.flac', ...lavfi('anullsrc=r=8000:cl=mono'), '-t', '900')
      const file = await bench.keepFile(path, 'audio/flac')
      const source: Source = { file, name: 'long.flac', language: 'ja' }
      const probe = await probeMedia(source, bench.at)
      const at = { ...bench.at, report: () => bench.cancel() }
      await expectProblem(() => openMedia(source, probe, at), 'cancelled')
      expect(await childrenNamed('ffmpeg')).to.equal(0)
    })
  })

describe('opening a real trailer', () => {
  it('finds its shots, all but one inside a fight, and makes up none', async function () {
    const path = sharedFile('media/video/sintel_trailer_480x204.mp4')
    if (!path || !(await findFilmTools())) return this.skip()
    const bench = await openBench()
    const file = await bench.keepFile(path, 'video/mp4')
    const source: Source = { file, name: 'trailer', language: 'en' }
    const media = await openMedia(source, await probeMedia(source, bench.at), bench.at)
    await bench.close()
    // Cut by hand: to the girl; the fight, the man, (17125 his back, behind a blur), black; the town, the sky, her face,
    // black; two cards.
    const truth = [14_000, 16_583, 16_917, 17_583, 23_875, 25_958, 27_500, 28_083, 48_542, 50_917]
    expect(media.shots).to.deep.equal(truth)
    expect(media.thumbnails).to.have.length(27)
    expect(media.proxy?.bytes).to.be.closeTo(file.bytes, 50_000)
  })
})

/** How many children of this process still run a program of that name. Linux tells; elsewhere none is seen. */
async function childrenNamed(name: string): Promise<number> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => '')
  const ids = (await read(`/proc/self/task/${process.pid}/children`)).split(' ').filter(Boolean)
  const names = await Promise.all(ids.map(id => read(`/proc/${id}/comm`)))
  return names.filter(found => found.trim() === name).length
}
