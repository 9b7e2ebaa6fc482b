/**
 * The ASS script that lines came from, as it is handed out: of signs and songs only words and times change and every tag
 * stays; what is said follows the house. Comments, fonts, drawings and effects stand as they came.
 */
import type { Cue, Language, Line } from '../terms.ts'
import { type Caption, type Document, type Run, textOf } from './document.ts'
import { rebreak, splice } from './edit.ts'
import { sing } from './songs/syllables.ts'
import { isEffect } from './utterances.ts'

export type Shown = {
  readonly language: Language
  /** Lines of the original, which know the captions they came from. */
  readonly lines: readonly Line[]
  readonly cues: readonly Cue[]
  /** How the words of a new caption look. */
  readonly runs: (cue: Cue) => readonly Run[]
}

/** The script in the language of its lines (`original`), or in another, where songs keep their own beside the translation. */
export function inScript(script: Document, shown: Shown, original: boolean): Document {
  const { lines, cues, runs } = shown
  const saidBy = listed(lines, line => line.captions ?? [])
  const formOf = new Map(
    lines.flatMap(line => (line.forms ?? []).map(one => [one.caption, { ...one, line }])),
  )
  const cuesOf = listed(cues, cue => cue.lines)
  const styles = new Set(script.styles?.map(({ name }) => name))
  const usual = usualStyle(script)
  const told = new Set<string>()

  const fresh = (cue: Cue, line: Line, more: Partial<Caption> = {}): Caption => ({
    id: `cue-${cue.id}`,
    ...{ start: cue.start, end: cue.end, kind: cue.kind, runs: runs(cue) },
    style: line.kind !== 'song' && line.style !== undefined && styles.has(line.style) ? line.style : usual,
    ...(cue.speaker !== undefined && { speaker: cue.speaker }),
    ...more,
  })
  /** New captions of cues that nothing was made of yet. */
  const made = (line: Line, more?: Partial<Caption>): readonly Caption[] =>
    (cuesOf.get(line.id) ?? []).flatMap(cue => {
      if (told.has(cue.id)) return []
      told.add(cue.id)
      return [fresh(cue, line, more)]
    })
  const alone = (line: Line): Cue | undefined => {
    const [cue, ...more] = cuesOf.get(line.id) ?? []
    return more.length === 0 && cue?.lines.length === 1 ? cue : undefined
  }
  const words = (line: Line): string =>
    alone(line)?.text ?? (cuesOf.get(line.id) ?? []).map(({ text }) => text).join('\n')
  /** A sign, or a song that is translated in its place: other words, the same tags. */
  const replaced = (caption: Caption, line: Line): readonly Caption[] => {
    const text = words(line)
    for (const cue of cuesOf.get(line.id) ?? []) told.add(cue.id)
    return text === '' ? [] : [moved(worded(caption, text), line)]
  }

  const captions = script.captions.flatMap((caption): readonly Caption[] => {
    const [line, ...others] = saidBy.get(caption.id) ?? []
    const form = formOf.get(caption.id)
    if (form) {
      const kept = moved(sing(caption, form.line.sung ?? []), form.line)
      return form.form === 'translation' && !original ? replaced(caption, form.line) : [kept]
    }
    if (!line) return original || textOf(caption).trim() === '' || isEffect(caption) ? [caption] : []
    if (line.kind === 'note') return []
    if (line.kind === 'sign')
      return original ? [moved(worded(caption, line.text), line)] : replaced(caption, line)
    if (line.kind === 'song') {
      if (original) return [moved(sing(worded(caption, line.text), line.sung ?? []), line)]
      if (line.form === 'translation') return replaced(caption, line)
      const own = moved(sing(caption, line.sung ?? []), line)
      const translated = line.forms?.some(one => one.form === 'translation')
      return translated ? [own] : [own, ...made(line, { twin: caption.id })]
    }
    const cue = others.length === 0 ? alone(line) : undefined
    if (!cue) return [line, ...others].flatMap(one => made(one))
    told.add(cue.id)
    return [laid(caption, cue)]
  })
  const known = new Map(lines.map(line => [line.id, line]))
  const rest = cues.flatMap(cue => {
    const line = known.get(cue.lines[0] ?? '')
    return line && !told.has(cue.id) && (line.captions?.length ?? 0) === 0 ? [fresh(cue, line)] : []
  })
  return { ...script, language: shown.language, captions: [...captions, ...rest] }
}

/** Times are a person's where a person set them; else the script's own. */
const moved = (caption: Caption, { hand, start, end }: Line): Caption =>
  hand === 'human' ? { ...caption, start, end } : caption

/** The caption with other words: what both say alike keeps its tags and rows, and tags of the rest stay where it stood. */
export function worded(caption: Caption, text: string): Caption {
  const was = textOf(caption)
  const [old, now] = [lettersOf(was), lettersOf(text)]
  const most = Math.min(old.length, now.length)
  let [from, back] = [0, 0]
  while (from < most && old[from]?.letter === now[from]?.letter) from++
  if (from === old.length && from === now.length) return caption
  while (back < most - from && old.at(-1 - back)?.letter === now.at(-1 - back)?.letter) back++
  // Words are kept or changed whole: half of one in another colour is nobody's wish.
  while (from > 0 && isInWord(was, old[from]?.at ?? was.length)) from--
  while (back > 0 && isInWord(was, old.at(-back)?.at ?? 0)) back--
  const [begin, end] = [endOf(old, from), endOf(old, old.length - back)]
  const put = text.slice(endOf(now, from), endOf(now, now.length - back))
  return { ...caption, runs: splice(caption.runs, begin, Math.max(begin, end), put) }
}

/** Characters that are no space, and where they stand. */
const lettersOf = (text: string) =>
  [...text.matchAll(/[^\s\u00a0]/g)].map(({ 0: letter, index }) => ({ letter, at: index }))
const endOf = (letters: readonly { readonly at: number }[], count: number): number =>
  (letters[count - 1]?.at ?? -1) + 1
const isInWord = (text: string, at: number): boolean =>
  /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}'’]{2}$/u.test(text.slice(at - 1, at + 1))

/** What is said, in the rows of the house. */
function laid(caption: Caption, { text, start, end }: Cue): Caption {
  const said = worded(caption, text)
  return { ...(textOf(said) === text ? said : rebreak(said, text.split('\n'))), start, end }
}

/** The style most of what is said wears. */
function usualStyle({ captions }: Document): string {
  const counts = new Map<string, number>()
  for (const { kind, style = 'Default' } of captions)
    if (kind === 'dialogue') counts.set(style, (counts.get(style) ?? 0) + 1)
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['Default', 0] as const)[0]
}

function listed<T>(
  all: readonly T[],
  keys: (one: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const lists = new Map<string, T[]>()
  for (const one of all) for (const key of keys(one)) lists.set(key, [...(lists.get(key) ?? []), one])
  return lists
}
