import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { makeSubtitles, originalSubtitles, readUtterances } from '../../../pipelines/subtitles/make.ts'
import type { FittedLine, LineEdit, Media, Transcript } from '../../../pipelines/terms.ts'
import { segment } from '../../../pipelines/transcript/segment.ts'
import { type Bench, openBench } from '../../support/stage.ts'

const style = (name: string) => `Style: ${name},Arial,20,&H00FFFFFF,0`
const row = (style: string, times: string, text: string, more = ',0,0,0,', layer = 0) =>
  `Dialogue: ${layer},${times
    .split('-')
    .map(at => `0:00:${at}`)
    .join(',')},${style},${more},${text}`
const mask = row('Signs', '08.00-10.00', '{\\p1\\pos(100,40)}m 0 0 l 90 0 90 30 0 30{\\p0}')
const sign = '{\\an8\\pos(320,40)\\fad(200,0)\\t(0,500,\\frz5)}灯屋{\\c&H0000FF&} 本日休業{\\r} \\N{\\i1}店主'
const karaoke = '{\\fad(150,150)}{\\k20}yo{\\kf30}zo{\\c&H00FFFF&\\k50}ra ni'
const script = [
  '[Script Info]',
  '; by somebody',
  'Title: Pilot',
  'PlayResX: 640',
  'PlayResY: 360',
  '',
  '[V4+ Styles]',
  'Format: Name, Fontname, Fontsize, PrimaryColour, Bold',
  ...['Main', 'Signs', 'OP Romaji', 'OP Kanji', 'OP English'].map(style),
  '',
  '[Fonts]',
  'fontname: lantern.ttf',
  'M\'!"#$',
  '',
  '[Events]',
  'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
  'Comment: 0,0:00:01.00,0:00:03.00,OP Romaji,,0,0,0,karaoke,{\\k20}yo{\\k30}zo{\\k50}ra ni',
  row('OP Romaji', '01.00-03.00', karaoke),
  row('OP Romaji', '01.00-01.20', '{\\move(1,2,3,4)}yo', ',0,0,0,fx', 2),
  row('OP Kanji', '01.00-03.00', '{\\fad(150,150)}夜空に'),
  row('OP English', '01.00-03.00', '{\\fad(150,150)\\blur2}In the night sky'),
  row('Main', '05.00-07.00', '{\\an8}それは{\\i1}ランタン{\\i0}だ。', 'ハル,0,0,0,'),
  mask,
  row('Signs', '08.00-10.00', sign),
  row('Signs', '08.00-10.00', `{\\blur4}${sign}`, ',0,0,0,', 1),
  '',
].join('\n')

const media = {
  probe: { container: 'mp4', duration: 60_000, audio: [], text: [], video: [] },
  shots: [],
} as unknown as Media

describe('a script with karaoke and typeset signs', () => {
  let bench: Bench
  let captions: Awaited<ReturnType<Bench['at']['keepBytes']>>
  before(async () => {
    bench = await openBench()
    captions = await bench.at.keepBytes(Buffer.from(script), 'text/x-ssa')
  })
  after(() => bench.close())

  async function transcribe(edits: readonly LineEdit[] = []): Promise<Transcript> {
    const utterances = await readUtterances(captions, bench.at, 'ja')
    return segment({ way: 'subtitles', language: 'ja', utterances, findings: [] }, [], edits)
  }
  const rowsOf = async (files: readonly { format: string; file: typeof captions }[]) => {
    const ass = files.find(({ format }) => format === 'ass')
    if (!ass) throw new Error('no ASS')
    return (await readFile(await bench.at.file(ass.file), 'utf8')).split('\n')
  }
  const original = async (transcript: Transcript) =>
    rowsOf((await originalSubtitles(transcript, media, bench.at, [], captions)).files)
  async function translated(transcript: Transcript, words: Readonly<Record<string, string>>) {
    const lines = transcript.lines.map(
      ({ id, start, end, kind, style, text }): FittedLine => ({
        ...{ id, start, end, kind, source: text, text: words[text] ?? '', origin: { how: 'none' } },
        ...(style && { style }),
        ...{ speaking: 0, rate: 1, verdict: 'green', phrases: [] },
      }),
    )
    const fitted = { language: 'en', lines, findings: [] }
    const from = { captions, lines: transcript.lines }
    return rowsOf((await makeSubtitles(fitted, media, bench.at, [], from)).files)
  }
  const lineOf = ({ lines }: Transcript, text: string) => {
    const line = lines.find(one => one.text === text)
    if (!line) throw new Error(text)
    return line
  }
  const textOf = (line: string) => line.split(',').slice(9).join(',')

  it('is read as what is said: a song once with its other forms and how it is sung, a sign once, no effects', async () => {
    const { lines } = await transcribe()
    expect(lines.map(({ kind, text }) => [kind, text])).to.deep.equal([
      ['song', '夜空に'],
      ['dialogue', 'それはランタンだ。'],
      ['sign', '灯屋 本日休業店主'],
    ])
    const [song] = lines
    expect(song?.forms?.map(({ form, text }) => [form, text])).to.deep.equal([
      ['romaji', 'yozora ni'],
      ['translation', 'In the night sky'],
    ])
    expect(song?.sung).to.deep.equal([
      { text: 'yo', start: 0, end: 200 },
      { text: 'zo', start: 200, end: 500 },
      { text: 'ra ni', start: 500, end: 1000 },
    ])
    expect(lines[2]?.captions).to.have.length(2)
  })

  it('comes out with every row as it was but for what is said, which follows the house', async () => {
    const rows = await original(await transcribe())
    const was = script.split('\n')
    expect(rows).to.have.length(was.length)
    expect(rows.filter((one, i) => one !== was[i])).to.deep.equal([
      row('Main', '05.00-07.25', '{\\an8}それは{\\i1}ランタン{\\i0}だ。', 'ハル,0,0,0,'),
    ])
  })

  it('is translated with every tag in its place: signs in all their layers, the song’s translation, its own words sung as ever', async () => {
    const rows = await translated(await transcribe(), {
      夜空に: 'Up in the night',
      'それはランタンだ。': 'It is a lantern.',
      '灯屋 本日休業店主': 'LANTERNS: CLOSED',
    })
    const was = script.split('\n')
    const words = rows.map((one, i) => [was[i], one] as const).filter(([before, now]) => before !== now)
    expect(rows).to.have.length(was.length)
    expect(words.map(([, now]) => textOf(now))).to.deep.equal([
      '{\\fad(150,150)\\blur2}Up in the night',
      '{\\an8}It is a lantern.{\\i1}{\\i0}',
      '{\\an8\\pos(320,40)\\fad(200,0)\\t(0,500,\\frz5)}LANTERNS: CLOSED{\\c&H0000FF&}{\\r}{\\i1}',
      '{\\blur4}{\\an8\\pos(320,40)\\fad(200,0)\\t(0,500,\\frz5)}LANTERNS: CLOSED{\\c&H0000FF&}{\\r}{\\i1}',
    ])
  })

  it('shows nothing untranslated as a translation, and keeps what has no words', async () => {
    const rows = await translated(await transcribe(), {})
    expect(rows.filter(one => one.startsWith('Dialogue')).map(textOf)).to.deep.equal([
      karaoke,
      '{\\move(1,2,3,4)}yo',
      '{\\fad(150,150)}夜空に',
      textOf(mask),
    ])
    expect(rows).to.include.members(['M\'!"#$', '; by somebody'])
  })

  it('is sung as a person timed it, with every other tag, and read back so', async () => {
    const song = lineOf(await transcribe(), '夜空に')
    const sung = [
      { text: 'yo', start: 100, end: 250 },
      { text: 'zora', start: 250, end: 500 },
      { text: ' ni', start: 500, end: 1900 },
    ]
    const edit = { line: song.id, language: 'ja', version: 1, sung }
    const rows = await original(await transcribe([edit]))
    const now = rows.find(one => one.includes('OP Romaji,,0,0,0,,'))
    expect(textOf(now ?? '')).to.equal('{\\fad(150,150)}{\\k10\\k15}yo{\\kf25}zo{\\c&H00FFFF&}ra{\\k140} ni')
    const again = await bench.at.keepBytes(Buffer.from(rows.join('\n')), 'text/x-ssa')
    const [read] = await readUtterances(again, bench.at, 'ja')
    expect(read?.sung).to.deep.equal(sung)
  })

  it('changes only the word a person changed in a sign, and moves with its line', async () => {
    const { id } = lineOf(await transcribe(), '灯屋 本日休業店主')
    const edit = { line: id, language: 'ja', version: 1, text: '灯屋 本日営業店主', start: 8200, end: 9900 }
    const rows = await original(await transcribe([edit]))
    expect(rows.filter(one => one.includes('営業'))).to.deep.equal([
      row('Signs', '08.20-09.90', sign.replace('休業', '営業')),
      row('Signs', '08.20-09.90', `{\\blur4}${sign.replace('休業', '営業')}`, ',0,0,0,', 1),
    ])
  })
})

describe('a song without another form', () => {
  it('is written beside its translation, as its linked form, in what most lines wear', async () => {
    const bench = await openBench()
    try {
      const lone = script
        .split('\n')
        .filter(one => !/OP (?:Kanji|English),,/.test(one))
        .join('\n')
      const captions = await bench.at.keepBytes(Buffer.from(lone), 'text/x-ssa')
      const utterances = await readUtterances(captions, bench.at, 'ja')
      const { lines } = segment({ way: 'subtitles', language: 'ja', utterances, findings: [] }, [], [])
      const [song] = lines
      expect(song).to.include({ kind: 'song', text: 'yozora ni', form: 'romaji' })
      const fitted = lines.map(
        ({ id, start, end, kind, text }): FittedLine => ({
          ...{ id, start, end, kind, source: text, text: kind === 'song' ? 'In the night' : '' },
          ...{ origin: { how: 'none' }, speaking: 0, rate: 1, verdict: 'green', phrases: [] },
        }),
      )
      const from = { captions, lines }
      const { files } = await makeSubtitles(
        { language: 'en', lines: fitted, findings: [] },
        media,
        bench.at,
        [],
        from,
      )
      const ass = await readFile(await bench.at.file(files[2]!.file), 'utf8')
      const events = ass.split('\n').filter(one => one.startsWith('Dialogue'))
      expect(events.slice(0, 2)).to.deep.equal([
        row('OP Romaji', '01.00-03.00', karaoke),
        row('Main', '01.00-03.00', '{\\i1}In the night'),
      ])
    } finally {
      await bench.close()
    }
  })
})
