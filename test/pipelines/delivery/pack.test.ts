import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { expectMark } from '../../../pipelines/delivery/marked.ts'
import { type PackAsk, pack, undeliverable } from '../../../pipelines/delivery/pack.ts'
import { draftDub } from '../../../pipelines/dub/draft.ts'
import { makeSigner, openCredentials } from '../../../pipelines/dub/mark/credentials/credentials.ts'
import { ffmpeg, ffprobe } from '../../../pipelines/ffmpeg.ts'
import type { Blob, Cue, Fitted, Language, NamedFile, Version, Wish } from '../../../pipelines/terms.ts'
import { findTools } from '../../../pipelines/tools.ts'
import { encodeWav } from '../../../pipelines/wav.ts'
import { hearMark, notary, openTestCredentials, watermark } from '../../support/marks.ts'
import { rememberingRun } from '../../support/remember.ts'
import { type Bench, openBench } from '../../support/stage.ts'
import { expectProblem } from '../../support/throws.ts'
import { openHummer } from '../../support/voices.ts'

const rate = 48_000
const seconds = 11
const wish: Wish = {
  title: 'Kitsune/../2',
  episode: '1',
  targets: ['en', 'es-419'],
  glossary: [],
  cast: [{ character: 'ヒナ', voice: { kind: 'nobody', engine: 'hummer', preset: 'low' } }],
  edits: [],
  loudness: -27,
}
const base = 'Kitsune_.._2 - 1'
const { voices } = openHummer()

describe('a parcel', function () {
  this.timeout(120_000)
  let bench: Bench
  let ask: PackAsk
  let files: readonly NamedFile[]
  let shared: ReturnType<typeof rememberingRun>
  const credentials = openTestCredentials()

  before(async function () {
    if (!(await findTools({})).ffmpeg) {
      console.log('      skipped: there is no ffmpeg to pack with')
      return this.skip()
    }
    bench = await openBench()
    shared = rememberingRun(bench.at)
    const source = { file: await text('film', 'video/mp4'), name: 'film.mp4', language: 'ja' }
    const original = await bench.at.keepBytes(encodeWav(noise(0.002), rate, 2), 'audio/wav')
    const cue: Cue = { id: 'a', lines: ['a'], kind: 'dialogue', text: 'Hello.', start: 2000, end: 4000 }
    const track = (language: Language) => ({ language, cues: [cue], findings: [] })
    const subtitles = async (language: Language) => [
      {
        language,
        format: 'srt',
        file: await text('1\n00:00:02,000 --> 00:00:04,000\nHello.\n\n', 'text/srt'),
      },
      {
        language,
        format: 'vtt',
        file: await text('WEBVTT\n\n00:02.000 --> 00:04.000\nHello.\n', 'text/vtt'),
      },
    ]
    const version = async (language: Language): Promise<Version> => {
      const fitted = fittedTo(language)
      const standing = await voices.standing(wish, language)
      const dub = await draftDub(
        {
          fitted: { ...fitted, language: 'en' },
          wish,
          media: { original },
          activity: { speech: [] },
          standing,
          watermark,
          notary,
        },
        voices,
        shared.run,
        bench.at,
      )
      return { fitted, track: track(language), files: await subtitles(language), dub: { ...dub, language } }
    }
    ask = {
      source,
      wish,
      media: { original, proxy: await film() },
      original: { track: track('ja'), files: await subtitles('ja') },
      versions: [await version('en'), await version('es-419')],
      engines: { ears: { identity: 'ears 1', licence: 'MIT' } },
      voices,
      hearMark,
      credentials,
      held: {},
    }
    files = await pack(ask, shared.run, bench.at)
  })
  after(() => {
    credentials.close()
    return bench?.close()
  })

  const text = (words: string, type: string) => bench.at.keepBytes(Buffer.from(words), type)
  const named = (name: string): Blob => {
    const found = files.find(file => file.name === `${base}.${name}`)
    if (!found) throw new Error(`no ${name} among ${files.map(file => file.name).join(', ')}`)
    return found.file
  }
  async function film(): Promise<Blob> {
    const [raw, mp4] = [join(bench.at.scratch, 'film.yuv'), join(bench.at.scratch, 'film.mp4')]
    await writeFile(raw, Buffer.alloc(64 * 36 * 1.5 * 10 * seconds, 128))
    const args = ['-video_size', '64x36', '-framerate', '10', '-pixel_format', 'yuv420p']
    const output = { file: mp4, args: ['-c:v', 'libx264', '-preset', 'ultrafast'] }
    await ffmpeg({ inputs: [{ file: raw, format: 'rawvideo', args }], outputs: [output] }, bench.at)
    return bench.at.keep(mp4, 'video/mp4')
  }

  it('holds a playable file, stems of every language, every subtitle file and a manifest, by safe names', () => {
    expect(files.map(({ name }) => name)).to.deep.equal(
      [
        ...['mkv', 'c2pa'],
        ...['en.dialogue.wav', 'en.bed.wav', 'en.mix.wav'],
        ...['es-419.dialogue.wav', 'es-419.bed.wav', 'es-419.mix.wav'],
        ...['ja.srt', 'ja.vtt', 'en.srt', 'en.vtt', 'es-419.srt', 'es-419.vtt'],
        'manifest.json',
      ].map(name => `${base}.${name}`),
    )
  })

  it('plays with every sound and subtitle track under its language, the original first', async () => {
    const show = [
      '-show_entries',
      'stream=codec_type,codec_name:stream_tags=language,title:stream_disposition=default',
    ]
    const { streams } = (await ffprobe({ file: await bench.at.file(named('mkv')) }, show, bench.at)) as {
      streams: {
        codec_name: string
        tags?: { language?: string; title?: string }
        disposition: { default: number }
      }[]
    }
    expect(
      streams.map(({ codec_name, tags, disposition }) =>
        [codec_name, tags?.language, tags?.title, disposition.default].join(' | '),
      ),
    ).to.deep.equal([
      'h264 |  |  | 1',
      'opus | jpn | Japanese, original | 1',
      'opus | eng | English, dub draft | 0',
      'opus | spa | Spanish (Latin America), dub draft | 0',
      'subrip | jpn | Japanese | 0',
      'subrip | eng | English | 0',
      'subrip | spa | Spanish (Latin America) | 0',
    ])
  })

  it('plays the dub at the instant at which its stem has it', async () => {
    const onset = (samples: Float32Array) => samples.findIndex(sample => Math.abs(sample) > 0.02) / rate
    const stem = onset(await decoded(named('en.mix.wav'), '0:a:0'))
    expect(stem).to.be.closeTo(2, 0.05)
    expect(onset(await decoded(named('mkv'), '0:a:1'))).to.be.closeTo(stem, 0.002)
  })

  it('has stems of 24 bits at 48 kHz, as long as the original, whose sum is the mix', async () => {
    const [dialogue, bed, mix] = await Promise.all(
      ['dialogue', 'bed', 'mix'].map(async stem => {
        const wav = await readFile(await bench.at.file(named(`en.${stem}.wav`)))
        expect([wav.readUInt32LE(24), wav.readUInt16LE(22), wav.readUInt16LE(34)]).to.deep.equal([
          rate,
          2,
          24,
        ])
        expect([wav.toString('latin1', 36, 40), wav.readUInt32LE(40)]).to.deep.equal([
          'data',
          seconds * rate * 6,
        ])
        return Array.from({ length: seconds * rate * 2 }, (_, at) => wav.readIntLE(44 + 3 * at, 3))
      }),
    )
    const off = (mix ?? []).findIndex(
      (sample, at) => Math.abs((dialogue?.[at] ?? 0) + (bed?.[at] ?? 0) - sample) > 1,
    )
    expect(off).to.equal(-1)
    expect(dialogue?.some(sample => sample !== 0)).to.equal(true)
    expect(dialogue?.slice(0, rate).every(sample => sample === 0)).to.equal(true)
  })

  it('has a mix as loud as wished', async () => {
    const log = await ffmpeg(
      {
        inputs: [{ file: await bench.at.file(named('en.mix.wav')) }],
        filter: '[0:a]ebur128[out]',
        outputs: [{ file: join(bench.at.scratch, 'metered.wav'), args: ['-map', '[out]'] }],
        verbose: true,
      },
      bench.at,
    )
    const integrated = Number(log.findLast(row => row.includes('I:'))?.match(/-?\d+\.\d+/)?.[0])
    expect(integrated).to.be.closeTo(-27, 0.2)
  })

  it('tells in its manifest what it is, from what, by what, in whose voice, and what is silent', async () => {
    const manifest = JSON.parse(await readFile(await bench.at.file(named('manifest.json')), 'utf8'))
    expect(manifest).to.include({ title: 'Kitsune/../2', episode: '1' })
    expect(manifest.source).to.deep.equal({
      name: 'film.mp4',
      language: 'ja',
      sha256: ask.source.file.digest,
      bytes: 4,
    })
    expect(manifest.made).to.deep.equal({ heard: { identity: 'ears 1', licence: 'MIT' } })
    expect(manifest.subtitles[0]).to.include.keys('language', 'cues', 'findings')
    expect(manifest.versions[0]).to.deep.include({
      language: 'en',
      lines: 3,
      watermark: watermark.idOf({ title: wish.title, episode: wish.episode, language: 'en' }),
      translated: { human: 3, memory: 0, engine: 0, none: 0 },
      voices: [{ character: 'ヒナ', nobody: 'hummer/low', says: 'It hums.' }],
      engines: [{ engine: 'hummer', identity: 'hummer 1', licence: 'none' }],
      silent: [{ line: 'b', why: 'overlong' }],
    })
    expect(
      manifest.files.map((row: { name: string; sha256: string }) => [row.name, row.sha256]),
    ).to.deep.equal(files.slice(0, -1).map(({ name, file }) => [name, file.digest]))
  })

  it('is the same parcel however often it is packed', async () => {
    expect(await pack(ask, rememberingRun(bench.at).run, bench.at)).to.deep.equal(files)
  })

  it('of an edited language makes the stems of that language and the playable file again, and no others', async () => {
    const [en, es] = ask.versions
    if (!en || !es) throw new Error('no versions')
    const edited = {
      ...es,
      dub: { ...es.dub, loudness: { ...es.dub.loudness, gain: es.dub.loudness.gain - 1 } },
    }
    shared.made.length = 0
    await pack({ ...ask, versions: [en, edited] }, shared.run, bench.at)
    const id = en.dub.mark?.id
    // The mark is heard in what is new, and in the mix that is too short to ask the whole mark of: the other language's
    // sound in the new playable file as well. Then the credentials of the playable file and of both stems are read.
    expect(shared.made.slice(0, 5)).to.deep.equal([
      'part es-419',
      `part ${base}`,
      ...[id, id, id].map(each => `part ${each}`),
    ])
    expect(shared.made.slice(5)).to.have.length(3)
  })

  it('leaves out a dub that may not be delivered, and says why', async () => {
    const shut = {
      ...voices,
      lastLook: async (_act: string, _scene: object, _lines: object, takes: Version['dub']['takes']) =>
        takes.map(take =>
          take.state === 'spoken'
            ? { line: take.line, state: 'withheld' as const, voice: take.voice, refusal: 'withdrawn' }
            : take,
        ),
    }
    const held = await undeliverable(ask.wish, ask.versions.slice(0, 1), shut)
    expect(held).to.deep.equal({ en: 'withdrawn' })
    expect(await undeliverable(ask.wish, ask.versions, voices)).to.deep.equal({})
    const parcel = await pack({ ...ask, held }, shared.run, bench.at)
    const names = parcel.map(({ name }) => name)
    expect(names.filter(name => name.startsWith(`${base}.en.`) && name.endsWith('.wav'))).to.deep.equal([])
    expect(names).to.include(`${base}.es-419.mix.wav`)
    const manifest = parcel.find(({ name }) => name.endsWith('manifest.json'))
    if (!manifest) throw new Error('no manifest')
    const { versions } = JSON.parse(await readFile(await bench.at.file(manifest.file), 'utf8'))
    expect(versions.map((version: { withheld?: string }) => version.withheld)).to.deep.equal([
      'withdrawn',
      undefined,
    ])
  })

  it('is not packed when the mark is missing from what was encoded', async () => {
    const [en] = ask.versions
    if (!en?.dub.mark) throw new Error('no mark')
    const stripped = { ...en, dub: { ...en.dub, mark: { ...en.dub.mark, id: '0000000000000000' } } }
    const problem = await expectProblem(
      () => pack({ ...ask, versions: [stripped] }, shared.run, bench.at),
      'mark-missing',
    )
    expect(problem.figures.file).to.equal(`${base}.mkv`)
    await expectProblem(
      () =>
        pack(
          { ...ask, hearMark: async ({ stream }) => (stream === 1 ? 3.9 : 9) },
          rememberingRun(bench.at).run,
          bench.at,
        ),
      'mark-missing',
    )
  })

  it('is not held to a mark where too little is spoken to hear any', async () => {
    const silence = await bench.at.keepBytes(Buffer.from('hush'), 'audio/wav')
    const delivered = { name: 'short.mkv', file: silence, stream: 1, mix: silence }
    const mark = { id: '0123456789abcdef', by: 'a key' }
    const hear = async () => 0.2
    const run = rememberingRun(bench.at).run
    expect(await expectMark(mark, { ...delivered, spoken: 2900 }, hear, run)).to.equal(undefined)
    await expectProblem(() => expectMark(mark, { ...delivered, spoken: 3000 }, hear, run), 'mark-missing')
  })

  it('bears credentials that hold in every file in which a machine speaks, and none where none does', async () => {
    const en = watermark.idOf({ title: wish.title, episode: wish.episode, language: 'en' })
    const store = await readFile(await bench.at.file(named('c2pa')))
    for (const [name, type, source] of [
      ['mkv', 'video/x-matroska', 'compositeWithTrainedAlgorithmicMedia'],
      ['en.dialogue.wav', 'audio/wav', 'trainedAlgorithmicMedia'],
      ['en.mix.wav', 'audio/wav', 'compositeWithTrainedAlgorithmicMedia'],
    ] as const) {
      const more = name === 'mkv' ? { store } : {}
      const { state, manifest } = await credentials.read(await bench.at.file(named(name)), type, more)
      expect([name, state]).to.deep.equal([name, 'trusted'])
      expect(JSON.stringify(manifest)).to.include(`/${source}"`).and.to.include(en)
    }
    const bed = await credentials.read(await bench.at.file(named('en.bed.wav')), 'audio/wav')
    expect(bed.state).to.equal('none')
    const manifest = JSON.parse(await readFile(await bench.at.file(named('manifest.json')), 'utf8'))
    const rows: readonly { name: string; credentials?: string }[] = manifest.files
    expect(rows.flatMap(row => (row.credentials ? [[row.name.slice(base.length), row.credentials]] : [])))
      .to.deep.include(['.mkv', `${base}.c2pa`])
      .and.to.deep.include(['.en.mix.wav', 'inside'])
      .and.to.have.length(5)
    const take = ask.versions[0]?.dub.takes.find(({ state }) => state === 'spoken')
    if (take?.state !== 'spoken') throw new Error('nothing is spoken')
    expect((await credentials.read(await bench.at.file(take.sound), 'audio/wav')).state).to.equal('trusted')
  })

  it('is not packed when credentials are missing, are another house’s, or are of another file', async () => {
    const strangers = openCredentials(await makeSigner('Another house', Date.now()))
    const small = { versions: ask.versions.slice(0, 1), media: { original: ask.media.original } }
    const swapped = async () => credentials.beside(await bench.at.file(ask.media.original), claim)
    const claim = { title: 'x', of: 'mix', voices: [] } as const
    try {
      for (const [state, wrong] of [
        ['none', { attachTo: async () => true }],
        ['valid', { attachTo: strangers.attachTo }],
        ['broken', { beside: swapped }],
      ] as const) {
        const given = { ...credentials, ...wrong, identity: `credentials that are ${state}` }
        const problem = await expectProblem(
          () => pack({ ...ask, ...small, credentials: given }, shared.run, bench.at),
          'credentials-missing',
        )
        expect(problem.figures.state).to.equal(state)
      }
    } finally {
      strangers.close()
    }
  })

  it('of sound alone has no picture', async () => {
    const { original } = ask.media
    const [first, ...rest] = await pack({ ...ask, media: { original } }, shared.run, bench.at)
    expect(first?.name).to.equal(`${base}.mka`)
    expect(rest).to.have.length(14)
  })

  async function decoded(blob: Blob, stream: string): Promise<Float32Array> {
    const file = join(bench.at.scratch, 'decoded.pcm')
    const args = ['-map', stream, '-ac', '1', '-ar', String(rate), '-f', 'f32le']
    await ffmpeg({ inputs: [{ file: await bench.at.file(blob) }], outputs: [{ file, args }] }, bench.at)
    const bytes = await readFile(file)
    return Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(4 * at))
  }
})

function fittedTo(language: Language): Fitted {
  const line = (id: string, start: number, end: number, own: number) =>
    ({
      id,
      kind: 'dialogue',
      speaker: 'ヒナ',
      source: 'はい。',
      text: String(own),
      origin: { how: 'human' },
      start,
      end,
      speaking: own,
      rate: 1,
      verdict: 'green',
      phrases: [{ start, end, text: String(own) }],
    }) as const
  const lines = [line('a', 2000, 4000, 2000), line('b', 6000, 7000, 5000), line('c', 8000, 10_000, 2000)]
  return { language, lines, findings: [] }
}

function noise(level: number): Float32Array {
  let random = 1
  return Float32Array.from({ length: seconds * rate * 2 }, () => {
    random = (random * 48_271) % 2_147_483_647
    return (level * (2 * random)) / 2_147_483_647 - level
  })
}
