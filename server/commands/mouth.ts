import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  cueFormats,
  findTools,
  listenToFile,
  type Mouth,
  oneOf,
  openEspeak,
  openInference,
  openMouth,
  openWav,
  Problem,
  presets,
  rateOf,
  readSubtitles,
  type SpokenLine,
  shapesOf,
  useTools,
  utterancesOf,
} from '../../pipelines/index.ts'
import { readConfig } from '../config.ts'
import type { CuesAsk } from '../contract.ts'
import { openDrafts } from '../drafts.ts'
import { missing, openLibrary } from '../known.ts'
import { type Drawing, shapesOfEpisode, writeCues } from '../mouth-cues.ts'
import type { Parts } from '../parts.ts'
import type { Command } from './command.ts'

const list = (table: Readonly<Record<string, { readonly says: string }>>) =>
  Object.entries(table)
    .map(([name, { says }]) => `    ${name.padEnd(14)} ${says}`)
    .join('\n')
export const usage = `kotodama mouth FILE --format NAME [--out FILE]
  What a mouth does while FILE is heard, for those who draw or move it.
  --text WORDS | --text-file FILE   what is said: the shapes are then those of the words, and times are better
  --lines FILE                      the same for many lines: any subtitles; between them the mouth is shut
  --speaker NAME                    of these lines, the ones this character says
  --language ja                     of the words
kotodama mouth --series TITLE --episode NUMBER --language en --format NAME [--out FILE]
  The same of an episode that is made here, in the original's language or a dub's.
  --speaker NAME | --line ID        one character's, or one line's from its beginning
Both:
  --format NAME
${list(cueFormats)}
  --preset NAME                     the drawings; Rhubarb’s in Rhubarb’s formats, anime elsewhere
${list(presets)}
  --fps 24                          8, 12, 23.976, 24, 25, 30 or any fraction
  --on 2  --lead 1                  frames that a drawing is held; frames that the picture leads the sound`

const frames = ['1', '2', '3'] as const
const text = { type: 'string' } as const
const options = {
  ...{ text, 'text-file': text, lines: text, speaker: text, language: text, format: text, preset: text },
  ...{ on: text, lead: text, out: text, fps: { ...text, default: '24' } },
  ...{ series: text, episode: text, line: text },
} as const
type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values']

/** Writes mouth cues of any file with sound, or of an episode. */
export const run: Command = async args => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const [file] = positionals
  const words = [values.text, values['text-file'], values.lines].filter(given => given !== undefined)
  const made = values.series !== undefined && values.episode !== undefined
  if (!values.format || positionals.length > 1 || words.length > 1 || made === Boolean(file)) {
    console.error(usage)
    return 2
  }
  if ((words.length > 0 || made) && !values.language) {
    console.error('kotodama mouth: say which language the words are in, with --language ja')
    return 2
  }
  const drawing = drawingOf(values)
  rateOf(drawing.fps) // what is no rate is refused before anything is listened to

  useTools(await findTools(readConfig().tools))
  const inference = openInference()
  const espeak = openEspeak()
  const mouth = openMouth(inference, espeak)
  const signal = new AbortController().signal
  try {
    const { shapes, name } = file
      ? { shapes: await heardIn(file, values, mouth, signal), name: basename(file) }
      : await heardInEpisode(values, mouth, signal)
    const { text } = writeCues(shapes, drawing, name)
    if (values.out) await writeFile(values.out, text)
    else process.stdout.write(text)
    return 0
  } finally {
    espeak.close()
    inference.close()
  }
}

function drawingOf({ format, preset, fps, on, lead }: Values): Drawing {
  return {
    format: oneOf('format', Object.keys(cueFormats) as CuesAsk['format'][], format ?? ''),
    fps,
    ...(preset && { preset: oneOf('preset', Object.keys(presets) as (keyof typeof presets)[], preset) }),
    ...(on && { on: oneOf('exposure', frames, on) }),
    ...(lead && { lead: oneOf('lead', ['0', ...frames] as const, lead) }),
  }
}

async function heardIn(file: string, values: Values, mouth: Mouth, signal: AbortSignal) {
  const scratch = await mkdtemp(join(tmpdir(), 'kotodama-mouth-'))
  try {
    const { ears } = await listenToFile(file, { pictures: false }, { signal, report: () => {}, scratch })
    const sound = await openWav(ears)
    const length = Math.round((sound.frames * 1000) / sound.sampleRate)
    const shapes = await shapesOf(mouth, sound, length, await linesOf(values, length), signal)
    await sound.close()
    return shapes
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function linesOf(values: Values, length: number): Promise<readonly SpokenLine[] | undefined> {
  const language = values.language ?? ''
  const said = values.text ?? (values['text-file'] && String(await read(values['text-file'])))
  if (said !== undefined) return [{ start: 0, end: length, text: said.trim(), language }]
  if (!values.lines) return undefined
  return utterancesOf(readSubtitles(await read(values.lines)).document)
    .filter(({ kind }) => kind === 'dialogue' || kind === 'narration')
    .filter(({ speaker }) => !values.speaker || speaker === values.speaker)
    .map(({ start, end, text }) => ({ start, end, text, language }))
}

/** Beside a running server, too. A file alone needs no store, nor its drivers. */
async function heardInEpisode(values: Values, mouth: Mouth, signal: AbortSignal) {
  const { series = '', episode = '', language = '', speaker, line } = values
  const { openParts } = await import('../parts.ts')
  const parts = await openParts(readConfig(), { join: true })
  try {
    const { people, work, blobs } = parts
    const library = openLibrary(people, work, openDrafts(blobs.path))
    const whose = { ...(speaker !== undefined && { speaker }), ...(line !== undefined && { line }) }
    const id = await episodeCalled(parts, series, episode)
    return await shapesOfEpisode({ library, mouth, file: blobs.path }, id, language, whose, signal)
  } finally {
    await parts.close()
  }
}

async function episodeCalled({ people }: Parts, title: string, number: string): Promise<string> {
  const series = (await people.series.all()).find(one => one.title === title) ?? missing('series', title)
  const episodes = await people.episodes.ofSeries(series.id)
  return (episodes.find(one => one.number === number) ?? missing('episode', number)).id
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new Problem('not-found', { what: 'file', id: path }, error)
  }
}
