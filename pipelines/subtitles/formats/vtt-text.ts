import type { Ms } from '../../terms.ts'
import { type Marks, plain, type Run, tidy } from '../document.ts'
import { printTagged } from './markup.ts'
import { classesOf, marksOfClasses, readClasses, type Sheet } from './vtt-css.ts'
import { printTimestamp } from './vtt-times.ts'
import { type Branch, type Node, readTree } from './vtt-tree.ts'

/** What a cue's text is gathered into: its runs, and which of them the times inside stand before. */
type Gathered = {
  readonly start: Ms
  readonly sheet: Sheet
  readonly runs: Run[]
  readonly times: { readonly run: number; readonly at: Ms }[]
}

/** Runs of a cue's text. Timestamps inside become `sung`, counted from `start`; `length` is the cue's. */
export function readText(text: string, start: Ms, length: Ms, sheet: Sheet): readonly Run[] {
  if (text === '') return []
  if (!text.includes('<') && !text.includes('&')) return [{ text, marks: plain }]
  const into: Gathered = { start, sheet, runs: [], times: [] }
  gather(readTree(text), plain, into)
  return tidy(into.times.length > 0 ? sing(into.runs, into.times, length) : into.runs)
}

function gather(nodes: readonly Node[], marks: Marks, into: Gathered): void {
  for (const node of nodes) {
    if (node.type === 'text') into.runs.push({ text: node.text, marks })
    else if (node.type === 'time') into.times.push({ run: into.runs.length, at: node.at - into.start })
    else if (node.type === 'ruby') gatherRuby(node.children, within(marks, node, into.sheet), into)
    else gather(node.children, within(marks, node, into.sheet), into)
  }
}

/** What stands before an `rt` wears it as its reading. */
function gatherRuby(nodes: readonly Node[], marks: Marks, into: Gathered): void {
  let base: Node[] = []
  for (const node of nodes) {
    if (node.type !== 'rt') base.push(node)
    else {
      gather(base, { ...marks, ruby: { text: wordsOf(node.children) } }, into)
      base = []
    }
  }
  gather(base, marks, into)
}
const wordsOf = (nodes: readonly Node[]): string =>
  nodes
    .map(node => (node.type === 'text' ? node.text : node.type === 'time' ? '' : wordsOf(node.children)))
    .join('')

/** Elements that say a mark, and nothing else. */
const simple: Partial<Record<Branch['type'], Marks>> = {
  b: { bold: true },
  i: { italic: true },
  u: { underline: true },
}

function within(marks: Marks, { type, classes, annotation }: Branch, sheet: Sheet): Marks {
  const said = simple[type]
  if (said && classes.length === 0) return marks === plain ? said : { ...marks, ...said }
  const styled = classes.length > 0 ? readClasses(classes, sheet) : plain
  if (type === 'v') return { ...marks, ...sheet.voices.get(annotation), ...styled, voice: annotation }
  if (type === 'lang') return { ...marks, ...styled, language: annotation }
  return { ...marks, ...styled, ...said }
}

function sing(runs: readonly Run[], times: readonly { run: number; at: Ms }[], length: Ms): readonly Run[] {
  const edges = [{ run: 0, at: 0 }, ...times, { run: runs.length, at: length }]
  return edges.slice(0, -1).flatMap(({ run, at }, i) => {
    const next = edges[i + 1] ?? { run: runs.length, at: length }
    const sung = { start: at, end: next.at }
    return runs.slice(run, next.run).map(one => ({ ...one, marks: { ...one.marks, sung } }))
  })
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const armour = (text: string): string => text.replace(/[&<>]/g, char => entities[char] ?? char)

/** A cue's text. `sheet` is that of the file it goes into: what its classes say needs no class of ours. */
export function printText(runs: readonly Run[], start: Ms, sheet: Sheet): string {
  let sungAt = 0
  const stamped = runs.map(({ text, marks }): Run => {
    const at = marks.sung?.start ?? sungAt
    if (at === sungAt) return { text, marks }
    sungAt = at
    return { text, marks, kept: `<${printTimestamp(start + at)}>` }
  })
  const printed = printTagged(stamped, marks => tagsOf(marks, sheet), armour)
  // A blank row would end the cue: it is written as one that holds an empty element.
  return printed.replace(/^(?=\n)|\n(?=\n|$)/g, '$&<c></c>')
}

function tagsOf(marks: Marks, sheet: Sheet): (readonly [string, string])[] {
  const tags: (readonly [string, string])[] = []
  const said = { ...sheet.voices.get(marks.voice ?? ''), ...marksOfClasses(marks.classes ?? [], sheet) }
  const needed = Object.fromEntries(
    Object.entries(marks).filter(
      ([name, value]) => Object.entries(said).find(([own]) => own === name)?.[1] !== value,
    ),
  )
  const classes = [...(marks.classes ?? []), ...classesOf(needed)]
  if (marks.voice !== undefined) tags.push([`<v ${armour(marks.voice)}>`, '</v>'])
  if (marks.language !== undefined) tags.push([`<lang ${armour(marks.language)}>`, '</lang>'])
  if (classes.length > 0) tags.push([`<c.${classes.join('.')}>`, '</c>'])
  if (needed.bold) tags.push(['<b>', '</b>'])
  if (needed.italic) tags.push(['<i>', '</i>'])
  if (needed.underline) tags.push(['<u>', '</u>'])
  if (marks.ruby) tags.push(['<ruby>', `<rt>${armour(marks.ruby.text)}</rt></ruby>`])
  return tags
}
