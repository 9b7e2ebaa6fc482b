import type { Ms } from '../../terms.ts'
import { type Marks, type Place, plain, type Run, same } from '../document.ts'
import { type AssTag, piecesOf } from './ass-tags.ts'
import { placeOfPad } from './place.ts'

export type Text = { readonly runs: readonly Run[]; readonly place?: Place }
/** `soft`: what `\n` is, a row break under wrap style 2 and a space under all others. `size` is the script's PlayRes. */
export type Frame = { readonly soft: '\n' | ' '; readonly size: { readonly x: number; readonly y: number } }

type State = { marks: Marks; sungTo: Ms; drawing: boolean; place: Place | undefined }

/** Runs of a line's text: every run's `kept` is the override blocks before it, as written. */
export function readText(text: string, length: Ms, frame: Frame): Text {
  if (!text.includes('{')) return { runs: text === '' ? [] : [{ text: wordsOf(text, frame), marks: plain }] }
  const runs: Run[] = []
  const state: State = { marks: plain, sungTo: 0, drawing: false, place: undefined }
  let kept = ''
  for (const piece of piecesOf(text)) {
    if (piece.type === 'block') {
      kept += piece.raw
      for (const tag of piece.tags) apply(state, tag, length, frame)
    } else if (state.drawing) kept += piece.raw
    else {
      runs.push({ text: wordsOf(piece.raw, frame), marks: state.marks, ...(kept !== '' && { kept }) })
      kept = ''
    }
  }
  if (kept !== '') runs.push({ text: '', marks: state.marks, kept })
  return { runs, ...(state.place && { place: state.place }) }
}

const wordsOf = (raw: string, { soft }: Frame): string =>
  raw.includes('\\') ? raw.replaceAll('\\N', '\n').replaceAll('\\n', soft).replaceAll('\\h', '\u00a0') : raw

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

function apply(state: State, { name, value }: AssTag, length: Ms, { size }: Frame): void {
  const flag = find(flags, name)
  const color = find(colors, name)
  const sweep = find(sweeps, name)
  const mark = (change: Marks) => {
    state.marks = changed(state.marks, change)
  }
  if (flag)
    mark({
      [flag]:
        value.trim() === ''
          ? undefined
          : name === 'b'
            ? Number(value) === 1 || Number(value) >= 550
            : Number(value) === 1,
    })
  else if (color) mark({ [color]: readColor(value) })
  else if (sweep) {
    const start = Math.min(state.sungTo, length)
    state.sungTo += Math.max(0, Math.round(Number.parseFloat(value) || 0)) * 10
    const sung = { start, end: Math.min(state.sungTo, length) }
    mark({ sung: sweep === 'jump' ? sung : { ...sung, how: sweep } })
  } else if (name === 'kt') state.sungTo = Math.max(0, Math.round(Number.parseFloat(value) || 0)) * 10
  else if (name === 'fn')
    mark({ font: value.trim() === '' || value.trim() === '0' ? undefined : value.trim() })
  else if (name === 'fs') mark({ size: Number(value) > 0 ? value.trim() : undefined })
  else if (name === 'r') state.marks = state.marks.sung ? { sung: state.marks.sung } : plain
  else if (name === 'p') state.drawing = Number.parseInt(value, 10) > 0
  // Of several alignments the first counts, of several positions too.
  else if (name === 'an') state.place = { ...placeOfPad(Number(value)), ...state.place }
  else if (name === 'a') state.place = { ...placeOfPad(padOfLegacy(Number(value))), ...state.place }
  else if (name === 'pos' || name === 'move') {
    const [x, y] = value.replace(/[()]/g, '').split(',').map(Number)
    if (x !== undefined && y !== undefined && Number.isFinite(x) && Number.isFinite(y))
      state.place = { point: { x: (100 * x) / size.x, y: (100 * y) / size.y }, ...state.place }
  }
}

/** SSA's `\a`: 1–3 bottom, 5–7 top, 9–11 middle. */
export const padOfLegacy = (value: number): number =>
  value >= 9 ? value - 5 : value >= 5 ? value + 2 : value

function changed(marks: Marks, change: Marks): Marks {
  const entries = Object.entries({ ...marks, ...change }).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? plain : Object.fromEntries(entries)
}

/** `&HBBGGRR&`, or a decimal number in SSA. */
export function readColor(value: string): string | undefined {
  const hex = /&?H([0-9a-f]{1,8})/i.exec(value)?.[1]
  const number = hex !== undefined ? Number.parseInt(hex, 16) : Number.parseInt(value, 10)
  if (!Number.isFinite(number)) return undefined
  const [blue, green, red] = [(number >> 16) & 255, (number >> 8) & 255, number & 255]
  return `#${[red, green, blue].map(one => one.toString(16).padStart(2, '0')).join('')}`
}

export function printColor(color: string): string {
  const [, red = 'ff', green = 'ff', blue = 'ff'] = /^#(..)(..)(..)/.exec(color) ?? []
  return `&H${blue}${green}${red}&`.toUpperCase()
}

/** A line's text: what was kept stands as it was; what the marks say beyond that is said with tags of its own. */
export function printText(runs: readonly Run[], length: Ms, frame: Frame): string {
  const state: State = { marks: plain, sungTo: 0, drawing: false, place: undefined }
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
    out += text
      .replace(/[\\{}]/g, armour)
      .replaceAll('\n', '\\N')
      .replaceAll('\u00a0', '\\h')
  }
  return out
}
/** ASS can't write these as themselves: they are written as the full-width characters that look like them. */
const armour = (char: string): string => ({ '\\': '＼', '{': '｛', '}': '｝' })[char] ?? char

function difference({ marks: from, sungTo }: State, to: Marks): string {
  let tags = ''
  for (const [letter, mark] of Object.entries(flags))
    if (from[mark] !== to[mark]) tags += `\\${letter}${to[mark] === undefined ? '' : to[mark] ? 1 : 0}`
  for (const [name, mark] of [
    ['c', 'color'],
    ['3c', 'outline'],
    ['4c', 'background'],
  ] as const)
    if (from[mark] !== to[mark]) tags += `\\${name}${to[mark] === undefined ? '' : printColor(to[mark])}`
  if (from.font !== to.font) tags += `\\fn${to.font?.replace(/[\\{}\r\n]/g, '') ?? ''}`
  if (from.size !== to.size) tags += `\\fs${to.size === undefined ? '' : Number.parseFloat(to.size) || ''}`
  if (to.sung && !same(from.sung, to.sung)) {
    const tag = to.sung.how === 'fill' ? 'kf' : to.sung.how === 'outline' ? 'ko' : 'k'
    if (to.sung.start !== sungTo) tags += `\\kt${Math.round(to.sung.start / 10)}`
    tags += `\\${tag}${Math.round(to.sung.end / 10) - Math.round(to.sung.start / 10)}`
  }
  return tags
}
