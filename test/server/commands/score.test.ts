import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Espeak, openEspeak } from '../../../pipelines/espeak.ts'
import { Problem, type ProblemCode } from '../../../pipelines/problem.ts'
import type { Span } from '../../../pipelines/terms.ts'
import { findTools } from '../../../pipelines/tools.ts'
import { encodeWav } from '../../../pipelines/wav.ts'
import { run } from '../../../server/commands/score.ts'
import { type Scored, tableOf } from '../../../server/commands/score-table.ts'

describe('kotodama score', function () {
  this.timeout(180_000)
  let espeak: Espeak
  let folder = ''
  before(async function () {
    const { ffmpeg } = await findTools({})
    if (ffmpeg === undefined) {
      console.log('    skipped: there is no ffmpeg')
      return this.skip()
    }
    espeak = openEspeak()
    folder = await mkdtemp(join(tmpdir(), 'kotodama-score-test-'))
    await write('original.wav', 500)
    await write('dub.wav', 700)
    await caption(
      'lines.srt',
      starts.map(start => ({ start, end: start + 2000 })),
    )
    await writeFile(join(folder, 'script.txt'), texts.map(text => `MIA: ${text}`).join('\n'))
  })
  after(async () => {
    espeak?.close()
    if (folder !== '') await rm(folder, { recursive: true, force: true })
  })

  const texts = ['The lantern went out again.', 'Nobody knows where he is now.']
  const starts = [500, 4500]
  /** Two sentences, the first beginning at an instant, the second so long after it. Gives when they are said. */
  async function write(name: string, first: number, apart = 4000): Promise<Span[]> {
    const whole = new Float32Array(8 * 22_050)
    const said: Span[] = []
    for (const [turn, text] of texts.entries()) {
      const { samples, sampleRate } = await espeak.speak({ text, language: 'en' })
      const start = first + turn * apart
      whole.set(samples, Math.round((start * sampleRate) / 1000))
      said.push({ start, end: start + Math.round((1000 * samples.length) / sampleRate) })
    }
    await writeFile(join(folder, name), encodeWav(whole, 22_050))
    return said
  }
  async function caption(name: string, times: readonly Span[]) {
    const clock = (ms: number) => new Date(ms).toISOString().slice(11, 23).replace('.', ',')
    const cues = times.map(
      ({ start, end }, turn) => `${turn + 1}\n${clock(start)} --> ${clock(end)}\n${texts[turn]}\n`,
    )
    await writeFile(join(folder, name), cues.join('\n'))
  }
  /** What the command prints, and its exit code. */
  async function score(...args: readonly string[]): Promise<{ code: number; out: string }> {
    const { log, error } = console
    const rows: string[] = []
    console.log = console.error = (row: string) => void rows.push(row)
    try {
      return {
        code: await run(args.map(arg => (/\.\w+$/.test(arg) ? join(folder, arg) : arg))),
        out: rows.join('\n'),
      }
    } finally {
      console.log = log
      console.error = error
    }
  }
  const scored = async (...args: readonly string[]): Promise<Scored> =>
    JSON.parse((await score(...args, '--json')).out)

  it('finds a dub that is 200 ms late to be so, by what is heard alone', async () => {
    const { whole, lines, dub, original } = await scored('dub.wav', '--against', 'original.wav')
    expect([dub, original]).to.deep.equal(['dub.wav', 'original.wav'])
    expect(whole).to.include({ lines: 2, silent: 0 })
    for (const { onset, offset } of lines) {
      expect(onset).to.be.within(150, 250)
      expect(offset).to.be.within(150, 250)
    }
    expect(whole.durations).to.be.above(0.97)
    expect(whole.intersection).to.be.within(0.8, 0.95)
    expect(whole.iou).to.be.below(whole.intersection)
  })

  it('gives a file against itself full marks', async () => {
    const { whole } = await scored('original.wav', '--against', 'original.wav')
    expect(whole).to.include({ intersection: 1, durations: 1, iou: 1 })
  })

  it('takes lines from subtitles, and the pace from the dub’s words', async () => {
    const { whole, lines } = await scored(
      'dub.wav',
      '--against',
      'original.wav',
      '--lines',
      'lines.srt',
      '--dub-lines',
      'lines.srt',
    )
    expect(lines.map(({ text }) => text)).to.deep.equal(texts)
    for (const { rate } of lines) expect(rate).to.be.within(0.85, 1.15)
    expect(whole).to.include({ rateCompliance: 1, lengthCompliance: 1 })
  })

  it('takes captions that come early and linger a second, into the next, for what is heard in them', async () => {
    const apart = 2000
    const said = await write('close.wav', 500, apart)
    await write('close-dub.wav', 700, apart)
    await caption('close.srt', said)
    await caption(
      'lingering.srt',
      said.map(({ start, end }) => ({ start: start - 500, end: end + 1000 })),
    )
    expect(said[0]?.end, 'the second comes before the late dub of the first has ended').to.be.within(
      1800,
      2000,
    )
    const of = (lines: string) =>
      scored(...['close-dub.wav', '--against', 'close.wav', '--lines', lines, '--dub-lines', lines])
    expect(await of('lingering.srt')).to.deep.equal(await of('close.srt'))
  })

  it('takes lines from a script, which it aligns', async () => {
    const { lines } = await scored(
      'dub.wav',
      '--against',
      'original.wav',
      '--lines',
      'script.txt',
      '--language',
      'en',
    )
    expect(lines.map(({ speaker, text }) => [speaker, text])).to.deep.equal(texts.map(text => ['MIA', text]))
    for (const { onset } of lines) expect(onset).to.be.within(120, 280)
    const same = ['original.wav', '--against', 'original.wav', '--lines', 'script.txt', '--language', 'en']
    expect((await scored(...same)).whole, 'one ear for both').to.include({ iou: 1, durations: 1 })
  })

  it('takes the words of both from their scripts, and then no detector’s edges', async () => {
    const { whole, lines } = await scored(
      ...['dub.wav', '--against', 'original.wav', '--lines', 'script.txt', '--language', 'en'],
      ...['--dub-lines', 'script.txt', '--dub-language', 'en'],
    )
    for (const { onset, offset, rate } of lines) {
      expect(onset).to.be.within(150, 250)
      expect(offset).to.be.within(150, 250)
      expect(rate).to.be.within(0.85, 1.15)
    }
    expect(whole).to.include({ rateCompliance: 1, lengthCompliance: 1 })
  })

  it('prints a table for people', async () => {
    const { out, code } = await score('dub.wav', '--against', 'original.wav', '--lines', 'lines.srt')
    expect(code).to.equal(0)
    expect(out).to.match(/start +overlap ∩ +durations +IoU +rate +onset/)
    expect(out).to.match(/The lantern went out again\./)
    expect(out).to.match(/speech overlap, intersection \(Brannon; human dubs 73 %\) +\d+ %/)
  })

  it('says how it is called, and which file is not there', async () => {
    expect((await score()).code).to.equal(2)
    await writeFile(join(folder, 'silence.wav'), encodeWav(new Float32Array(22_050), 22_050))
    await writeFile(join(folder, 'notes.txt'), 'Call the studio tomorrow')
    const cases: readonly (readonly [args: readonly string[], code: ProblemCode])[] = [
      [['dub.wav', '--against', 'original.wav', '--lines', 'none.srt'], 'not-found'],
      [['none.wav', '--against', 'original.wav'], 'not-found'],
      [['dub.wav', '--against', 'none.wav'], 'not-found'],
      [['notes.txt', '--against', 'original.wav'], 'media-unreadable'],
      [['dub.wav', '--against', 'silence.wav'], 'speech-missing'],
      [['dub.wav', '--against', 'original.wav', '--dub-lines', 'notes.txt'], 'script-unreadable'],
    ]
    for (const [args, code] of cases) {
      const failure = await score(...args).catch((error: unknown) => error)
      expect(failure, args.join(' ')).to.be.instanceOf(Problem).with.property('code', code)
    }
  })

  it('takes a dub that says nothing for what it is', async () => {
    const { whole, lengths } = await scored('silence.wav', '--against', 'original.wav')
    expect(whole).to.include({ lines: 2, silent: 2, intersection: 0, durations: 0, iou: 0 })
    expect(lengths).to.deep.equal({ dub: 1000, original: 8000 })
  })
})

describe('the table of a score', () => {
  it('has a dot where nothing is known, and leaves out what no line knows', () => {
    const line = { start: 61_500, end: 62_000, intersection: 0.5, durations: 1, iou: 0.333 }
    const whole = { lines: 1, silent: 1, intersection: 0.5, durations: 1, iou: 0.333 }
    const lengths = { dub: 60_000, original: 62_000 }
    const names = { dub: 'a.wav', original: 'b.mkv' }
    const table = tableOf({ ...names, lengths, whole, lines: [line], stray: 900, unbroken: {} })
    expect(table.split('\n').map(row => row.trim())).to.deep.equal([
      'a.wav against b.mkv',
      '',
      'start  overlap ∩  durations   IoU  rate  onset  offset  flaps',
      '1:01.50       50 %      100 %  33 %     ·      ·       ·      ·',
      '',
      'lines                                                    1, of them silent in the dub 1',
      'lengths                                                  the dub 1:00.00, the original 1:02.00',
      'speech overlap, intersection (Brannon; human dubs 73 %)  50 %',
      'speech overlap, durations (IWSLT)                        100 %',
      'intersection over union                                  33 %',
    ])
  })

  it('says when the dub lies off as a whole, speaks where nobody does, or is music', () => {
    const whole = { lines: 0, silent: 0, intersection: 0, durations: 0, iou: 0 }
    const found = { askew: { by: -2500, iou: 0.724 }, stray: 1120, unbroken: { dub: 22_590 } }
    const lengths = { dub: 0, original: 0 }
    const table = tableOf({ dub: 'a', original: 'b', lengths, whole, lines: [], ...found })
    for (const row of [
      /^the dub as a whole +lies 2\.50 s early: without, intersection over union 72 %$/m,
      /^speech outside of any line +1\.12 s$/m,
      /^the dub has no pause +in 22\.59 s: music was taken for speech\. Score its dialogue alone$/m,
    ])
      expect(table).to.match(row)
    expect(table).not.to.contain('the original has no pause')
  })
})
