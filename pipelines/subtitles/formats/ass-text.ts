import type { Ms } from '../../terms.ts'
import { type Marks, type Place, plain, type Run, same } from '../document.ts'
import { type AssTag, piecesOf } from './ass-tags.ts'
import { padOfLegacy, placeOfPad } from './place.ts'

export type Text = { readonly runs: readonly Run[]; readonly place?: Place }
/** `soft`: what `\n` is, a row break under wrap style 2 and a space under all others. `size` is the script's PlayRes. */
export type Frame = { readonly soft: '\n' | ' '; readonly size: { readonly x: number; readonly y: number } }

type State = { marks: Marks; sungTo: Ms; drawing: boolean; place: Place | undefined }
const fresh = (): State => ({ marks: plain, sungTo: 0, drawing: false, place: undefined })

/** Runs of a line's text: every run's `kept` is the override blocks before it, as written. Drawings are kept, not read. */
export function readText(text: string, length: Ms, frame: Frame): Text {
  if (text === '') return { runs: [] }
  if (!text.includes('{')) return { runs: [{ text: wordsOf(text, frame), marks: plain }] }
  const runs: Run[] = []
  const state = fresh()
  let kept = ''
  for (const piece of piecesOf(text)) {
    if (piece.type === 'block') {
      kept += piece.raw
      for (const tag of piece.tags) apply(state, tag, length, frame)
    } else if (state.drawing) kept += piece.raw
    else {
      const words = wordsOf(piece.raw, frame)
      runs.push(kept === '' ? { text: words, marks: state.marks } : { text: words, marks: state.marks, kept })
      kept = ''
    }
  }
  if (kept !== '') runs.push({ text: '', marks: state.marks, kept })
  return state.place ? { runs, place: state.place } : { runs }
}

/** What is written with a backslash: row breaks, a space that doesn't break, and (libass) braces. */
const wordsOf = (raw: string, { soft }: Frame): string =>
  raw.includes('\\') ? raw.replace(/\\([Nnh{}\u2060])/g, (_, char: string) => spelled[char] ?? soft) : raw
const spelled: Readonly<Record<string, string>> = { N: '\n', h: '\u00a0', '{': '{', '}': '}', '\u2060': '\\' }

/** Words as ASS spells them. A backslash that would spell something is kept from what follows by a joiner. */
const spell = (words: string): string =>
  words
    .replace(/\\(?=[Nnh{}\u2060\n\u00a0]|$)/g, '\\\u2060')
    .replace(/[{}\n\u00a0]/g, char => (char === '\n' ? '\\N' : char === '\u00a0' ? '\\h' : `\\${char}`))

/** Pieces of a text that are spelled otherwise than `spell` would, by their words. */
export function spellings(text: string, frame: Frame): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { type, raw } of piecesOf(text)) {
    const words = wordsOf(raw, frame)
    if (type === 'text' && spell(words) !== raw) found.set(words, raw)
  }
  return found
}

const flags: Readonly<Record<string, 'bold' | 'italic' | 'underline' | 'strike'>> = {
  b: 'bold',
  i: 'italic',
  u: 'underline',
  s: 'strike',
}
const colors: Readonly<Record<string, 'color' | 'outline' | 'background'>> = {
  c: 'color',
  '1c': 'color',
  '3c': 'outline',
  '4c': 'background',
}
const sweeps: Readonly<Record<string, 'fill' | 'outline' | 'jump'>> = {
  k: 'jump',
  K: 'fill',
  kf: 'fill',
  ko: 'outline',
}
const find = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined
/** Tags whose meaning is in a run's marks or a caption's place. */
const said = new Set([
  ...Object.keys(flags),
  ...Object.keys(colors),
  ...Object.keys(sweeps),
  'kt',
  'fn',
  'fs',
  'r',
  'an',
  'a',
  'pos',
  '',
])

/** Tags of a kept block that neither marks nor place say. */
export const unsaid = (kept: string): readonly string[] =>
  piecesOf(kept).flatMap(piece =>
    piece.type === 'block'
      ? piece.tags.filter(({ name }) => !said.has(name)).map(({ name }) => `\\${name}`)
      : ['drawing'],
  )

function apply(state: State, { name, value }: AssTag, length: Ms, { size }: Frame): void {
  const flag = find(flags, name)
  const color = find(colors, name)
  const sweep = find(sweeps, name)
  const mark = (change: Marks) => {
    state.marks = changed(state.marks, change)
  }
  if (flag) mark({ [flag]: readFlag(flag, value.trim()) })
  else if (color) mark({ [color]: readColor(value) })
  else if (sweep) {
    const start = Math.min(state.sungTo, length)
    state.sungTo += hundredths(value)
    const sung = { start, end: Math.min(state.sungTo, length) }
    mark({ sung: sweep === 'jump' ? sung : { ...sung, how: sweep } })
  } else if (name === 'kt') state.sungTo = hundredths(value)
  else if (name === 'fn')
    mark({ font: value.trim() === '' || value.trim() === '0' ? undefined : value.trim() })
  else if (name === 'fs') mark({ size: Number(value) > 0 && !/^[+-]/.test(value) ? value.trim() : undefined })
  else if (name === 'r') {
    const { sung } = state.marks
    state.marks = changed(plain, { sung, style: value.trim() || undefined })
  } else if (name === 'p') state.drawing = Number.parseInt(value, 10) > 0
  // Of several alignments the first counts, of several positions too.
  else if (name === 'an') state.place = { ...placeOfPad(Number(value)), ...state.place }
  else if (name === 'a') state.place = { ...placeOfPad(padOfLegacy(Number(value))), ...state.place }
  else if (name === 'pos' || name === 'move') {
    const [x = Number.NaN, y = Number.NaN] = value.slice(0, 200).replace(/[()]/g, '').split(',').map(Number)
    if (Number.isFinite(x) && Number.isFinite(y))
      state.place = { point: { x: (100 * x) / size.x, y: (100 * y) / size.y }, ...state.place }
  }
}
const hundredths = (value: string): Ms => Math.max(0, Math.round(Number.parseFloat(value) || 0)) * 10
/** `\b` takes weights too: 700 is bold, 400 is not. No value: as the style has it. */
function readFlag(flag: string, value: string): boolean | undefined {
  const number = Number.parseInt(value, 10)
  if (Number.isNaN(number)) return undefined
  return number === 1 || (flag === 'bold' && number >= 550)
}

function changed(marks: Marks, change: Marks): Marks {
  const entries = Object.entries({ ...marks, ...change }).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? plain : Object.fromEntries(entries)
}

/** `&HBBGGRR&`, or a decimal number in SSA. */
export function readColor(value: string): string | undefined {
  const hex = /&?H([0-9a-f]{1,8})/i.exec(value)?.[1]
  const number = hex === undefined ? Number.parseInt(value, 10) : Number.parseInt(hex, 16)
  if (!Number.isFinite(number)) return undefined
  const parts = [number & 255, (number >> 8) & 255, (number >> 16) & 255]
  return `#${parts.map(one => one.toString(16).padStart(2, '0')).join('')}`
}

export function printColor(color: string): string {
  const [, red = 'ff', green = 'ff', blue = 'ff'] =
    /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(color) ?? []
  return `&H${blue}${green}${red}&`.toUpperCase()
}

/** A line's text: what was kept stands as it was; what the marks say beyond that is said with tags of its own. */
export function printText(
  runs: readonly Run[],
  length: Ms,
  frame: Frame,
  spelled?: ReadonlyMap<string, string>,
): string {
  const state = fresh()
  let out = ''
  for (const { text, marks, kept } of runs) {
    if (kept !== undefined) {
      out += kept
      for (const piece of piecesOf(kept))
        if (piece.type === 'block') for (const tag of piece.tags) apply(state, tag, length, frame)
    }
    if (!same(state.marks, marks)) {
      const tags = difference(state, marks)
      if (tags !== '') out += `{${tags}}`
      state.marks = marks
      if (marks.sung) state.sungTo = marks.sung.end
    }
    out += spelled?.get(text) ?? spell(text)
  }
  return out
}

function difference({ marks: from, sungTo }: State, to: Marks): string {
  let tags = ''
  if (from.style !== to.style) {
    tags += `\\r${to.style?.replace(/[\\{}\r\n]/g, '') ?? ''}`
    from = changed(plain, { sung: from.sung, style: to.style })
  }
  for (const [letter, mark] of Object.entries(flags))
    if (from[mark] !== to[mark]) tags += `\\${letter}${to[mark] === undefined ? '' : to[mark] ? 1 : 0}`
  for (const name of ['c', '3c', '4c']) {
    const mark = colors[name] ?? 'color'
    const color = to[mark]
    if (from[mark] !== color) tags += `\\${name}${color === undefined ? '' : printColor(color)}`
  }
  if (from.font !== to.font) tags += `\\fn${to.font?.replace(/[\\{}\r\n]/g, '') ?? ''}`
  if (from.size !== to.size) tags += `\\fs${to.size === undefined ? '' : pointsOf(to.size) || ''}`
  if (to.sung && !same(from.sung, to.sung)) {
    const name = to.sung.how === 'fill' ? 'kf' : to.sung.how === 'outline' ? 'ko' : 'k'
    // A pause is a syllable of nothing, which every player knows; only back in time there is no way but \kt.
    const pause = Math.round(to.sung.start / 10) - Math.round(sungTo / 10)
    if (pause !== 0) tags += pause > 0 ? `\\k${pause}` : `\\kt${Math.round(to.sung.start / 10)}`
    tags += `\\${name}${Math.round(to.sung.end / 10) - Math.round(to.sung.start / 10)}`
  }
  return tags
}

/** The size our own Default style has; percentages of other formats count from it. */
export const usualPoints = 72
export const pointsOf = (size: string): number =>
  (Number.parseFloat(size) || 0) * (size.trim().endsWith('%') ? usualPoints / 100 : 1)
