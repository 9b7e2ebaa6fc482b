/** Edits of a caption's text that leave every mark where it was. */
import { type Caption, plain, type Run, textOf, tidy } from './document.ts'

/** Replaces the characters from `from` up to `to`; what is put in wears the marks of what stood there, or stood before. */
export function splice(runs: readonly Run[], from: number, to: number, put: string): readonly Run[] {
  const edited: Run[] = []
  let at = 0
  let placed = false
  for (const run of runs) {
    const end = at + run.text.length
    const [cutFrom, cutTo] = [Math.max(from, at) - at, Math.min(to, end) - at]
    const here: boolean = !placed && from < end && from >= at
    const touched = cutFrom < cutTo || here
    edited.push(
      touched
        ? {
            ...run,
            text: run.text.slice(0, cutFrom) + (here ? put : '') + run.text.slice(Math.max(cutFrom, cutTo)),
          }
        : run,
    )
    placed ||= here
    at = end
  }
  if (!placed && put !== '') {
    const last = edited.at(-1)
    if (last) edited[edited.length - 1] = { ...last, text: last.text + put }
    else edited.push({ text: put, marks: plain })
  }
  return tidy(edited)
}

/** Replaces every match of a global pattern. */
export function replace(
  caption: Caption,
  pattern: RegExp,
  put: string | ((...found: string[]) => string),
): Caption {
  const matches = [...textOf(caption).matchAll(pattern)].map(found => ({
    from: found.index,
    was: found[0],
    now: typeof put === 'string' ? put : put(...found.map(one => one ?? '')),
  }))
  const runs = matches.reduceRight<readonly Run[]>(
    (edited, { from, was, now }) => (now === was ? edited : splice(edited, from, from + was.length, now)),
    caption.runs,
  )
  return matches.length === 0 ? caption : { ...caption, runs }
}

/** The same words in other rows. `rows` say the words of `caption`, apart from spaces where rows end. */
export function rebreak(caption: Caption, rows: readonly string[]): Caption {
  let runs = caption.runs
  let at = 0
  for (const [i, row] of rows.entries()) {
    for (const char of row) {
      // Rows that were joined have a space between their words, or nothing.
      const old = textAt(runs, at)
      if (old === '\n' && char === ' ') runs = splice(runs, at, at + 1, ' ')
      else if (old === '\n') runs = splice(runs, at, at + 1, '')
      at += char.length
    }
    if (i === rows.length - 1) break
    let spaces = 0
    while (/^[ \n\u3000]$/.test(textAt(runs, at + spaces))) spaces++
    runs = splice(runs, at, at + spaces, '\n')
    at++
  }
  return { ...caption, runs }
}
function textAt(runs: readonly Run[], at: number): string {
  for (const { text } of runs) {
    if (at < text.length) return text.charAt(at)
    at -= text.length
  }
  return ''
}

export const withText = (caption: Caption, text: string): Caption => ({
  ...caption,
  runs: text === '' ? [] : [{ text, marks: caption.runs[0]?.marks ?? plain }],
})
