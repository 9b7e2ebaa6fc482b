/** `write`: a document back into its own format. `convert`: into another one, and what that one can't say. */
import { extname } from 'node:path'
import { canEncode } from '../bytes.ts'
import type { Document } from '../document.ts'
import { formatNamed, formats } from '../formats/all.ts'
import type { Format } from '../formats/format.ts'
import type { Loss } from '../lost.ts'
import { type Writing, writeSubtitles } from '../write.ts'
import { apart, forEachFile, namesOf, type Read, save, targetOf } from './files.ts'
import { type Asked, formatCalled, rateOf, type Values } from './options.ts'
import { isRead, numbersOf, oneRow, sayJson, sayReading, unreadJson } from './report.ts'
import { type Exit, exits, refuse, type World, worst } from './world.ts'

export const write = (asked: Asked, world: World): Promise<Exit> => writeAs(asked, world, ownFormat)
export const convert = (asked: Asked, world: World): Promise<Exit> => writeAs(asked, world, () => undefined)

/** The format that its file had before it became a document of ours. */
const ownFormat = ({ document, format }: Read): Format | undefined => {
  const own = formatNamed(document.origin?.format ?? '') ?? format
  return own.write ? own : undefined
}

/** Asked by name, told by the ending of the file to write, or else its own. */
function formatFor(values: Values): Format | undefined {
  if (values.to !== undefined) return formatCalled(values.to)
  const ending = extname(values.out ?? '')
    .slice(1)
    .toLowerCase()
  return formats.find(({ write, extensions }) => write !== undefined && extensions.includes(ending))
}

async function writeAs(
  { values, files }: Asked,
  world: World,
  otherwise: (file: Read) => Format | undefined,
): Promise<Exit> {
  const names = await namesOf(files, world)
  const asked = formatFor(values)
  const many = names.length > 1
  if (many && values.out === undefined && !values['in-place'])
    throw refuse('There are many files to write', 'Name a folder for them: --out NAME/')
  const placeOf = (name: string, format?: Format) =>
    targetOf(name, values, many, format?.extensions[0]) ?? '-'
  if (values.json && names.some(name => placeOf(name) === '-'))
    throw refuse('Both the report and the file would go to standard output', 'Name a file: --out NAME')
  if (asked)
    apart(
      names.map(name => placeOf(name, asked)),
      world,
    )
  const places: string[] = []
  const told = await forEachFile(names, world, async (file): Promise<readonly [Exit, unknown]> => {
    const say = (text: string) =>
      values.json ? Promise.resolve() : toOut ? world.err(text) : world.out(text)
    const format = asked ?? (isRead(file) ? otherwise(file) : undefined)
    const target = placeOf(file.name, format)
    const toOut = target === '-'
    await say(sayReading(file, 'error'))
    if (!isRead(file)) return [exits.wrong, unreadJson(file)]
    if (!format) throw refuse('No format was named', 'Say --to FORMAT, or give the file to write its ending.')
    places.push(target)
    apart(places, world)
    const document = informed(file.document, values)
    const { bytes, lost } = writeSubtitles(document, format, writingOf(values))
    await save(target, bytes, { inputs: names, values, world })
    await say(
      `${oneRow(file.name)} -> ${oneRow(target)}: ${format.title}, ${lost.length === 0 ? 'nothing was lost' : 'lost:'}\n`,
    )
    await say(sayLosses(lost, document))
    const numbers = numbersOf(document.captions)
    const report = {
      file: file.name,
      written: target,
      format: format.name,
      lost: lost.map(({ what, captions }) => ({ what, captions: captions.map(id => numbers.get(id)) })),
    }
    return [values.strict && lost.length > 0 ? exits.found : exits.clean, report]
  })
  if (values.json) await sayJson(world, { files: told.map(([, report]) => report) })
  return worst(told.map(([exit]) => exit))
}

/** With what the command line knows of it and the file doesn't say. */
const informed = (document: Document, { language, fps }: Values): Document =>
  language === undefined && fps === undefined
    ? document
    : {
        ...document,
        ...(language !== undefined && { language }),
        ...(fps !== undefined && { rate: rateOf(fps) }),
      }

const writingOf = ({ encoding, bom, crlf }: Values): Writing => ({
  ...(encoding !== undefined && { encoding: known(encoding) }),
  ...(bom !== undefined && { bom }),
  ...(crlf && { newline: '\r\n' }),
})
function known(encoding: string): string {
  const name = encoding.toLowerCase()
  if (canEncode(name)) return name
  throw refuse(
    `No encoding is called ${encoding}`,
    'utf-8, utf-16le, shift_jis, windows-1252 are some that are.',
  )
}

const sayLosses = (lost: readonly Loss[], { captions }: Document): string => {
  const numbers = numbersOf(captions)
  return lost
    .map(({ what, captions: ids }) => {
      const where =
        ids.length === 0
          ? ''
          : ids.length === captions.length
            ? ' (every caption)'
            : ` (${runsOf(ids.map(id => numbers.get(id) ?? 0))})`
      return `    ${oneRow(what)}${where}\n`
    })
    .join('')
}
/** `#1-4, #7` */
function runsOf(numbers: readonly number[]): string {
  const runs: [from: number, to: number][] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  return runs.map(([from, to]) => (from === to ? `#${from}` : `#${from}-${to}`)).join(', ')
}
