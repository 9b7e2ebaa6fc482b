/** `read`: what files are, and what is wrong with them. */
import { encode } from '../bytes.ts'
import { json } from '../formats/json.ts'
import { apart, forEachFile, namesOf, type Read, save, targetOf } from './files.ts'
import { type Asked, oneOf } from './options.ts'
import { atLeast, clock, isRead, oneRow, sayJson, sayReading, severities, unreadJson } from './report.ts'
import { type Exit, exits, type World, worst } from './world.ts'

export async function read({ values, files }: Asked, world: World): Promise<Exit> {
  const names = await namesOf(files, world)
  const least = oneOf('severity', severities, values.least ?? 'warning')
  const targets = values.document
    ? names.map(name => targetOf(name, values, names.length > 1, 'json') ?? '-')
    : []
  apart(targets, world)
  const told = await forEachFile(names, world, async (file): Promise<readonly [Exit, unknown]> => {
    if (values.document) await sayOn(sayReading(file, least), targets.includes('-'))
    else if (!values.json)
      await world.out(isRead(file) ? summary(file) + sayReading(file, least) : sayReading(file))
    if (!isRead(file)) return [exits.wrong, unreadJson(file)]
    if (values.document) {
      const bytes = encode(json.write?.(file.document) ?? '', { encoding: 'utf-8', bom: false })
      await save(targets[names.indexOf(file.name)] ?? '-', bytes, { inputs: names, values, world })
    }
    const wrong = file.diagnostics.some(({ severity }) => atLeast(severity, least))
    return [wrong ? exits.found : exits.clean, factsOf(file)]
  })
  if (values.json && !values.document) await sayJson(world, { files: told.map(([, facts]) => facts) })
  return worst(told.map(([exit]) => exit))

  function sayOn(text: string, taken: boolean): Promise<void> {
    return taken ? world.err(text) : world.out(text)
  }
}

const newlines: Readonly<Record<string, string>> = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR' }

function factsOf({ name, format, document, diagnostics }: Read) {
  const { captions, origin, language, title, rate, styles = [] } = document
  const kinds: Record<string, number> = {}
  for (const { kind } of captions) kinds[kind] = (kinds[kind] ?? 0) + 1
  return {
    file: name,
    format: format.name,
    encoding: origin?.encoding,
    bom: origin?.bom,
    newline: newlines[origin?.newline ?? ''],
    language,
    title,
    rate,
    captions: captions.length,
    kinds,
    start: captions.reduce<number | undefined>(
      (least, { start }) => Math.min(least ?? start, start),
      undefined,
    ),
    end: captions.reduce<number | undefined>((most, { end }) => Math.max(most ?? end, end), undefined),
    styles: styles.map(style => style.name),
    diagnostics,
  }
}

function summary(file: Read): string {
  const { format, encoding, bom, newline, language, captions, kinds, start, end } = factsOf(file)
  const of = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`)
  return `${oneRow(file.name)}: ${[
    file.format.title,
    format === 'ebu-stl' ? undefined : `${encoding}${bom ? ' with BOM' : ''}, ${newline}`,
    `${captions} captions (${of.join(', ')})`,
    ...(start !== undefined && end !== undefined ? [`${clock(start)} to ${clock(end)}`] : []),
    ...(language ? [`language ${oneRow(language)}`] : []),
  ]
    .filter(part => part !== undefined)
    .join('; ')}\n`
}
