import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { draftDub } from '../../../pipelines/dub/draft.ts'
import { factor } from '../../../pipelines/dub/loudness.ts'
import { ffmpeg } from '../../../pipelines/ffmpeg.ts'
import type { Run } from '../../../pipelines/stage.ts'
import type { Casting, Dub, FittedLine, Wish } from '../../../pipelines/terms.ts'
import { findTools } from '../../../pipelines/tools.ts'
import { encodeWav, openWav } from '../../../pipelines/wav.ts'
import { notary, watermark } from '../../support/marks.ts'
import { rememberingRun } from '../../support/remember.ts'
import { type Bench, openBench } from '../../support/stage.ts'
import { openHummer } from '../../support/voices.ts'

const rate = 48_000
const seconds = 24.5
const cast: readonly Casting[] = [
  { character: 'ヒナ', voice: { kind: 'nobody', engine: 'hummer', preset: 'low' } },
  { character: 'ソラ', voice: { kind: 'nobody', engine: 'hummer', preset: 'high' } },
]
const wish = (change: Partial<Wish> = {}): Wish => ({
  title: 'kitsune',
  episode: '1',
  targets: ['en'],
  glossary: [],
  cast,
  edits: [],
  loudness: -27,
  ...change,
})

function line(
  id: string,
  start: number,
  end: number,
  own: number | string,
  change: Partial<FittedLine> = {},
): FittedLine {
  return {
    id,
    kind: 'dialogue',
    speaker: 'ヒナ',
    source: 'はい。',
    text: String(own),
    origin: { how: 'human' },
    start,
    end,
    speaking: end - start,
    rate: 1,
    verdict: 'green',
    phrases: own === '' ? [] : [{ start, end, text: String(own) }],
    ...change,
  }
}
const lines: readonly FittedLine[] = [
  line('a', 1000, 3000, 2000),
  line('b', 8500, 11_000, 2400),
  line('song', 13_000, 15_500, 2500, { kind: 'song' }),
  line('c', 17_000, 18_000, 950, { speaker: 'ソラ' }),
  line('late', 20_500, 21_500, 5000),
  line('open', 22_500, 23_500, ''),
]

describe('a dub draft', () => {
  let bench: Bench
  let original: Awaited<ReturnType<Bench['keepFile']>>
  let me: typeof original
  /** What one test made the next need not make again. */
  let shared: Run
  before(async function () {
    if (!(await findTools({})).ffmpeg) {
      console.log('      skipped: there is no ffmpeg to keep regions with')
      return this.skip()
    }
    bench = await openBench()
    shared = rememberingRun(bench.at).run
    original = await kept(sample(1, 0.05, 300))
    me = await kept(sample(2, 0.03, undefined))
  })
  after(() => bench?.close())

  const kept = (samples: Float32Array) => bench.at.keepBytes(encodeWav(samples, rate, 2), 'audio/wav')
  const speech = lines.map(({ start, end }) => ({ start, end }))

  async function drafted(
    given: { lines?: readonly FittedLine[]; wish?: Wish; me?: typeof original } = {},
    { voices } = openHummer(),
    run = shared,
  ): Promise<Dub> {
    const wished = given.wish ?? wish()
    const fitted = { language: 'en', lines: given.lines ?? lines, findings: [] }
    const standing = await voices.standing(wished, 'en')
    const ask = {
      fitted,
      wish: wished,
      media: { original },
      activity: { speech },
      standing,
      watermark,
      notary,
    }
    return draftDub({ ...ask, ...(given.me && { me: given.me }) }, voices, run, bench.at)
  }

  /** The regions one after the other, as left and right interleaved. */
  async function heard(dub: Dub): Promise<Float32Array> {
    const whole = new Float32Array(Math.ceil(seconds * rate) * 2)
    for (const { start, sound } of dub.regions) {
      const file = join(bench.at.scratch, 'region.wav')
      await ffmpeg(
        { inputs: [{ file: await bench.at.file(sound) }], outputs: [{ file, args: [] }] },
        bench.at,
      )
      const wav = await openWav(file)
      whole.set(await wav.read(0, wav.frames), start * 48 * 2)
      await wav.close()
    }
    return whole
  }
  /** How much of the original's speech, a tone of 300 Hz, is in the left channel of a part. Factor of full scale. */
  function speechIn(sound: Float32Array, from: number, to: number): number {
    let [cosine, sine] = [0, 0]
    for (let at = from * 48; at < to * 48; at++) {
      cosine += (sound[2 * at] ?? 0) * Math.cos((2 * Math.PI * 300 * at) / rate)
      sine += (sound[2 * at] ?? 0) * Math.sin((2 * Math.PI * 300 * at) / rate)
    }
    return (2 * Math.hypot(cosine, sine)) / ((to - from) * 48)
  }

  it('has a take for every line, and tells of each that is not spoken why', async () => {
    const { takes, findings } = await drafted()
    expect(
      takes.map(take => [take.line, take.state === 'unspoken' ? take.reason : take.state]),
    ).to.deep.equal([
      ['a', 'spoken'],
      ['b', 'spoken'],
      ['song', 'not-dubbed'],
      ['c', 'spoken'],
      ['late', 'overlong'],
      ['open', 'empty'],
    ])
    expect(findings.map(({ rule, place }) => [rule, place.line])).to.deep.equal([['overlong', 'late']])
  })

  it('lets a line run into the silence after it, but never into the next line', async () => {
    const after = async (next: number) => {
      const pair = [line('x', 1000, 2000, 1400), line('y', next, next + 1000, 950)]
      return (await drafted({ lines: pair })).takes[0]
    }
    expect(await after(2400)).to.deep.include({ state: 'spoken', start: 1000, end: 2077 })
    expect(await after(2077)).to.deep.include({ state: 'spoken', end: 2077 })
    expect(await after(2076)).to.deep.include({ state: 'unspoken', reason: 'overlong' })
  })

  it('has regions of ten seconds that lie end to end over the whole original', async () => {
    const { regions } = await drafted()
    expect(regions.map(({ start, end }) => [start, end])).to.deep.equal([
      [0, 10_000],
      [10_000, 20_000],
      [20_000, 24_500],
    ])
  })

  it('is as loud as wished, by ffmpeg’s own meter', async () => {
    for (const loudness of [-27, -23]) {
      const dub = await drafted({ wish: wish({ loudness }), me })
      const gain = factor(dub.loudness.gain)
      const file = join(bench.at.scratch, 'whole.wav')
      await writeFile(
        file,
        encodeWav(
          (await heard(dub)).map(sample => sample * gain),
          rate,
          2,
        ),
      )
      const log = await ffmpeg(
        {
          inputs: [{ file }],
          filter: '[0:a]ebur128=peak=true[out]',
          outputs: [{ file: join(bench.at.scratch, 'metered.wav'), args: ['-map', '[out]'] }],
          verbose: true,
        },
        bench.at,
      )
      const read = (name: string) => Number(log.findLast(row => row.includes(name))?.match(/-?\d+\.\d+/)?.[0])
      expect(read('I:')).to.be.closeTo(loudness, 0.2)
      expect(dub.loudness.integrated).to.be.closeTo(read('I:'), 0.1)
      expect(dub.loudness.truePeak).to.be.closeTo(read('Peak:'), 0.3)
    }
  })

  it('keeps its peaks under −2 dBTP and tells when it can’t be as loud as wished', async () => {
    const { loudness, findings } = await drafted({ wish: wish({ loudness: 0 }) })
    expect(loudness.truePeak).to.be.at.most(-2)
    expect(findings.map(({ rule }) => rule)).to.include('off-loudness')
  })

  it('lets the original give way where a line is dubbed, and be heard where none is', async () => {
    const dub = await drafted()
    const sound = await heard(dub)
    const whole = speechIn(sound, 5000, 6000)
    expect(whole).to.be.above(0.001)
    for (const [from, to] of [
      [13_500, 15_000],
      [20_600, 21_400],
      [22_600, 23_400],
    ] as const)
      expect(speechIn(sound, from, to)).to.be.closeTo(whole, whole * 0.1)
    expect(speechIn(sound, 17_000, 18_000)).to.be.below(whole * 0.2)
  })

  it('stands on music and effects where there are some, and lets the original through where nobody is dubbed', async () => {
    const sound = await heard(await drafted({ me }))
    const song = speechIn(sound, 13_500, 15_000)
    expect(song).to.be.above(0.001)
    expect(speechIn(sound, 22_600, 23_400)).to.be.closeTo(song, song * 0.1)
    for (const [from, to] of [
      [5000, 6000],
      [17_000, 18_000],
      [18_500, 19_500],
    ] as const)
      expect(speechIn(sound, from, to)).to.be.below(song * 0.1)
  })

  it('withholds a person’s voice and lets the original be heard instead', async () => {
    const persons = [
      { character: 'ソラ', voice: { kind: 'person', actor: 'actor-1' } as const },
      ...cast.slice(0, 1),
    ]
    const dub = await drafted({ wish: wish({ cast: persons }) })
    expect(dub.takes[3]).to.deep.equal({
      line: 'c',
      state: 'withheld',
      voice: persons[0]?.voice,
      refusal: 'no-consent',
    })
    expect(dub.findings.map(({ rule }) => rule)).to.include('voice-withheld')
    expect(dub.consents).to.deep.equal([])
    const sound = await heard(dub)
    expect(speechIn(sound, 17_100, 17_900)).to.be.closeTo(speechIn(sound, 5000, 6000), 0.001)
  })

  it('names the engines that spoke', async () => {
    expect((await drafted()).engines).to.deep.equal([
      { engine: 'hummer', identity: 'hummer 1', licence: 'none' },
    ])
  })

  it('gives whom nobody cast a voice of nobody’s, and says so', async () => {
    const dub = await drafted({ wish: wish({ cast: cast.slice(0, 1) }) })
    expect(dub.takes[3]).to.deep.include({ state: 'spoken', voice: cast[1]?.voice })
    expect(dub.findings.find(({ rule }) => rule === 'uncast')?.figures).to.deep.equal({
      character: 'ソラ',
      voice: 'high',
    })
  })

  it('re-makes of an edited line its take and the regions it reaches into, and nothing else', async () => {
    const { run, made } = rememberingRun(bench.at)
    const hummer = openHummer()
    const edited = (id: string, own: number) =>
      lines.map(each =>
        each.id === id ? line(id, each.start, each.end, own, { speaker: each.speaker }) : each,
      )
    await drafted({}, hummer, run)
    expect(made).to.deep.equal([
      ...['part a', 'part b', 'part c', 'part late'],
      ...['part bed', 'part 0', 'part 1', 'part 2'],
    ])
    const again = async (given: Parameters<typeof drafted>[0]) => {
      made.length = 0
      await drafted(given, hummer, run)
      return [...made]
    }
    expect(await again({})).to.deep.equal([])
    expect(await again({ lines: edited('a', 1500) })).to.deep.equal(['part a', 'part 0'])
    expect(await again({ lines: edited('b', 1800) })).to.deep.equal(['part b', 'part 0', 'part 1'])
    expect(await again({ lines: edited('late', 1000) })).to.deep.equal(['part late', 'part 2'])
  })

  it('carries one mark in its takes and its mix, of this title, episode and language', async () => {
    const dub = await drafted()
    const id = watermark.idOf({ title: 'kitsune', episode: '1', language: 'en' })
    expect(dub.mark).to.deep.equal({ id, by: watermark.identity })
  })

  it('leaves what holds no machine’s voice unmarked, to the sample', async () => {
    const silent = lines.map(each => ({ ...each, kind: 'song' as const }))
    const dub = await drafted({ lines: silent, me })
    expect(dub.mark).to.equal(undefined)
    const [stem, out] = [await openWav(await bench.at.file(original)), await heard(dub)]
    const song = await stem.read(14_000 * 48, 48_000)
    await stem.close()
    const gain =
      out[14_000 * 48 * 2] === undefined
        ? 0
        : Math.max(...out.subarray(14_000 * 96, 15_000 * 96)) / Math.max(...song)
    song.forEach((sample, at) => {
      if (Math.abs((out[14_000 * 96 + at] ?? 0) - gain * sample) > 1e-3) expect.fail(`differs at ${at}`)
    })
  })

  it('is the same draft however often it is made', async () => {
    const anew = await drafted({ me }, openHummer(), rememberingRun(bench.at).run)
    expect(anew).to.deep.equal(await drafted({ me }))
  })

  it('stops when its person cancels', async () => {
    const cancelled = await openBench()
    cancelled.cancel(new Error('enough'))
    const { voices } = openHummer()
    const ask = {
      fitted: { language: 'en', lines, findings: [] },
      wish: wish(),
      media: { original },
      activity: { speech },
    }
    const at = { ...bench.at, signal: cancelled.at.signal }
    const failure = await draftDub(
      { ...ask, watermark, notary, standing: await voices.standing(wish(), 'en') },
      voices,
      async (_step, _inputs, work) => work(at),
      at,
    ).then(
      () => undefined,
      (error: unknown) => error,
    )
    await cancelled.close()
    expect(failure).to.be.instanceOf(Error)
  })
})

/** Dull stereo noise, and a tone in the middle for the original's speech. */
function sample(seed: number, level: number, speech: number | undefined): Float32Array {
  let [random, left, right] = [seed, 0, 0]
  const noise = () => {
    random = (random * 48_271) % 2_147_483_647
    return (2 * random) / 2_147_483_647 - 1
  }
  const samples = new Float32Array(Math.ceil(seconds * rate) * 2)
  for (let at = 0; at < samples.length / 2; at++) {
    left = 0.8 * left + 0.2 * level * noise()
    right = 0.8 * right + 0.2 * level * noise()
    const voice = speech ? 0.1 * Math.sin((2 * Math.PI * speech * at) / rate) : 0
    samples[2 * at] = left + voice
    samples[2 * at + 1] = right + voice
  }
  return samples
}
