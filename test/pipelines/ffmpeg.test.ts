import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { ffmpeg, ffmpegStream, ffprobe, lackingTools, useTools } from '../../pipelines/ffmpeg.ts'
import { findTools } from '../../pipelines/tools.ts'
import { film, findFilmTools, lavfi } from '../support/film.ts'
import { type Bench, openBench } from '../support/stage.ts'
import { expectProblem } from '../support/throws.ts'

describe('ffmpeg that is not there', () => {
  after(async () => useTools(await findTools({})))

  it('is told of with its mend, and is used as soon as somebody installed it', async () => {
    let installed = {}
    useTools({}, async () => installed)
    expect((await lackingTools())?.code).to.equal('ffmpeg-missing')
    await expectProblem(
      () => ffprobe({ file: 'a.wav' }, [], { signal: new AbortController().signal, report: () => {} }),
      'ffmpeg-missing',
    )
    const there = { path: '/usr/bin/true', version: '1', from: 'system' } as const
    installed = { ffmpeg: there, ffprobe: there }
    expect(await lackingTools()).to.equal(undefined)
  })
})

for (const which of ['default', 'registry'] as const)
  describe(`ffmpeg (${which})`, () => {
    let bench: Bench
    let tone: string

    before(async function () {
      const tools = await findFilmTools(which)
      if (!tools) return this.skip()
      useTools(tools)
      bench = await openBench()
      tone = await film(
        tools,
        join(bench.at.scratch, 'a tone\'s, "-i" 100%d\n|.wav'),
        ...lavfi('sine=d=4:r=8000'),
      )
    })
    after(async () => {
      useTools(await findTools({}))
      await bench?.close()
    })
    const inScratch = (name: string) => join(bench.at.scratch, name)
    /** Work that would take for ever: it reads in real time, a thousandth of it. */
    const endless = () => ({
      inputs: [{ file: tone, args: ['-re', '-stream_loop', '-1'] }],
      outputs: [{ file: inScratch('endless.wav'), args: ['-f', 'wav'] }],
    })

    it('writes several outputs in one run and reports how far it is', async () => {
      const [first, second] = [inScratch('1.wav'), inScratch('2.flac')]
      await ffmpeg(
        {
          inputs: [{ file: tone }],
          filter: '[0:a]asplit=2[a][b]',
          outputs: [
            { file: first, args: ['-map', '[a]', '-ar', '16000'] },
            { file: second, args: ['-map', '[b]'] },
          ],
          length: 4000,
        },
        bench.at,
      )
      expect((await stat(first)).size).to.be.closeTo(4 * 16_000 * 2, 100)
      expect((await readFile(second)).subarray(0, 4).toString()).to.equal('fLaC')
      expect(bench.reports.at(-1)).to.equal(1)
      expect(bench.reports).to.deep.equal([...bench.reports].sort((a, b) => a - b))
    })

    it('streams raw samples while it writes other outputs, and ends when all are written', async () => {
      const other = inScratch('other.wav')
      const chunks: Buffer[] = []
      const stream = ['-map', '0:a', '-f', 's16le']
      const job = { inputs: [{ file: tone }], outputs: [{ file: other, args: ['-map', '0:a'] }], stream }
      for await (const chunk of ffmpegStream(job, bench.at)) chunks.push(chunk)
      const samples = Buffer.concat(chunks)
      expect(samples.length).to.equal(4 * 8000 * 2)
      expect((await readFile(other)).subarray(-samples.length).equals(samples)).to.equal(true)
    })

    it('stops when nobody reads on', async () => {
      const { inputs } = endless()
      for await (const chunk of ffmpegStream({ inputs, outputs: [], stream: ['-f', 's16le'] }, bench.at)) {
        expect(chunk.length).to.be.greaterThan(0)
        break
      }
    })

    it('keeps what a filter measured', async () => {
      const job = { inputs: [{ file: tone }], filter: '[0:a]ebur128[o]', verbose: true }
      const log = await ffmpeg(
        { ...job, outputs: [{ file: inScratch('m.wav'), args: ['-map', '[o]'] }] },
        bench.at,
      )
      expect(log.join('\n')).to.match(/Integrated loudness:\s+I:\s+-\d+\.\d LUFS/)
    })

    it('stops at its time limit and says so', async () => {
      const problem = await expectProblem(
        () => ffmpeg({ ...endless(), limit: 200 }, bench.at),
        'ffmpeg-failed',
      )
      expect(problem.figures.reason).to.equal('it took longer than it may')
    })

    it('stops when it is cancelled, and is not started after', async () => {
      const stop = new AbortController()
      const at = { signal: stop.signal, report: () => {} }
      const loop = (async () => {
        const { inputs } = endless()
        for await (const _ of ffmpegStream({ inputs, outputs: [], stream: ['-f', 's16le'] }, at)) stop.abort()
      })()
      await expectProblem(() => loop, 'cancelled')
      await expectProblem(() => ffmpeg(endless(), at), 'cancelled')
      await expectProblem(() => ffprobe({ file: tone }, ['-show_format'], at), 'cancelled')
    })

    it('kills an ffmpeg that finishes slowly', async () => {
      const stop = new AbortController()
      const at = { signal: stop.signal, report: () => stop.abort() }
      const aborted = once(stop.signal, 'abort')
      const work = expectProblem(() => ffmpeg({ ...endless(), length: 1000 }, at), 'cancelled')
      await aborted
      await work
    })

    it('names a reason without naming a path', async () => {
      const broken = inScratch('broken.bin')
      await writeFile(broken, 'nothing of the kind')
      const job = { inputs: [{ file: broken }], outputs: [{ file: inScratch('o.wav'), args: [] }] }
      const { figures } = await expectProblem(() => ffmpeg(job, bench.at), 'ffmpeg-failed')
      expect(figures.reason).to.equal('its contents are damaged')
      expect(
        (await expectProblem(() => ffprobe({ file: broken }, ['-show_format'], bench.at), 'ffmpeg-failed'))
          .figures.reason,
      ).to.equal('its contents are damaged')
    })

    it('probes as JSON', async () => {
      const data = await ffprobe({ file: tone }, ['-show_entries', 'stream=codec_name'], bench.at)
      expect(data).to.have.nested.property('streams[0].codec_name', 'pcm_s16le')
    })

    const scripts: readonly [name: string, text: (target: string) => string][] = [
      [
        'playlist.m3u8',
        target => `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile://${target}\n#EXT-X-ENDLIST\n`,
      ],
      ['list.mp4', target => `ffconcat version 1.0\nfile '${target}'\n`],
    ]
    for (const [name, text] of scripts)
      it(`never follows a script to another file (${name})`, async () => {
        const script = inScratch(name)
        const out = inScratch('stolen.wav')
        await writeFile(script, text(tone))
        for (const input of [
          { file: script },
          { file: script, format: 'concat' },
          { file: script, format: 'hls' },
        ])
          await expectProblem(
            () => ffmpeg({ inputs: [input], outputs: [{ file: out, args: [] }] }, bench.at),
            'ffmpeg-failed',
          )
      })
  })
