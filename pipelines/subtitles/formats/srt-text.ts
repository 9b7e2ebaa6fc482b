import { type Marks, type Place, plain, type Run } from '../document.ts'
import { readColor } from './colors.ts'
import { printTagged, readTagged, type Tag } from './markup.ts'
import { padOfLegacy, placeOfPad } from './place.ts'
import { readTimes } from './srt-times.ts'

/** Tags of an SRT text: HTML's oldest, in any case, and ASS overrides in braces. Lengths are bounded: no row is one tag. */
const tagPattern = /<\/?(?:[bius]|font(?:\s[^<>]{0,400})?)\s*>|\{\\[^{}\n]{1,400}\}/gi
const letters = { b: 'bold', i: 'italic', u: 'underline', s: 'strike' } as const

export function readText(body: string): { runs: readonly Run[]; place: Place | undefined } {
  // Some break rows as HTML does.
  const runs = readTagged(body.replace(/<br ?\/?>/gi, '\n'), tagPattern, readTag)
  return { runs, place: body.includes('{') ? placeIn(body) : undefined }
}

function placeIn(body: string): Place | undefined {
  const [, pad, legacy] = /\{[^{}\n]{0,400}?\\a(?:n([1-9])|([1-9]\d?)(?!\d))/.exec(body) ?? []
  return placeOfPad(legacy === undefined ? Number(pad) : padOfLegacy(Number(legacy)))
}

/** As nearly everybody writes them. */
const usual: ReadonlyMap<string, Tag> = new Map(
  Object.entries(letters).flatMap(([name, mark]): (readonly [string, Tag])[] => [
    [`<${name}>`, { opens: name, marks: { [mark]: true } }],
    [`</${name}>`, { closes: name }],
  ]),
)

function readTag(written: string): Tag {
  const known = usual.get(written)
  if (known) return known
  if (written.startsWith('{')) return overrides(written)
  const [, slash, name = '', attributes = ''] = /^<(\/?)(\w+)([^>]*)>$/.exec(written) ?? []
  const lower = name.toLowerCase()
  if (slash) return { closes: lower }
  if (lower === 'font') return { opens: lower, marks: fontOf(attributes) }
  const mark = isLetter(lower) ? letters[lower] : undefined
  return mark && { opens: lower, marks: { [mark]: true } }
}
const isLetter = (name: string): name is keyof typeof letters => Object.hasOwn(letters, name)

/** `{\i1}` and its like mean what the letters mean; every other override is kept as it is. */
function overrides(written: string): Tag {
  const simple = /^\{\\([bius])([01])\}$/.exec(written)
  const name = simple?.[1]
  if (!name || !isLetter(name)) return { opens: '', marks: plain, kept: written }
  return simple[2] === '0' ? { closes: name } : { opens: name, marks: { [letters[name]]: true } }
}

/** Overrides that no mark says. Alignment is said by the caption's place. */
export const unsaid = (kept: string): readonly string[] =>
  [...kept.matchAll(/\\([1-4]?[a-z]{1,5})/g)].flatMap(([, name = '']) =>
    /^an?$/.test(name) ? [] : `\\${name}`,
  )

function fontOf(attributes: string): Marks {
  const value = (name: string): string | undefined => {
    const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(attributes)
    return found?.[1] ?? found?.[2] ?? found?.[3]
  }
  const [color, font, size] = [value('color'), value('face'), value('size')]
  return {
    ...(color !== undefined && { color: colorOf(color) }),
    ...(font !== undefined && { font }),
    ...(size !== undefined && { size }),
  }
}

/** People leave the mark before the digits out. What is no colour stays as it is written. */
const colorOf = (written: string): string =>
  readColor(/^[\da-f]{6}$/i.test(written) ? `#${written}` : written) ?? written.toLowerCase()

/** Rows that would be read as something else are made harmless: a blank one, and one that looks like times. */
export function printText(runs: readonly Run[]): string {
  const printed = printTagged(runs, tagsOf, text => text)
  if (!/\n|-->|->/.test(printed) && printed.trim() !== '') return printed
  return printed
    .split('\n')
    .map(row => {
      if (row.trim() === '') return printed === '' ? '' : '\u00a0'
      return readTimes(row, 0, row.length) ? row.replace(/>/, '\u2060>') : row
    })
    .join('\n')
}

function tagsOf(marks: Marks): (readonly [string, string])[] {
  const tags: (readonly [string, string])[] = []
  for (const [letter, mark] of Object.entries(letters))
    if (marks[mark]) tags.push([`<${letter}>`, `</${letter}>`])
  const attributes = [
    marks.font === undefined ? '' : ` face="${quoted(marks.font)}"`,
    // Players take the digits of a percentage for points.
    marks.size === undefined || marks.size.endsWith('%') ? '' : ` size="${quoted(marks.size)}"`,
    marks.color === undefined ? '' : ` color="${quoted(marks.color.slice(0, 9))}"`,
  ].join('')
  if (attributes !== '') tags.push([`<font${attributes}>`, '</font>'])
  return tags
}
const quoted = (value: string): string => value.replace(/["<>\n]/g, '')
