import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { z } from 'zod'
import { openEspeakVoices } from '../pipelines/dub/engines/espeak.ts'
import { ffprobe, useTools } from '../pipelines/ffmpeg.ts'
import { readScript } from '../pipelines/speech/script.ts'
import { hello } from '../samples/make/hello.ts'
import { lantern } from '../samples/make/lantern.ts'
import { plan, script } from '../samples/make/plan.ts'
import { truth } from '../samples/make/truth.ts'
import { openMouth } from '../samples/make/voice.ts'
import { CastingShape, language, NewSeries, TermShape } from '../server/contract.ts'
import { findFilmTools } from './support/film.ts'
import { openBench } from './support/stage.ts'

const home = join(import.meta.dirname, '../samples')
const text = (file: string) => readFileSync(join(home, file), 'utf8')
const json = (file: string): unknown => JSON.parse(text(file))
const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(file =>
  statSync(join(home, file)).isFile(),
)

const Memory = z.array(
  z.strictObject({
    from: language,
    to: language,
    source: z.string(),
    target: z.string(),
    origin: z.string(),
  }),
)
const Truth = z.strictObject({
  rate: z.strictObject({ num: z.int(), den: z.int() }),
  frames: z.int(),
  duration: z.int(),
  cuts: z.array(z.int()),
  lines: z.array(
    z.strictObject({
      kind: z.enum(['dialogue', 'narration', 'song', 'sign']),
      speaker: z.string().optional(),
      text: z.string(),
      start: z.int(),
      end: z.int(),
      seen: z.boolean(),
    }),
  ),
})

const samples = [
  { name: 'lantern-01', story: lantern, limit: 6_000_000, shortest: 60_000, longest: 90_000 },
  { name: 'hello', story: hello, limit: 400_000, shortest: 9_000, longest: 11_000 },
]

describe('the samples', () => {
  for (const { name, story, limit, shortest, longest } of samples)
    describe(name, () => {
      const known = Truth.parse(json(`${name}/expected/truth.json`))
      const spoken = known.lines.filter(line => line.kind !== 'sign')
      const series = NewSeries.parse(json(`${name}/series.json`))
      const memory = Memory.parse(json(`${name}/memory.json`))
      const targets = series.targets ?? []

      it(`weighs less than ${limit / 1000} kB`, () => {
        const bytes = files
          .filter(file => file.startsWith(`${name}/`))
          .reduce((total, file) => total + statSync(join(home, file)).size, 0)
        expect(bytes).to.be.below(limit)
      })

      it('has its episode and its music and effects exactly as long as the truth says', async function () {
        const tools = await findFilmTools()
        if (!tools) return this.skip()
        useTools(tools)
        const bench = await openBench()
        try {
          for (const file of ['episode.mp4', 'me.opus']) {
            const found = z
              .object({ format: z.object({ duration: z.coerce.number() }) })
              .parse(
                await ffprobe(
                  { file: join(home, name, file) },
                  ['-show_entries', 'format=duration'],
                  bench.at,
                ),
              )
            // One frame of AAC is 21 ms and one of Opus 20 ms.
            expect(found.format.duration * 1000).to.be.closeTo(known.duration, 22)
          }
        } finally {
          await bench.close()
        }
        expect(known.duration).to.be.within(shortest, longest)
      })

      it('has a truth that lies inside of it, line after line', () => {
        expect(known.duration).to.equal(Math.round((known.frames * 1000 * known.rate.den) / known.rate.num))
        for (const { start, end } of known.lines) {
          expect(start).to.be.at.least(0)
          expect(end).to.be.above(start)
          expect(end).to.be.at.most(known.duration)
        }
        for (const [i, { start }] of spoken.entries())
          if (i > 0) expect(start).to.be.at.least(spoken[i - 1]?.end ?? 0)
        expect(known.cuts).to.deep.equal(known.cuts.toSorted((a, b) => a - b))
        for (const cut of known.cuts)
          expect(spoken.some(({ start, end }) => cut > start && cut < end)).to.equal(false)
      })

      it('is made the same again from its story', async function () {
        this.timeout(60_000)
        const again = plan(story, await openMouth())
        expect(Truth.parse(JSON.parse(JSON.stringify(truth(story, again))))).to.deep.equal(known)
        expect(script(story, again)).to.equal(text(`${name}/script.txt`))
      })

      it('has a script that reads as the lines of the truth, in their order', () => {
        const bytes = readFileSync(join(home, name, 'script.txt'))
        const read = readScript(bytes, 'script.txt').filter(line => line.kind !== 'note')
        expect(read.map(({ kind, speaker, text }) => ({ kind, speaker, text }))).to.deep.equal(
          known.lines.map(({ kind, speaker, text }) => ({ kind, speaker, text })),
        )
      })

      it('has a glossary that the wire accepts, each term with a target for every language', () => {
        const terms = z.array(TermShape).parse(json(`${name}/glossary.json`))
        for (const source of new Set(terms.map(term => term.source)))
          expect(terms.filter(term => term.source === source).map(term => term.language)).to.deep.equal(
            targets,
          )
      })

      it('casts everybody who speaks, each with another voice that is nobody’s', () => {
        const cast = z.array(CastingShape).parse(json(`${name}/cast.json`))
        expect(cast.map(one => one.character)).to.have.members([...new Set(spoken.map(line => line.speaker))])
        const presets = cast.map(({ voice }) => (voice.kind === 'nobody' ? voice.preset : 'a person'))
        const voices = openEspeakVoices({ speak: () => Promise.reject(new Error('nobody speaks here')) })
        expect(voices.presets.map(one => one.preset)).to.include.members(presets)
        expect(new Set(presets).size).to.equal(cast.length)
      })

      it('has most but not all of its lines in memory, in every language', () => {
        for (const to of targets) {
          const sources = memory
            .filter(entry => entry.from === series.language && entry.to === to)
            .map(entry => entry.source)
          const remembered = known.lines.filter(line => sources.includes(line.text)).length
          expect(remembered / known.lines.length).to.be.within(0.25, 0.9)
          expect(remembered).to.be.below(known.lines.length)
        }
      })
    })

  it('has two shots or more with four cuts or more, a sign, a song and three speakers in the long one', () => {
    const known = Truth.parse(json('lantern-01/expected/truth.json'))
    expect(known.cuts.length).to.be.at.least(4)
    expect(known.lines.map(line => line.kind)).to.include.members(['sign', 'song', 'narration'])
    expect(new Set(known.lines.map(line => line.speaker)).size).to.be.at.least(4)
    expect(known.lines.some(line => line.speaker && !line.seen)).to.equal(true)
  })

  it('remembers some lines word for word, some only alike and some not at all', () => {
    const { lines } = Truth.parse(json('lantern-01/expected/truth.json'))
    const memory = Memory.parse(json('lantern-01/memory.json')).filter(entry => entry.to === 'en')
    const alike = (line: string) =>
      memory.some(({ source }) => source !== line && source.slice(0, 5) === line.slice(0, 5))
    const exact = lines.filter(line => memory.some(entry => entry.source === line.text))
    const similar = lines.filter(line => !exact.includes(line) && alike(line.text))
    expect([exact.length, similar.length, lines.length - exact.length - similar.length]).to.deep.equal([
      15, 5, 4,
    ])
  })

  it('names every file with its maker and licence', () => {
    const listed = text('PROVENANCE.md')
    const missing = files
      .map(file => (file.startsWith('make/') ? 'make/*.ts' : file))
      .filter(
        file =>
          !new RegExp(`^\\|.*\`${file.replace(/[.*]/g, '\\$&')}\`.*\\| Apache-2.0 \\|$`, 'm').test(listed),
      )
    expect(missing).to.deep.equal([])
  })
})
