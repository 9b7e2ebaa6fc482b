import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { openEspeak } from '../../../pipelines/espeak.ts'
import { ffmpeg } from '../../../pipelines/ffmpeg.ts'
import { type Inference, openInference } from '../../../pipelines/onnx.ts'
import { findSpeech } from '../../../pipelines/speech/activity.ts'
import { cheapestPath } from '../../../pipelines/speech/align/path.ts'
import { alignScript } from '../../../pipelines/speech/align.ts'
import { type Heard, hear } from '../../../pipelines/speech/hear.ts'
import { readScript } from '../../../pipelines/speech/script.ts'
import { readUtterances } from '../../../pipelines/subtitles/make.ts'
import type { Utterance } from '../../../pipelines/terms.ts'
import { encodeWav } from '../../../pipelines/wav.ts'
import { type Bench, openBench } from '../../support/stage.ts'
import { foreignOthers, humanTalk, spoiled } from '../../support/talks.ts'

const samples = join(import.meta.dirname, '../../../samples')
type Truth = {
  readonly lines: readonly {
    readonly text: string
    readonly kind: string
    readonly start: number
    readonly end: number
  }[]
}

describe('a script aligned to the sound', function () {
  this.timeout(240_000)
  let bench: Bench
  let lantern: ReturnType<typeof align>
  const espeak = openEspeak()
  const inference = openInference()
  before(async () => {
    bench = await openBench()
  })
  after(async () => {
    espeak.close()
    inference.close()
    await bench.close()
  })

  const clock = (ms: number) => new Date(ms).toISOString().slice(11, 23).replace('.', ',')

  async function listen(sample: string) {
    const wav = join(bench.at.scratch, `${sample}.wav`)
    const input = { file: join(samples, sample, 'episode.mp4') }
    await ffmpeg(
      { inputs: [input], outputs: [{ file: wav, args: ['-ac', '1', '-ar', '16000', '-y'] }] },
      bench.at,
    )
    const ears = await bench.keepFile(wav, 'audio/wav')
    const activity = await findSpeech(ears, bench.at)
    const truth: Truth = JSON.parse(readFileSync(join(samples, sample, 'expected/truth.json'), 'utf8'))
    return { ears, activity, truth }
  }

  async function align(sample: string, language: string, heard?: Inference, unsaid?: string) {
    const { ears, activity, truth } = await listen(sample)
    const own = readScript(readFileSync(join(samples, sample, 'script.txt')), 'script.txt')
    const extra = own.find(line => line.kind === 'dialogue')
    const half = Math.ceil(own.length / 2)
    const script =
      unsaid && extra
        ? [...own.slice(0, half), { ...extra, text: unsaid, hints: [] }, ...own.slice(half)]
        : own
    return { ...(await alignScript({ script, ears, activity, language }, espeak, bench.at, heard)), truth }
  }

  const errors = (utterances: readonly Utterance[], { lines }: Truth) => {
    const spoken = utterances.filter(({ kind }) => kind !== 'note' && kind !== 'sign')
    const off = (of: (line: { start: number; end: number }) => number) =>
      spoken
        .flatMap(said => {
          const true_ = lines.find(line => line.text === said.text)
          return true_ ? [Math.abs(of(said) - of(true_))] : []
        })
        .sort((a, b) => a - b)
    const at = (values: readonly number[], part: number) => values[Math.floor((values.length - 1) * part)]
    const [starts, ends] = [off(line => line.start), off(line => line.end)]
    return {
      lines: starts.length,
      start: [at(starts, 0.5), at(starts, 0.9)],
      end: [at(ends, 0.5), at(ends, 0.9)],
    }
  }

  it('knows when each line of the Japanese sample is said, over its music', async () => {
    lantern = align('lantern-01', 'ja')
    const { utterances, truth, findings } = await lantern
    const { lines, start, end } = errors(utterances, truth)
    expect(lines).to.equal(truth.lines.filter(({ kind }) => kind !== 'sign').length)
    expect(start[0]).to.be.below(40)
    expect(start[1]).to.be.below(250)
    expect(end[0]).to.be.below(60)
    expect(findings).to.deep.equal([])
  })

  it('knows when each line of the English sample is said', async () => {
    const { utterances, truth } = await align('hello', 'en')
    const { start, end } = errors(utterances, truth)
    expect(start[0]).to.be.below(40)
    expect(end[0]).to.be.below(60)
  })

  for (const [sample, language, unsaid] of [
    ['hello', 'en', 'My grandfather never liked those yellow umbrellas.'],
    ['lantern-01', 'ja', 'いもうとはさかながきらいだった。'],
  ] as const)
    it(`flags a line that nobody says and leaves the others their places (${sample})`, async () => {
      const { utterances, truth, findings } = await align(sample, language, inference, unsaid)
      const { start, end } = errors(utterances, truth)
      expect(start[0]).to.be.below(40)
      expect(start[1]).to.be.below(250)
      expect(end[0]).to.be.below(60)
      expect(utterances.find(({ text }) => text === unsaid)?.trust).to.be.below(0.5)
      expect(findings.filter(({ figures }) => figures.text === unsaid)).to.have.length(1)
      const spoken = utterances.filter(({ kind, text }) => kind === 'dialogue' && text !== unsaid)
      expect(spoken.filter(({ trust }) => trust < 0.5)).to.deep.equal([])
    })

  it('looks for the lines of subtitles that are given as the script around where they stand, and tells of a shift', async () => {
    const { ears, activity, truth } = await listen('hello')
    const late = truth.lines.map(line => ({ ...line, start: line.start + 2500, end: line.end + 3000 }))
    const rows = late.map(
      ({ start, end, text }, at) => `${at + 1}\n${clock(start)} --> ${clock(end)}\n${text}\n`,
    )
    const script = await bench.at.keepBytes(Buffer.from(rows.join('\n')), 'text/plain')
    const heard = { source: { language: 'en', script }, media: { ears }, activity, captioned: readUtterances }
    const speech = await hear(heard as unknown as Heard, { espeak, inference }, bench.at)
    const { lines, start } = errors(speech.utterances, truth)
    expect(lines).to.equal(truth.lines.length)
    expect(start[0]).to.be.below(40)
    expect(speech.way).to.equal('script')
    expect(speech.findings.map(({ rule }) => rule)).to.deep.equal(['script-times-shifted'])
    expect(speech.findings[0]?.figures.seconds).to.be.within(-3, -2)
  })

  it('says of a script that is none and no subtitles either why it is no script', async () => {
    const script = await bench.at.keepBytes(Buffer.from('neither\nnor'), 'text/plain')
    const heard = { source: { language: 'en', script }, captioned: readUtterances }
    const said = hear(heard as unknown as Heard, { espeak, inference }, bench.at)
    const problem = await said.catch((error: unknown) => error)
    expect(problem).to.include({ code: 'script-unreadable' })
  })

  it('finds what people say one after the other, and flags what none of them says', async function () {
    const human = humanTalk('ja')
    if (!human) return this.skip()
    const { samples: sound, lines } = spoiled(human, foreignOthers.ja ?? [])
    const file = join(bench.at.scratch, 'people.wav')
    writeFileSync(file, encodeWav(sound, 16_000))
    const ears = await bench.keepFile(file, 'audio/wav')
    const script = lines.map(({ text }, row) => ({ row, text, kind: 'dialogue' as const, hints: [] }))
    const asked = { script, ears, activity: await findSpeech(ears, bench.at), language: 'ja' }
    const { utterances } = await alignScript(asked, espeak, bench.at, inference)
    for (const [turn, { said }] of lines.entries()) {
      const { start, end, trust } = utterances[turn] ?? { start: 0, end: 0, trust: 1 }
      if (!said) expect(trust, lines[turn]?.text).to.be.below(0.5)
      else {
        expect(start).to.be.within(said.start - 500, said.start + 500)
        expect(end).to.be.within(said.end - 500, said.end + 500)
      }
    }
  })

  it('takes the times of signs from the script, and gives words in order inside their lines', async () => {
    const { utterances } = await lantern
    expect(utterances.find(({ kind }) => kind === 'sign')).to.include({
      start: 19_436,
      end: 24_274,
      trust: 1,
    })
    for (const { start, end, words } of utterances)
      words.forEach((word, turn) => {
        expect(word.start).to.be.within(Math.max(start, words[turn - 1]?.start ?? 0), word.end)
        expect(word.end).to.be.at.most(end)
      })
  })
})

describe('the cheapest path', () => {
  const costs = { stay: 0.2, skip: 0.5, skipLine: 0.9 }
  const everywhere = (): [number, number] => [0, 1000]
  /** One feature a frame; 0 is silence. */
  const walk = (
    sound: readonly number[],
    lines: readonly (readonly number[])[],
    pauses: readonly number[] = [],
    room?: number,
  ) => {
    const reference = Float32Array.from(lines.flat())
    const before = (line: number) => lines.slice(0, line).flat().length
    const stretches = lines.map((_, line) => ({ from: before(line), to: before(line + 1) }))
    const recording = {
      frames: sound.length,
      features: Float32Array.from(sound),
      idle: Float32Array.from(sound, value => (value === 0 ? 0.05 : 2)),
    }
    const net = {
      lines: stretches,
      reference,
      wide: 1,
      pauses: Uint8Array.from(reference, (_, frame) => (pauses.includes(frame) ? 1 : 0)),
    }
    return [...cheapestPath(recording, net, everywhere, costs, room)]
  }
  const cases: readonly [
    sentence: string,
    sound: number[],
    lines: number[][],
    pauses: number[],
    path: number[],
  ][] = [
    [
      'says the lines where they are said, and nothing in silence',
      [0, 0, 5, 9, 0, 0, 7, 3, 0],
      [
        [5, 9],
        [7, 3],
      ],
      [],
      [-1, -1, 0, 1, -1, -1, 2, 3, -1],
    ],
    ['stays where the speaker is slow', [5, 5, 5, 9, 9], [[5, 9]], [], [0, 0, 0, 1, 1]],
    ['leaves frames out where the speaker is fast', [5, 9, 2], [[5, 6, 9, 5, 2]], [], [0, 2, 4]],
    ['pauses where a word ends', [5, 9, 0, 0, 7, 3], [[5, 9, 7, 3]], [1], [0, 1, 1, 1, 2, 3]],
    [
      'leaves out a line that nobody says',
      [0, 5, 9, 0, 7, 3, 0],
      [
        [5, 9],
        [40, 50],
        [7, 3],
      ],
      [],
      [-1, 0, 1, -1, 4, 5, -1],
    ],
    [
      'goes from a line straight to the next',
      [5, 9, 7, 3],
      [
        [5, 9],
        [7, 3],
      ],
      [],
      [0, 1, 2, 3],
    ],
  ]
  for (const [sentence, sound, lines, pauses, path] of cases)
    it(sentence, () => expect(walk(sound, lines, pauses)).to.deep.equal(path))

  it('is the same when it is settled on the way, in the room of the steps of a few words', () => {
    const line = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 4, maxLength: 9 })
    const lines = fc.array(line, { minLength: 10, maxLength: 20 })
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 5 }), (script, pause) => {
        const sound = script.flatMap(frames => [...frames, ...Array.from({ length: pause }, () => 0)])
        const states = script.flat().length + script.length + 1
        expect(walk(sound, script, [], 20 * states)).to.deep.equal(walk(sound, script))
      }),
    )
  })
})
