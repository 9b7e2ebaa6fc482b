import { type Marks, plain, type Run, tidy } from '../document.ts'

/** Text in angle brackets as SRT and its kin have it: a tag opens, closes, or is nothing but text. */
export type Tag =
  | { readonly opens: string; readonly marks: Marks; readonly kept?: string }
  | { readonly closes: string }
  | undefined

type Open = { readonly name: string; readonly marks: Marks }

/**
 * Runs of a text with tags. `pattern`, a global one, finds what may be a tag, `readTag` says what it is. A closing tag
 * closes the nearest open one of its name; those opened inside stay open. What is no tag is text.
 */
export function readTagged(text: string, pattern: RegExp, readTag: (tag: string) => Tag): readonly Run[] {
  const runs: Run[] = []
  const open: Open[] = []
  let from = 0
  let marks = plain
  let kept: string | undefined
  pattern.lastIndex = 0
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const tag = readTag(found[0])
    if (!tag) continue
    if (found.index > from || kept !== undefined) runs.push(runOf(text.slice(from, found.index), marks, kept))
    from = found.index + found[0].length
    kept = undefined
    if ('closes' in tag) marks = closed(open, tag.closes, marks)
    else {
      kept = tag.kept
      if (tag.opens === '' || open.length >= deepest) continue
      open.push({ name: tag.opens, marks: tag.marks })
      marks = marks === plain ? tag.marks : { ...marks, ...tag.marks }
    }
  }
  if (from < text.length || kept !== undefined) runs.push(runOf(text.slice(from), marks, kept))
  return tidy(runs)
}

const runOf = (text: string, marks: Marks, kept: string | undefined): Run =>
  kept === undefined ? { text, marks } : { text, marks, kept }

/** Takes the nearest open tag of a name away; the marks of those left. */
function closed(open: Open[], name: string, marks: Marks): Marks {
  const at = open.findLastIndex(one => one.name === name)
  if (at < 0) return marks
  open.splice(at, 1)
  return open.length === 0 ? plain : Object.assign({}, ...open.map(one => one.marks))
}

/** A person nests three or four; a hundred thousand open tags would make every closing one slow. */
const deepest = 32

/** The text of runs with tags around them, properly nested. `tagsOf` gives what a run stands in, outermost first. */
export function printTagged(
  runs: readonly Run[],
  tagsOf: (marks: Marks) => readonly (readonly [open: string, close: string])[],
  printText: (text: string) => string,
): string {
  const open: (readonly [string, string])[] = []
  let out = ''
  const closeTo = (length: number) => {
    while (open.length > length) out += open.pop()?.[1] ?? ''
  }
  for (const run of runs) {
    const wanted = tagsOf(run.marks)
    let shared = 0
    while (shared < open.length && open[shared]?.[0] === wanted[shared]?.[0]) shared++
    closeTo(shared)
    for (const tag of wanted.slice(shared)) {
      out += tag[0]
      open.push(tag)
    }
    out += (run.kept ?? '') + printText(run.text)
  }
  closeTo(0)
  return out
}
