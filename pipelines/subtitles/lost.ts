/** What of one document is not in another: what a conversion lost, found by reading what was written. */
import { type Beside, type Caption, type Document, type Marks, same, textOf } from './document.ts'
import type { Format } from './formats/format.ts'

/** `captions` are the ids of those it is about; none when it is about the whole document. */
export type Loss = { readonly what: string; readonly captions: readonly string[] }

/** How each mark, place and word of a caption is called when it is lost. */
const calls: Readonly<Record<string, string>> = {
  start: 'time',
  end: 'time',
  sung: 'syllable times',
  upright: 'upright characters',
  inline: 'alignment',
  block: 'position',
  point: 'exact position',
  box: 'exact position',
  vertical: 'vertical text',
  label: 'name',
  size: 'text size',
}
const callOf = (name: string): string => (Object.hasOwn(calls, name) ? (calls[name] ?? name) : name)

const ofCaption = ['start', 'end', 'kind', 'speaker', 'style', 'label', 'layer', 'twin', 'rights'] as const
const ofDocument = ['language', 'title', 'rate', 'offset'] as const

/** Captions are compared in their order, characters one by one. `from` is the format `before` was read from. */
export function lost(before: Document, after: Document, from?: Format): readonly Loss[] {
  const losses = new Map<string, Set<string>>()
  const lose = (what: string, id?: string) => {
    const ids = losses.get(what) ?? new Set<string>()
    if (id !== undefined) ids.add(id)
    losses.set(what, ids)
  }
  const aligned = before.captions.length === after.captions.length
  if (!aligned) lose('captions')
  before.captions.forEach((caption, i) => {
    const twin = after.captions[i]
    const gone = twin ? lostOf(caption, twin, from) : ['caption']
    for (const what of gone) lose(what, caption.id)
  })
  for (const name of ofDocument)
    if (before[name] !== undefined && !same(before[name], after[name])) lose(callOf(name))
  for (const list of ['styles', 'regions'] as const) {
    const kept = new Set(after[list]?.map(({ name }) => name))
    for (const { name } of before[list] ?? []) if (!kept.has(name)) lose(`${list.slice(0, -1)} ${name}`)
  }
  for (const what of lostBeside(before.beside, after.beside, from)) lose(what)
  return [...losses].map(([what, ids]) => ({ what, captions: [...ids] }))
}

function lostOf(before: Caption, after: Caption, from?: Format): Set<string> {
  const names = new Set<string>()
  for (const name of ofCaption)
    if (before[name] !== undefined && before[name] !== after[name]) names.add(callOf(name))
  if (textOf(before) === textOf(after)) for (const name of lostMarks(before, after)) names.add(callOf(name))
  else names.add('text')
  const { place = {} } = before
  for (const [name, value] of Object.entries(place))
    if (!same(value, usualPlace(name, after))) names.add(callOf(name))
  const kept = new Set(after.runs.map(run => run.kept))
  for (const run of before.runs)
    if (run.kept !== undefined && !kept.has(run.kept))
      for (const what of from?.unsaid?.(run.kept) ?? []) names.add(what)
  for (const what of lostBeside(before.beside, after.beside, from)) names.add(what)
  return names
}

/** A file of ours may hold any key, `constructor` too. */
function lostBeside(before: Beside = {}, after: Beside = {}, from?: Format): readonly string[] {
  const besides = new Map(Object.entries(from?.besides ?? {}))
  const kept = new Map(Object.entries(after))
  return Object.entries(before).flatMap(([key, value]) =>
    kept.get(key) === value ? [] : (besides.get(key) ?? []),
  )
}

/** What isn't said is bottom and centred. */
function usualPlace(name: string, { place = {} }: Caption): unknown {
  const value = Object.entries(place).find(([own]) => own === name)?.[1]
  return value ?? (name === 'block' ? 'bottom' : name === 'inline' ? 'center' : undefined)
}

/** Both texts are the same: their marks are walked side by side. */
function lostMarks({ runs: a }: Caption, { runs: b }: Caption): Set<string> {
  const names = new Set<string>()
  for (let i = 0, j = 0, left = 0, right = 0; i < a.length && j < b.length; ) {
    const [one, other] = [a[i], b[j]]
    if (!one || !other) break
    const [endLeft, endRight] = [left + one.text.length, right + other.text.length]
    // How a space looks, nobody sees.
    const shared = one.text.slice(Math.max(left, right) - left, Math.min(endLeft, endRight) - left)
    if (shared.trim() !== '') for (const name of differences(one.marks, other.marks)) names.add(name)
    if (endLeft <= endRight) [i, left] = [i + 1, endLeft]
    if (endRight <= endLeft) [j, right] = [j + 1, endRight]
  }
  return names
}
const differences = (before: Marks, after: Marks): readonly string[] =>
  Object.entries(before).flatMap(([name, value]) =>
    value === undefined ||
    value === false ||
    same(value, Object.entries(after).find(([own]) => own === name)?.[1])
      ? []
      : [name],
  )
