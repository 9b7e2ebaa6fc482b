import type { Ms } from '../../terms.ts'
import { type Marks, plain, type Run, tidy } from '../document.ts'
import { printTagged } from './markup.ts'
import { printTimestamp } from './vtt-times.ts'
import { type Node, readTree } from './vtt-tree.ts'

/** Runs of a cue's text. Timestamps inside become `sung`, counted from `start`; `length` is the cue's. */
export function readText(text: string, start: Ms, length: Ms): readonly Run[] {
  if (text === '') return []
  if (!/[<&]/.test(text)) return [{ text, marks: plain }]
  const runs: Run[] = []
  const times: { readonly run: number; readonly at: Ms }[] = []
  const walk = (nodes: readonly Node[], marks: Marks): void => {
    for (const node of nodes) {
      if (node.type === 'text') runs.push({ text: node.text, marks })
      else if (node.type === 'time') times.push({ run: runs.length, at: node.at - start })
      else if (node.type === 'ruby') walkRuby(node.children, marks, walk)
      else walk(node.children, { ...marks, ...marksOf(node) })
    }
  }
  walk(readTree(text), plain)
  return tidy(times.length > 0 ? sing(runs, times, length) : runs)
}

/** What stands before an `rt` wears it as its reading. */
function walkRuby(
  nodes: readonly Node[],
  marks: Marks,
  walk: (nodes: readonly Node[], marks: Marks) => void,
): void {
  let base: Node[] = []
  for (const node of nodes) {
    if (node.type !== 'rt') base.push(node)
    else {
      walk(base, { ...marks, ruby: { text: wordsOf(node.children) } })
      base = []
    }
  }
  walk(base, marks)
}
const wordsOf = (nodes: readonly Node[]): string =>
  nodes
    .map(node => (node.type === 'text' ? node.text : node.type === 'time' ? '' : wordsOf(node.children)))
    .join('')

function marksOf(node: Extract<Node, { children: Node[] }>): Marks {
  const classes = node.classes.length > 0 ? { classes: node.classes } : {}
  switch (node.type) {
    case 'b':
      return { ...classes, bold: true }
    case 'i':
      return { ...classes, italic: true }
    case 'u':
      return { ...classes, underline: true }
    case 'v':
      return { ...classes, voice: node.annotation }
    case 'lang':
      return { ...classes, language: node.annotation }
    default:
      return classes
  }
}

function sing(runs: readonly Run[], times: readonly { run: number; at: Ms }[], length: Ms): readonly Run[] {
  const edges = [{ run: 0, at: 0 }, ...times, { run: runs.length, at: length }]
  return edges.slice(0, -1).flatMap(({ run, at }, i) => {
    const next = edges[i + 1] ?? { run: runs.length, at: length }
    const sung = { start: at, end: next.at }
    return runs.slice(run, next.run).map(one => ({ ...one, marks: { ...one.marks, sung } }))
  })
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const armour = (text: string): string => text.replace(/[&<>]/g, char => escapes[char] ?? char)
/** A blank row would end the cue: it is written as one that holds an empty element. */
const armourRows = (text: string): string => armour(text).replace(/\n(?=\n|$)/g, '\n<c></c>')

export function printText(runs: readonly Run[], start: Ms): string {
  let sungAt = 0
  const stamped = runs.map((run): Run => {
    const at = run.marks.sung?.start ?? sungAt
    const stamp = at === sungAt ? undefined : `<${printTimestamp(start + at)}>`
    sungAt = at
    return { text: run.text, marks: run.marks, ...(stamp && { kept: stamp }) }
  })
  return printTagged(stamped, tagsOf, armourRows)
}

function tagsOf(marks: Marks): (readonly [string, string])[] {
  const tags: (readonly [string, string])[] = []
  if (marks.voice !== undefined) tags.push([`<v ${armour(marks.voice)}>`, '</v>'])
  if (marks.language !== undefined) tags.push([`<lang ${armour(marks.language)}>`, '</lang>'])
  if (marks.classes) tags.push([`<c.${marks.classes.join('.')}>`, '</c>'])
  if (marks.bold) tags.push(['<b>', '</b>'])
  if (marks.italic) tags.push(['<i>', '</i>'])
  if (marks.underline) tags.push(['<u>', '</u>'])
  if (marks.ruby) tags.push(['<ruby>', `<rt>${armour(marks.ruby.text)}</rt></ruby>`])
  return tags
}
