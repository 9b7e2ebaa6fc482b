/**
 * How fast subtitles are read: a hundred thousand captions in one run by us and by the packages people use, each on the
 * same text, whether it read what stands there, and how much of what either format asks (test/support/subtitle-rules.ts)
 * it reads as players show it. Then the same up to a million, which must take no longer a caption.
 * `--cues N` reads so many.
 */
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import {
  type Cue,
  formats,
  kept,
  type Name,
  ours,
  type Reader,
  rivals,
  same,
} from '../support/subtitle-readers.ts'

const { cues, one } = parseArgs({
  options: { cues: { type: 'string', default: '100000' }, one: { type: 'string' } },
}).values

const pad = (value: number, width = 2) => String(value).padStart(width, '0')
const clock = (ms: number, mark: string) =>
  `${pad(Math.floor(ms / 3_600_000))}:${pad(Math.floor(ms / 60_000) % 60)}:${pad(Math.floor(ms / 1000) % 60)}${mark}${pad(ms % 1000, 3)}`
const short = (ms: number) => clock(ms, '.').slice(0, -1).replace(/^0/, '')
/** What is said, as it is written with tags, and as it is shown. */
const said = [
  'Wait for me at the top of the hill.',
  '灯り坂の上まで',
  'I told you, didn’t I?',
  '- No.\n- Yes!',
  'Where are you going\nwith that lantern?',
]
const wanted = (count: number): Cue[] =>
  Array.from({ length: count }, (_, i) => ({ start: i * 1000, end: i * 1000 + 900, text: said[i % 5] ?? '' }))
const written = (text: string, [open, close]: readonly [string, string]) =>
  text.startsWith('Where') ? text.replace('Where are you going', `${open}Where are you going${close}`) : text

const assHead = `[Script Info]
ScriptType: v4.00+
PlayResX: 640
PlayResY: 360

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,2,2,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`
const makers: Readonly<Record<Name, (list: readonly Cue[]) => string>> = {
  srt: list =>
    list
      .map(
        ({ start, end, text }, i) =>
          `${i + 1}\n${clock(start, ',')} --> ${clock(end, ',')}\n${written(text, ['<i>', '</i>'])}\n`,
      )
      .join('\n'),
  vtt: list =>
    `WEBVTT\n\n${list
      .map(
        ({ start, end, text }, i) =>
          `${i + 1}\n${clock(start, '.')} --> ${clock(end, '.')}${i % 10 === 0 ? ' line:0' : ''}\n${written(text, ['<i>', '</i>'])}\n`,
      )
      .join('\n')}`,
  ass: list =>
    assHead +
    list
      .map(
        ({ start, end, text }) =>
          `Dialogue: 0,${short(start)},${short(end)},Default,,0,0,0,,${written(text, ['{\\i1}', '{\\i0}']).replaceAll('\n', '\\N')}\n`,
      )
      .join(''),
}

/** Those whose time grows with the square of the captions are given fewer, and their time for all is reckoned from it. */
const fewer: Readonly<Record<string, number>> = { 'media-captions': 4000, 'webvtt-parser': 20_000 }

/** Everybody in turn, and the best of a few turns in processor time: what else the machine does only makes somebody slower. */
const turns = 7

async function measure(name: Name, count: number) {
  const taking = (reader: Reader) => Math.min(count, fewer[reader.name] ?? count)
  const texts = new Map<number, string>()
  const textOf = (size: number) => {
    const text = texts.get(size) ?? makers[name](wanted(size))
    texts.set(size, text)
    return text
  }
  const rows: { reader: Reader; count: number; right: boolean; ms: number }[] = []
  for (const reader of [ours(name), ...rivals[name]]) {
    const size = taking(reader)
    try {
      const right = same(reader.cues((await reader.read(textOf(size))) as never), wanted(size))
      rows.push({ reader, count: size, right, ms: Number.POSITIVE_INFINITY })
    } catch (error) {
      console.log(`${reader.name} fails on ${name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  for (let turn = 0; turn < turns; turn++)
    for (const row of rows) {
      const text = textOf(row.count)
      const since = process.cpuUsage()
      await row.reader.read(text)
      const { user, system } = process.cpuUsage(since)
      row.ms = Math.min(row.ms, (user + system) / 1000)
    }
  return rows
}

if (one !== undefined) {
  // A process of its own, so that its peak is that of one reading.
  const [name, count] = one.split(':')
  const text = makers[name as Name](wanted(Number(count)))
  const since = process.cpuUsage()
  const { document } = formats[name as Name].read(text)
  const { user, system } = process.cpuUsage(since)
  const ms = (user + system) / 1000
  console.log(JSON.stringify({ ms, cues: document.captions.length, peak: process.resourceUsage().maxRSS }))
} else {
  for (const name of ['srt', 'vtt', 'ass'] as const) {
    const rows = await measure(name, Number(cues))
    const [own] = rows
    if (!own) continue
    const each = (row: { ms: number; count: number }) => row.ms / row.count
    console.log(`\n${name}, ${cues} captions`)
    const rulesKept = await Promise.all(rows.map(row => kept(row.reader, name)))
    console.table(
      rows.map((row, i) => ({
        reader: row.reader.name,
        captions: row.count,
        ms: Math.round(row.ms),
        'reads it right': row.right ? 'yes' : 'no',
        ...(rulesKept[i] && { 'keeps rules': rulesKept[i].share }),
        'its time ÷ ours, a caption': (each(row) / each(own)).toFixed(2),
      })),
    )
    rows.forEach((row, i) => {
      const broken = rulesKept[i]?.broken ?? []
      if (broken.length > 0) console.log(`${row.reader.name} reads otherwise: ${broken.join(', ')}`)
    })
  }
  console.log('\nup to a million')
  console.table(
    (['srt', 'vtt', 'ass'] as const).flatMap(name =>
      [100_000, 300_000, 1_000_000].map(count => {
        const said = execFileSync(process.execPath, [
          '--max-old-space-size=8192',
          ...process.execArgv,
          import.meta.filename,
          '--one',
          `${name}:${count}`,
        ])
        const { ms, cues: found, peak } = JSON.parse(String(said))
        return {
          format: name,
          captions: found,
          'ms per 100k': Math.round((ms / count) * 100_000),
          'peak, MB': Math.round(peak / 1000),
        }
      }),
    ),
  )
}
