import { type Marks, plain, type Run, tidy } from '../document.ts'
import { colorOf } from './sami-css.ts'
import { attributeOf } from './sami-tags.ts'

/** A paragraph while it is read. */
export type SamiText = {
  readonly id: string
  readonly runs: Run[]
  readonly open: { readonly name: string; readonly marks: Marks }[]
  marks: Marks
  /** Where the base of a ruby begins, among the runs; where its reading does. */
  base: number | undefined
  reading: number | undefined
}
export const emptyText = (id: string): SamiText => ({
  id,
  runs: [],
  open: [],
  marks: plain,
  base: undefined,
  reading: undefined,
})

/** More open tags than anybody nests would make every closing one slow. */
const deepest = 32

const letters: Readonly<Record<string, Marks>> = {
  b: { bold: true },
  strong: { bold: true },
  i: { italic: true },
  em: { italic: true },
  u: { underline: true },
  s: { strike: true },
  strike: { strike: true },
}

export function addWords(text: SamiText, words: string): void {
  if (words !== '') text.runs.push({ text: words, marks: text.marks })
}
export const addBreak = (text: SamiText): void => addWords(text, '\n')

export function openTag(text: SamiText, name: string, written: string): void {
  if (name === 'ruby') text.base = text.runs.length
  if (name === 'rt' && text.base !== undefined) text.reading = text.runs.length
  const marks = Object.hasOwn(letters, name)
    ? letters[name]
    : name === 'font' || name === 'span'
      ? look(written)
      : undefined
  if (!marks || text.open.length >= deepest) return
  text.open.push({ name, marks })
  text.marks = { ...text.marks, ...marks }
}

export function closeTag(text: SamiText, name: string): void {
  if ((name === 'rt' || name === 'ruby') && text.reading !== undefined) read(text)
  if (name === 'ruby') text.base = undefined
  const at = text.open.findLastIndex(one => one.name === name)
  if (at < 0) return
  text.open.splice(at, 1)
  text.marks = text.open.length === 0 ? plain : Object.assign({}, ...text.open.map(one => one.marks))
}

/** What stands in `rt` is the reading of what stands before it. */
function read(text: SamiText): void {
  const { base = 0, reading = 0, runs } = text
  const over = runs
    .splice(reading)
    .map(run => run.text)
    .join('')
    .trim()
  for (let i = base; i < runs.length; i++) {
    const run = runs[i]
    if (run && over !== '') runs[i] = { ...run, marks: { ...run.marks, ruby: { text: over } } }
  }
  text.base = runs.length
  text.reading = undefined
}

function look(written: string): Marks {
  const style = attributeOf(written, 'style') ?? ''
  const color = colorOf(
    attributeOf(written, 'color') ?? /(?:^|;)\s*color\s*:\s*([^;]{1,40})/i.exec(style)?.[1],
  )
  const [font, size] = [attributeOf(written, 'face'), attributeOf(written, 'size')]
  return {
    ...(color !== undefined && { color }),
    ...(font !== undefined && font !== '' && { font }),
    ...(size !== undefined && size !== '' && { size }),
  }
}

/** Paragraphs one under the other; spaces where rows begin and end are none, as in HTML. A lone no-break space is nothing. */
export function runsOfText(texts: readonly SamiText[]): readonly Run[] {
  const all = texts.flatMap(({ runs }, i): readonly Run[] =>
    i === 0 ? runs : [{ text: '\n', marks: plain }, ...runs],
  )
  let before = '\n'
  const trimmed = all.map((run): Run => {
    const text = /[ \n]$/.test(before) ? run.text.replace(/^ /, '') : run.text
    before = text || before
    return { ...run, text }
  })
  let after = '\n'
  const both = trimmed.toReversed().map((run): Run => {
    const text = after.startsWith('\n') ? run.text.replace(/ $/, '') : run.text
    after = text || after
    return { ...run, text }
  })
  return closedAround(tidy(both.reverse()))
}

/** Breaks before the first row and behind the last are how people set captions higher; they are no text. */
function closedAround(runs: readonly Run[]): readonly Run[] {
  const words = runs.map(({ text }) => text).join('')
  const lead = words.length - words.replace(/^[\s\u00a0]*\n/, '').length
  const tail = words.length - words.trimEnd().length
  const end = words.length - tail
  let at = 0
  return tidy(
    runs.map(run => {
      const [from, to] = [Math.max(0, lead - at), Math.max(0, end - at)]
      at += run.text.length
      return { ...run, text: run.text.slice(from, to) }
    }),
  )
}
