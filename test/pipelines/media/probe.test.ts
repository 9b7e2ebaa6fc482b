import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { useTools } from '../../../pipelines/ffmpeg.ts'
import { useLimits } from '../../../pipelines/media/limits.ts'
import { keyGap, lastTime, probeMedia } from '../../../pipelines/media/probe.ts'
import type { Source } from '../../../pipelines/terms.ts'
import { findTools, type Tools } from '../../../pipelines/tools.ts'
import { film, findFilmTools, lavfi } from '../../support/film.ts'
import { type Bench, openBench } from '../../support/stage.ts'
import { expectProblem } from '../../support/throws.ts'

const picture = lavfi('testsrc2=s=160x90:r=25:d=2')
const sound = lavfi('sine=r=48000:d=2')
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']

/** Files every build can make, and what is found in them. */
const kinds: readonly [name: string, args: readonly string[], container: string, codecs: string][] = [
  ['a.mp4', [...picture, ...sound, ...h264, '-c:a', 'aac'], 'mp4', 'h264 aac'],
  ['a.mov', [...picture, ...sound, ...h264, '-c:a', 'pcm_s16le'], 'mov', 'h264 pcm_s16le'],
  ['a.mkv', [...picture, ...sound, ...h264, '-c:a', 'flac'], 'mkv', 'h264 flac'],
  [
    'a.webm',
    [...picture, ...sound, '-c:v', 'vp8', '-deadline', 'realtime', '-c:a', 'libopus'],
    'webm',
    'vp8 opus',
  ],
  ['a.ts', [...picture, ...sound, ...h264, '-c:a', 'aac'], 'ts', 'h264 aac'],
  ['a.wav', sound, 'wav', 'pcm_s16le'],
  ['a.flac', sound, 'flac', 'flac'],
  ['a.mp3', sound, 'mp3', 'mp3'],
  ['a.ogg', [...sound, '-c:a', 'libopus'], 'ogg', 'opus'],
  ['a.aac', [...sound, '-c:a', 'aac'], 'aac', 'aac'],
  ['a.m4a', [...sound, '-c:a', 'aac'], 'mp4', 'aac'],
]

for (const which of ['default', 'registry'] as const)
  describe(`the probe (${which})`, () => {
    let bench: Bench
    let tools: Tools

    before(async function () {
      const found = await findFilmTools(which)
      if (!found) return this.skip()
      tools = found
      useTools(tools)
      bench = await openBench()
    })
    after(async () => {
      useTools(await findTools({}))
      await bench?.close()
    })

    const inScratch = (name: string) => join(bench.at.scratch, name)
    const made = async (name: string, ...args: readonly string[]) => film(tools, inScratch(name), ...args)
    const written = async (name: string, bytes: string | Uint8Array) => {
      await writeFile(inScratch(name), bytes)
      return inScratch(name)
    }
    async function probe(path: string, source: Partial<Source> = {}) {
      const file = await bench.keepFile(path, 'application/octet-stream')
      return probeMedia({ file, name: path.split('/').at(-1) ?? '', language: 'ja', ...source }, bench.at)
    }

    for (const [name, args, container, codecs] of kinds)
      it(`reads ${name}`, async () => {
        const found = await probe(await made(name, ...args))
        expect(found.container).to.equal(container)
        expect([...found.video, ...found.audio].map(({ codec }) => codec).join(' ')).to.equal(codecs)
        expect(found.duration).to.be.closeTo(2000, 100)
        for (const { width, height, rate } of found.video)
          expect({ width, height, rate }).to.deep.equal({ width: 160, height: 90, rate: { num: 25, den: 1 } })
      })

    it('lists several sounds and embedded texts with their languages and titles', async () => {
      const srt = await written('a.srt', '1\n00:00:00,500 --> 00:00:01,000\nやあ\n')
      const path = await made(
        'many.mkv',
        ...[...picture, ...sound, ...lavfi('sine=d=2'), '-i', srt, '-i', srt],
        ...['-map', '0', '-map', '1', '-map', '2', '-map', '3', '-map', '4', ...h264, '-c:a', 'flac'],
        ...[
          '-c:s:0',
          'subrip',
          '-c:s:1',
          'ass',
          '-metadata:s:a:0',
          'language=eng',
          '-metadata:s:a:1',
          'language=jpn',
        ],
        ...[
          '-metadata:s:a:1',
          'title=本編\u202e',
          '-metadata:s:s:0',
          'language=ger',
          '-disposition:a:0',
          'default',
        ],
      )
      const { audio, text } = await probe(path)
      expect(audio.map(({ index, language, title }) => ({ index, language, title }))).to.deep.equal([
        { index: 1, language: 'en', title: undefined },
        { index: 2, language: 'ja', title: '本編' },
      ])
      expect(text).to.deep.equal([
        { index: 3, codec: 'subrip', language: 'de', readable: true },
        { index: 4, codec: 'ass', readable: true },
      ])
      const { figures } = await expectProblem(() => probe(path, { audioStream: 0 }), 'stream-missing')
      expect(figures.choices).to.equal('1 en; 2 ja, 本編')
      await expectProblem(() => probe(path, { textStream: 1 }), 'stream-missing')
    })

    it('measures a recording that does not tell how long it is', async () => {
      const whole = await made('long.mkv', ...sound, '-c:a', 'libopus', '-f', 'matroska', '-live', '1')
      expect((await probe(whole)).duration).to.be.closeTo(2000, 100)
      const bytes = await readFile(await made('untold.flac', ...sound))
      // STREAMINFO: 36 bits of sample count end at byte 25; 0 is unknown.
      bytes.fill(0, 22, 26)
      bytes[21] = (bytes[21] ?? 0) & 0xf0
      expect((await probe(await written('untold2.flac', bytes))).duration).to.be.closeTo(2000, 100)
    })

    it('plays only what seeks quickly', async () => {
      const slow = await made(
        'slow.mp4',
        ...lavfi('testsrc2=s=64x64:r=5:d=12'),
        ...lavfi('sine=d=12'),
        ...h264,
        '-g',
        '999',
      )
      const quick = await made(
        'quick.mp4',
        ...lavfi('testsrc2=s=64x64:r=5:d=12'),
        ...lavfi('sine=d=12'),
        ...h264,
        '-g',
        '20',
      )
      expect((await probe(slow)).video[0]?.plays).to.equal(false)
      expect((await probe(quick)).video[0]?.plays).to.equal(true)
    })

    const scripts: readonly [name: string, text: (canary: string) => string, what: string][] = [
      [
        'hls.mp4',
        canary => `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:2,\nfile:${canary}\n#EXT-X-ENDLIST\n`,
        'HLS playlist',
      ],
      ['concat.mp4', canary => `ffconcat version 1.0\nfile '${canary}'\n`, 'concat script'],
      ['dash.mkv', canary => `<?xml version="1.0"?><MPD><BaseURL>${canary}</BaseURL></MPD>`, 'DASH manifest'],
      ['svg.mov', canary => `<svg><image href="file://${canary}"/></svg>`, 'drawing (SVG)'],
      [
        'sdp.ts',
        () => 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=audio 9 RTP/AVP 0\r\n',
        'session description (SDP)',
      ],
    ]
    for (const [name, text, what] of scripts)
      it(`never opens ${name}, which is a ${what}`, async () => {
        const canary = await made('canary.wav', ...sound)
        const path = await written(name, text(canary))
        const { message, mend } = await expectProblem(() => probe(path), 'media-forbidden')
        expect(message).to.equal(`${name} is a ${what}, which may point at other files and is never opened.`)
        expect(mend).to.include('Upload the media itself')
      })

    it('follows nothing out of a file that only begins like a film', async () => {
      const canary = await made('canary.ts', ...picture, ...sound, ...h264)
      const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:2,\nfile:${canary}\n#EXT-X-ENDLIST\n`
      for (const beginning of [
        '\0\0\0\x18ftypisom\0\0\0\0isommp41',
        '\x1a\x45\xdf\xa3',
        'OggS',
        'ID3\x04\0\0\0\0\0\0',
      ])
        await expectProblem(
          async () => probe(await written('polyglot', Buffer.from(beginning + playlist, 'latin1'))),
          'media-unreadable',
        )
    })

    const broken: readonly [what: string, bytes: () => Promise<Uint8Array>, reason: RegExp][] = [
      ['an empty file', async () => new Uint8Array(), /^it is empty$/],
      ['a text named .mp4', async () => Buffer.from('Not a film.\n'), /^it is text$/],
      ['zeros', async () => new Uint8Array(100_000), /^its first bytes are of no kind that is taken$/],
      [
        'a film cut off before its index',
        async () => {
          const whole = await readFile(await made('whole.mp4', ...picture, ...sound, ...h264))
          return whole.subarray(0, whole.length * 0.6)
        },
        /^its index is missing/,
      ],
      [
        'a picture of 67 million pixels',
        async () =>
          readFile(await made('huge.mp4', ...lavfi('color=s=8192x8192:r=1:d=1'), ...sound, ...h264)),
        /^a picture in it is larger/,
      ],
    ]
    for (const [what, bytes, reason] of broken)
      it(`refuses ${what} with the reason`, async () => {
        const path = await written('broken.mp4', await bytes())
        const { figures } = await expectProblem(() => probe(path), 'media-unreadable')
        expect(figures.file).to.equal('broken.mp4')
        expect(figures.reason).to.match(reason)
      })

    it('refuses a small FLAC that is ten hours long, by its header and when it does not tell', async () => {
      const bytes = await readFile(await made('quiet.flac', ...lavfi('anullsrc=r=8000:cl=mono'), '-t', '60'))
      bytes.writeUInt32BE(36_000 * 8000, 22)
      const { figures } = await expectProblem(
        async () => probe(await written('bomb.flac', bytes)),
        'media-too-large',
      )
      expect(figures).to.include({ value: '10:00:00', limit: '4:00:00', setting: 'MEDIA_HOURS' })
      useLimits({ duration: 30_000 })
      bytes.writeUInt32BE(0, 22)
      await expectProblem(async () => probe(await written('bomb.flac', bytes)), 'media-too-large').finally(
        () => useLimits({}),
      )
    })

    it('refuses a film without sound', async () => {
      await expectProblem(async () => probe(await made('silent.mp4', ...picture, ...h264)), 'media-silent')
    })

    it('names the file on one line, whatever it is called', async () => {
      const path = await written('x', 'text')
      const name = '-i\n\'quoted\' "twice"|\u202egpj.mp4'
      const { message } = await expectProblem(() => probe(path, { name }), 'media-unreadable')
      expect(message).to.equal(
        '-i \'quoted\' "twice"|gpj.mp4 is not a media file that can be read: it is text.',
      )
    })
  })

describe('what the probe hears from ffmpeg', () => {
  it('is the time of the last status row', () => {
    expect(
      lastTime(['size=N/A time=00:00:01.00 speed=1x', 'size=N/A time=01:02:03.45 speed=9x', '']),
    ).to.equal(3_723_450)
    expect(lastTime(['size=N/A time=N/A bitrate=N/A'])).to.equal(0)
    expect(lastTime([])).to.equal(0)
  })

  it('is how far apart whole pictures stand, the end included', () => {
    const packets = (rows: readonly [string, string][]) => ({
      packets: rows.map(([pts_time, flags]) => ({ pts_time, flags })),
    })
    expect(
      keyGap(
        packets([
          ['0', 'K__'],
          ['1', '__'],
          ['2', 'K_'],
          ['2.5', '__'],
        ]),
      ),
    ).to.equal(2000)
    expect(
      keyGap(
        packets([
          ['0', 'K__'],
          ['7', '__'],
        ]),
      ),
    ).to.equal(7000)
    expect(keyGap(packets([['0', '__']]))).to.equal(Number.POSITIVE_INFINITY)
    expect(keyGap({})).to.equal(Number.POSITIVE_INFINITY)
  })
})
