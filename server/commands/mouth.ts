import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  cueFormats,
  findTools,
  listenToFile,
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
  sheetOf,
  useTools,
  utterancesOf,
} from '../../pipelines/index.ts'
import { readConfig } from '../config.ts'
import type { Command } from './command.ts'

type FormatName = keyof typeof cueFormats
type PresetName = keyof typeof presets

const list = (table: Readonly<Record<string, { readonly says: string }>>) =>
  Object.entries(table)
    .map(([name, { says }]) => `    ${name.padEnd(14)} ${says}`)
    .join('\n')
const usage = `kotodama mouth FILE --format NAME [--out FILE]
  What a mouth does while FILE is heard, for those who draw or move it.
  --text WORDS | --text-file FILE   what is said: the shapes are then those of the words, and times are better
  --lines FILE                      the same for many lines: any subtitles; between them the mouth is shut
  --speaker NAME                    of these lines, the ones this character says
  --language ja                     of the words
  --format NAME
${list(cueFormats)}
  --preset NAME                     the drawings; Rhubarb’s in Rhubarb’s formats, anime elsewhere
${list(presets)}
  --fps 24                          8, 12, 23.976, 24, 25, 30 or any fraction
  --on 2  --lead 1                  frames that a drawing is held; frames that the picture leads the sound`

const numbers = ['1', '2', '3'] as const

/** Writes mouth cues of any file with sound. */
export const run: Command = async args => {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ text, 'text-file': text, lines: text, speaker: text, language: text, format: text, preset: text },
      ...{ on: text, lead: text, out: text, fps: { ...text, default: '24' } },
    },
  })
  const [file] = positionals
  const words = [values.text, values['text-file'], values.lines].filter(given => given !== undefined)
  if (!file || positionals.length > 1 || !values.format || words.length > 1) {
    console.error(usage)
    return 2
  }
  if (words.length > 0 && !values.language) {
    console.error('kotodama mouth: say which language the words are in, with --language ja')
    return 2
  }
  const format = cueFormats[oneOf('format', Object.keys(cueFormats) as FormatName[], values.format)]
  const own: PresetName = 'preset' in format ? format.preset : 'anime'
  const preset = presets[oneOf('preset', Object.keys(presets) as PresetName[], values.preset ?? own)]
  const rate = rateOf(values.fps)
  const on = values.on && (Number(oneOf('exposure', numbers, values.on)) as 1 | 2 | 3)
  const lead = values.lead && Number(oneOf('lead', ['0', ...numbers] as const, values.lead))

  useTools(await findTools(readConfig().tools))
  const inference = openInference()
  const espeak = openEspeak()
  const scratch = await mkdtemp(join(tmpdir(), 'kotodama-mouth-'))
  try {
    const { signal } = new AbortController()
    const { ears } = await listenToFile(file, { pictures: false }, { signal, report: () => {}, scratch })
    const sound = await openWav(ears)
    const length = Math.round((sound.frames * 1000) / sound.sampleRate)
    const shapes = await shapesOf(openMouth(inference, espeak), sound, length, await linesOf(length), signal)
    await sound.close()
    const sheet = sheetOf(shapes, {
      ...{ rate, preset },
      ...(on && { on }),
      ...(lead !== undefined && lead !== '' && { lead }),
    })
    const made = format.write({ sheet, shapes, sound: basename(file) })
    if (values.out) await writeFile(values.out, made)
    else process.stdout.write(made)
    return 0
  } finally {
    espeak.close()
    inference.close()
    await rm(scratch, { recursive: true, force: true })
  }

  async function linesOf(length: number): Promise<readonly SpokenLine[] | undefined> {
    const language = values.language ?? ''
    const said = values.text ?? (values['text-file'] && String(await read(values['text-file'])))
    if (said !== undefined) return [{ start: 0, end: length, text: said.trim(), language }]
    if (!values.lines) return undefined
    return utterancesOf(readSubtitles(await read(values.lines)).document)
      .filter(({ kind }) => kind === 'dialogue' || kind === 'narration')
      .filter(({ speaker }) => !values.speaker || speaker === values.speaker)
      .map(({ start, end, text }) => ({ start, end, text, language }))
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new Problem('not-found', { what: 'file', id: path }, error)
  }
}
