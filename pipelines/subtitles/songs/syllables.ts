/**
 * Karaoke as syllables: who edits a song hears them one by one. A caption's runs are its syllables; those without times
 * (a name before the song, say) stand between them untouched. Every function is pure, and gives the caption back as it
 * was where what was asked can't be.
 */
import type { Ms, Syllable } from '../../terms.ts'
import { type Caption, type Run, same } from '../document.ts'
import { graphemes } from '../width.ts'

type Sung = NonNullable<Run['marks']['sung']>
const places = ({ runs }: Caption): readonly number[] =>
  runs.flatMap((run, i) => (run.marks.sung === undefined ? [] : [i]))

export const syllablesOf = (caption: Caption): readonly Syllable[] =>
  caption.runs.flatMap(({ text, marks: { sung } }) =>
    sung === undefined ? [] : [{ text, start: sung.start, end: sung.end }],
  )

const timed = (run: Run, change: Partial<Sung>): Run =>
  run.marks.sung === undefined
    ? run
    : { ...run, marks: { ...run.marks, sung: { ...run.marks.sung, ...change } } }

const withRuns = (caption: Caption, from: number, count: number, put: readonly Run[]): Caption => ({
  ...caption,
  runs: [...caption.runs.slice(0, from), ...put, ...caption.runs.slice(from + count)],
})

/**
 * Moves the edge after syllable `index`: it ends there and, where the next one began when it ended, the next begins
 * there. The edge stays between its neighbours' other edges, so that no syllable has less than no time.
 */
export function retime(caption: Caption, index: number, end: Ms): Caption {
  const all = places(caption)
  const [at, next] = [all[index], all[index + 1]]
  const sung = at === undefined ? undefined : caption.runs[at]?.marks.sung
  if (at === undefined || !sung) return caption
  const after = next === undefined ? undefined : caption.runs[next]?.marks.sung
  const joined = after !== undefined && after.start === sung.end
  const most = after === undefined ? caption.end - caption.start : joined ? after.end : after.start
  const edge = Math.max(sung.start, Math.min(Math.round(end), most))
  return {
    ...caption,
    runs: caption.runs.map((run, i) =>
      i === at ? timed(run, { end: edge }) : i === next && joined ? timed(run, { start: edge }) : run,
    ),
  }
}

/** Two of one, before its `chars`th character; they share its time by how much of it each says. */
export function split(caption: Caption, index: number, chars: number): Caption {
  const at = places(caption)[index]
  const run = at === undefined ? undefined : caption.runs[at]
  const sung = run?.marks.sung
  if (at === undefined || !run || !sung) return caption
  const all = graphemes(run.text)
  if (!(chars > 0 && chars < all.length)) return caption
  const edge = Math.round(sung.start + ((sung.end - sung.start) * chars) / all.length)
  const { kept: _, ...bare } = run
  return withRuns(caption, at, 1, [
    timed({ ...run, text: all.slice(0, chars).join('') }, { end: edge }),
    timed({ ...bare, text: all.slice(chars).join('') }, { start: edge }),
  ])
}

/** One of two: it begins with the first and ends with the second. What the format kept of the second goes with it. */
export function join(caption: Caption, index: number): Caption {
  const all = places(caption)
  const [at, next] = [all[index], all[index + 1]]
  const [one, other] = [caption.runs[at ?? -1], caption.runs[next ?? -1]]
  if (at === undefined || next !== at + 1 || !one || !other?.marks.sung) return caption
  const kept = (one.kept ?? '') + (other.kept ?? '')
  const whole = { ...one, text: one.text + other.text, ...(kept !== '' && { kept }) }
  return withRuns(caption, at, 2, [timed(whole, { end: other.marks.sung.end })])
}

/** Other words for one syllable; its time, and everything of the others, stays. */
export function reword(caption: Caption, index: number, text: string): Caption {
  const at = places(caption)[index]
  const run = at === undefined ? undefined : caption.runs[at]
  return at === undefined || !run || run.text === text
    ? caption
    : withRuns(caption, at, 1, [{ ...run, text }])
}

/** The same, but what is coloured together is one syllable, whatever tags stand within it. */
export function sungIn(caption: Caption): readonly Syllable[] {
  const sung: Syllable[] = []
  for (const one of syllablesOf(caption)) {
    const last = sung.at(-1)
    if (last && last.start === one.start && last.end === one.end)
      sung[sung.length - 1] = { ...last, text: last.text + one.text }
    else sung.push(one)
  }
  return sung
}

/** The caption sung so: its words and all tags stay but the times of syllables. As it was, where they say other words. */
export function sing(caption: Caption, syllables: readonly Syllable[]): Caption {
  const isSung = caption.runs.some(({ marks }) => marks.sung !== undefined)
  const part = (run: Run) => !isSung || run.marks.sung !== undefined
  const said = (all: readonly { readonly text: string }[]) =>
    all
      .map(({ text }) => text)
      .join('')
      .replace(/\s/g, ' ')
  if (same(sungIn(caption), syllables) || said(caption.runs.filter(part)) !== said(syllables)) return caption
  const left: { text: string; sung: Sung; begun?: boolean }[] = syllables.map(({ text, start, end }) => ({
    text,
    sung: { start, end },
  }))
  const runs = caption.runs.flatMap((run): Run[] => {
    if (!part(run)) return [run]
    const cut: Run[] = []
    const { kept, ...bare } = run
    for (let rest = run.text; rest !== '' || cut.length === 0; ) {
      const now = left.find(({ text }) => text !== '')
      const size = Math.min(rest.length, now?.text.length ?? 0)
      const tags = cut.length === 0 && kept !== undefined ? untimed(kept) : ''
      // It is coloured the way it begins to be.
      const how = run.marks.sung?.how
      if (now && !now.begun) Object.assign(now, { begun: true, sung: { ...now.sung, ...(how && { how }) } })
      const marks = now ? { ...run.marks, sung: now.sung } : run.marks
      cut.push({ ...bare, text: rest.slice(0, size), marks, ...(tags !== '' && { kept: tags }) })
      if (!now || size === 0) break
      now.text = now.text.slice(size)
      rest = rest.slice(size)
    }
    return cut
  })
  return { ...caption, runs }
}

/** Override blocks without the times of syllables, which are said again by the runs themselves. */
const untimed = (kept: string): string =>
  kept.replace(/\{[^{}]*\}/g, block => {
    const rest = block.replace(/\\(?:kf|ko|kt|k|K)[ \t]*-?[\d.]*/g, '')
    return rest === '{}' ? '' : rest
  })
