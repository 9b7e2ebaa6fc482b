import { expect } from 'chai'
import { openPerformer } from '../../pipelines/dub/performer.ts'
import { netflix } from '../../pipelines/subtitles/check/netflix.ts'
import { layOut } from '../../pipelines/subtitles/layout/lay-out.ts'
import { documentOf } from '../../pipelines/subtitles/make.ts'
import { readSubtitles } from '../../pipelines/subtitles/read.ts'
import { utterancesOf } from '../../pipelines/subtitles/utterances.ts'
import type { FittedLine, Line, LineEdit, Speech, Utterance } from '../../pipelines/terms.ts'
import { segment } from '../../pipelines/transcript/segment.ts'
import type { TranslateAsk, TranslationEngine } from '../../pipelines/translation/engine.ts'
import { recall } from '../../pipelines/translation/memory.ts'
import { translate } from '../../pipelines/translation/translate.ts'
import { line, utterance } from '../support/lines.ts'
import { notary, watermark } from '../support/marks.ts'
import { type Bench, openBench } from '../support/stage.ts'

const at = (start: number) => ({ start, end: start + 1000 })
const song: Partial<Line> = { kind: 'song', rights: 'Lantern Music' }

describe('words that somebody holds the rights of', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench()
  })
  after(() => bench.close())

  describe('in translation', () => {
    const lines = [
      line('a', '行くぞ', at(0)),
      line('b', '夜空の歌', at(2000), song),
      line('c', 'ほら', at(4000)),
    ]
    const memory = [{ from: 'ja', to: 'en', source: '夜空の歌', target: 'Song of the sky', origin: 'Pilot' }]
    async function make(given: {
      readonly edits?: readonly LineEdit[]
      readonly batch?: number
      readonly memory?: typeof memory
    }) {
      const asked: TranslateAsk[] = []
      const engine: TranslationEngine = {
        identity: 'echo',
        licence: 'none',
        batch: given.batch ?? 8,
        speaks: () => true,
        translate: async ask => {
          asked.push(ask)
          return ask.lines.map(({ id }) => `English of ${id}`)
        },
      }
      const { edits = [], memory = [] } = given
      const transcript = { language: 'ja', way: 'subtitles' as const, lines, findings: [] }
      const ask = { transcript, to: 'en', recalled: recall(memory, lines), glossary: [], edits }
      return { asked, made: await translate(ask, engine, bench.run, bench.at) }
    }

    for (const batch of [1, 8])
      it(`go to no engine, neither to be translated nor beside other lines (${batch} at once)`, async () => {
        const { asked, made } = await make({ batch })
        expect(JSON.stringify(asked)).to.contain('行くぞ').and.contain('ほら').and.not.contain('夜空')
        expect(made.lines.map(({ text }) => text)).to.deep.equal(['English of a', '', 'English of c'])
      })
    it('are shown as such, with what a person may do', async () => {
      const { made } = await make({})
      expect(made.findings.map(({ rule, place, figures }) => [rule, place.line, figures])).to.deep.equal([
        ['rights-held', 'b', { rights: 'Lantern Music' }],
      ])
      expect(made.findings[0]?.mend).to.match(/^A person may write/)
    })
    it('are only suggested from what people translated before', async () => {
      const { made } = await make({ memory })
      expect(made.lines[1]).to.deep.include({ text: '', origin: { how: 'none' } })
      expect(made.lines[1]?.suggestion?.text).to.equal('Song of the sky')
    })
    it('stand as a person wrote them', async () => {
      const { made } = await make({ edits: [{ line: 'b', language: 'en', version: 1, text: 'Night sky' }] })
      expect(made.lines[1]).to.deep.include({ text: 'Night sky', origin: { how: 'human' } })
      expect(made.findings).to.deep.equal([])
    })
  })

  it('are never spoken, whatever kind the line is of', async () => {
    const fitted = (id: string, more: Partial<FittedLine>): FittedLine => ({
      id,
      kind: 'dialogue',
      source: '',
      text: 'la',
      origin: { how: 'human' },
      ...at(0),
      speaking: 900,
      rate: 1,
      verdict: 'green',
      phrases: [{ ...at(0), text: 'la' }],
      ...more,
    })
    const lines = [
      fitted('held', { rights: 'x' }),
      fitted('sung', { kind: 'song', rights: 'x' }),
      fitted('song', { kind: 'song' }),
    ]
    const never = () => {
      throw new Error('somebody was asked to speak')
    }
    const original = await bench.at.keepBytes(new Uint8Array(await silence()), 'audio/wav')
    const performer = await openPerformer(
      {
        fitted: { language: 'en', lines, findings: [] },
        wish: { title: 't', episode: '1', targets: ['en'], glossary: [], cast: [], edits: [], loudness: -27 },
        media: { original },
        watermark,
        notary,
        standing: { engines: [], persons: [], speakers: [] },
      },
      { presets: [], permit: never, speak: never, lastLook: never, standing: never } as never,
      bench.run,
      bench.at,
    )
    const takes = await Promise.all(lines.map(async one => (await performer.perform(one)).take))
    expect(takes.map(take => 'reason' in take && take.reason)).to.deep.equal([
      'rights',
      'rights',
      'not-dubbed',
    ])
    expect(performer.cast.size).to.equal(0)
  })

  it('need nothing to show, and what a person wrote is shown with the flag, and kept in our JSON', () => {
    const timed = [
      { id: 'a', ...at(0), kind: 'song' as const, rights: 'x', text: '', heard: [] },
      { id: 'b', ...at(3000), kind: 'song' as const, rights: 'x', text: 'Night sky', heard: [] },
    ]
    const { cues, findings } = layOut(timed, netflix('en'), {
      rate: { num: 24, den: 1 },
      shots: [],
      duration: 9000,
    })
    expect(findings).to.deep.equal([])
    expect(cues.map(({ lines, rights }) => [lines, rights])).to.deep.equal([[['b'], 'x']])
    expect(documentOf({ language: 'en', cues, findings }).captions[0]).to.include({
      rights: 'x',
      kind: 'song',
    })
  })
})

describe('what a line is', () => {
  const ass = `[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20
Style: OP Romaji,Arial,20
Style: Kanban,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Good evening.
Dialogue: 0,0:00:03.00,0:00:04.00,OP Romaji,,0,0,0,,yozora no uta
Dialogue: 0,0:00:05.00,0:00:06.00,Kanban,,0,0,0,,Bakery
`
  const utterances = (): Utterance[] => utterancesOf(readSubtitles(Buffer.from(ass)).document)
  const speech = (all: readonly Utterance[]): Speech => ({
    way: 'subtitles',
    language: 'en',
    utterances: all,
    findings: [],
  })
  const hand = (line: string, more: Partial<LineEdit>): LineEdit => ({
    line,
    language: 'en',
    version: 1,
    ...more,
  })

  it('is told by the name of its style, which it keeps', () => {
    const { lines } = segment(speech(utterances()), [], [])
    expect(lines.map(({ kind, style }) => [kind, style])).to.deep.equal([
      ['dialogue', 'Default'],
      ['song', 'OP Romaji'],
      ['dialogue', 'Kanban'],
    ])
  })
  it('is what a person sorted its style into, and it stays the same line', () => {
    const before = segment(speech(utterances()), [], [])
    const after = segment(speech(utterances()), [], [], [{ style: 'Kanban', kind: 'sign' }])
    expect(after.lines.map(({ kind }) => kind)).to.deep.equal(['dialogue', 'song', 'sign'])
    expect(after.lines.map(({ id }) => id)).to.deep.equal(before.lines.map(({ id }) => id))
  })
  it('is what a person said of the line itself, over its style; its times stay the machine’s', () => {
    const all = utterances().map(one => ({ ...one, trust: 0.6 }))
    const id = segment(speech(all), [], []).lines[2]?.id ?? ''
    const edits = [hand(id, { kind: 'note' })]
    const { lines } = segment(speech(all), [], edits, [{ style: 'Kanban', kind: 'sign' }])
    expect(lines[2]).to.include({ kind: 'note', trust: 0.6, hand: 'machine' })
  })
  it('carries the flag of rights from what came in, from a person, and loses it by a person', () => {
    const held = utterance('la la', at(0), { kind: 'song', rights: 'Lantern Music' })
    const free = utterance('doo doo', at(2000), { kind: 'song' })
    const [a, b] = segment(speech([held, free]), [], []).lines
    expect([a?.rights, b?.rights]).to.deep.equal(['Lantern Music', undefined])
    const edits = [hand(a?.id ?? '', { rights: '' }), hand(b?.id ?? '', { rights: '?' })]
    const { lines } = segment(speech([held, free]), [], edits)
    expect(lines.map(({ rights }) => rights)).to.deep.equal([undefined, '?'])
  })
})

async function silence(): Promise<ArrayBufferLike> {
  const { encodeWav } = await import('../../pipelines/wav.ts')
  return encodeWav(new Float32Array(48_000), 48_000, 2).slice().buffer
}
