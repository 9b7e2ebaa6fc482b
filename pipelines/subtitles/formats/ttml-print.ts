/** Paragraphs of TTML, and what stands around them in a new file. */
import type { Ms } from '../../terms.ts'
import {
  type Caption,
  type Document,
  type Marks,
  type Part,
  type Place,
  type Run,
  same,
} from '../document.ts'
import { frameAt } from '../frames.ts'
import { attributesBeside } from './ttml-beside.ts'
import type { Dialect } from './ttml-dialects.ts'
import { isLength } from './ttml-lengths.ts'
import { safeArea } from './ttml-place.ts'
import { escapeAttribute, escapeText } from './xml-text.ts'

/** How tags are written: prefixes of a file that is there already, times as its clock counts. */
export type Hand = {
  readonly tag: string
  readonly styling: string
  readonly time: (at: Ms) => string
  readonly styleOf?: (marks: Marks) => string | undefined
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')
export function clockTime(at: Ms): string {
  const ms = Math.max(0, Math.round(at))
  return `${pad(Math.floor(ms / 3_600_000))}:${pad(Math.floor(ms / 60_000) % 60)}:${pad(Math.floor(ms / 1000) % 60)}.${pad(ms % 1000, 3)}`
}
/** Frames as time codes count them, none dropped. */
export function frameTime(at: Ms, rate: NonNullable<Document['rate']>): string {
  const counted = Math.ceil(rate.num / rate.den)
  const frames = Math.max(0, frameAt(at, rate))
  const seconds = Math.floor(frames / counted)
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}:${pad(frames % counted)}`
}

/** Styling attributes of marks, without their prefix. Ruby is made of elements. */
export function attributesOf(marks: Marks): readonly (readonly [name: string, value: string])[] {
  const decoration = [marks.underline ? 'underline' : '', marks.strike ? 'lineThrough' : '']
    .filter(one => one !== '')
    .join(' ')
  const attributes: (readonly [string, string | undefined])[] = [
    ['color', marks.color],
    ['backgroundColor', marks.background],
    ['fontStyle', marks.italic ? 'italic' : undefined],
    ['fontWeight', marks.bold ? 'bold' : undefined],
    ['textDecoration', decoration === '' ? undefined : decoration],
    ['fontFamily', marks.font],
    // Points of a script whose height nobody told are no length here.
    ['fontSize', marks.size !== undefined && isLength(marks.size) ? marks.size : undefined],
    ['textOutline', marks.outline === undefined ? undefined : `${marks.outline} 5%`],
    ['textEmphasis', marks.emphasis],
    ['textCombine', marks.upright ? 'all' : undefined],
    ['fontShear', marks.shear === undefined ? undefined : `${marks.shear}%`],
  ]
  return attributes.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}

export function printRuns(
  runs: readonly Run[],
  hand: Hand,
  dialect: Dialect,
  agents: ReadonlyMap<string, string>,
): string {
  const { tag, styling, styleOf } = hand
  const words = (text: string) => escapeText(text).replaceAll('\n', `<${tag}br/>`)
  return runs
    .map(({ text, marks }) => {
      const spoken = marks.language === undefined ? '' : ` xml:lang="${escapeAttribute(marks.language)}"`
      const agent = marks.voice === undefined ? undefined : agents.get(marks.voice)
      const said = allowed(marks, dialect)
      const named = styleOf?.(said)
      const look = styleOf
        ? named === undefined
          ? ''
          : ` style="${escapeAttribute(named)}"`
        : attributesOf(said)
            .map(([name, value]) => ` ${styling}:${name}="${escapeAttribute(value)}"`)
            .join('')
      const attributes = look + spoken + (agent === undefined ? '' : ` ttm:agent="${agent}"`)
      const inside =
        marks.ruby && dialect.marks.includes('ruby') ? ruby(words(text), marks.ruby, hand) : words(text)
      return attributes === '' ? inside : `<${tag}span${attributes}>${inside}</${tag}span>`
    })
    .join('')
}
const allowed = (marks: Marks, dialect: Dialect): Marks =>
  Object.fromEntries(Object.entries(marks).filter(([name]) => dialect.marks.some(one => one === name)))

function ruby(
  base: string,
  { text, side, other }: NonNullable<Marks['ruby']>,
  { tag, styling }: Hand,
): string {
  const span = (kind: string, inside: string, position?: string) =>
    `<${tag}span ${styling}:ruby="${kind}"${position === undefined ? '' : ` ${styling}:rubyPosition="${position}"`}>${inside}</${tag}span>`
  const reading = (words: string) => span('text', escapeText(words))
  if (other === undefined) return span('container', span('base', base) + span('text', escapeText(text), side))
  return span(
    'container',
    span('baseContainer', span('base', base)) +
      span('textContainer', reading(text), side ?? 'before') +
      span('textContainer', reading(other), 'after'),
  )
}

const roles: Partial<Record<Caption['kind'], string>> = {
  song: 'lyrics',
  narration: 'narration',
  sign: 'x-sign',
  note: 'x-note',
}

/** A paragraph of a new file. */
export function printParagraph(
  caption: Caption,
  index: number,
  hand: Hand,
  dialect: Dialect,
  region: string | undefined,
  agents: ReadonlyMap<string, string>,
): string {
  const { start, end, kind, label, speaker } = caption
  const id =
    label !== undefined && /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(label)
      ? label
      : dialect.ids
        ? `sub${index + 1}`
        : undefined
  const role = dialect.roles ? roles[kind] : undefined
  const agent = agents.get(speaker ?? '')
  // IMSC 1.1 slants whole paragraphs alone; renderers pass over what slants some of their words.
  const [slant, ...others] = new Set(caption.runs.map(({ marks }) => marks.shear))
  const whole = slant !== undefined && others.length === 0 && dialect.marks.includes('shear')
  const runs = whole
    ? caption.runs.map(run => ({ ...run, marks: { ...run.marks, shear: undefined } }))
    : caption.runs
  const attributes = [
    id === undefined ? '' : ` xml:id="${id}"`,
    ` begin="${hand.time(start)}" end="${hand.time(end)}"`,
    region === undefined ? '' : ` region="${escapeAttribute(region)}"`,
    role === undefined ? '' : ` ttm:role="${role}"`,
    agent === undefined ? '' : ` ttm:agent="${agent}"`,
    attributesBeside(caption.beside, 'p', dialect.beside),
    whole ? ` ${hand.styling}:shear="${slant}%"` : '',
    kind === 'sign' && dialect.forced ? ' itts:forcedDisplay="true"' : '',
  ].join('')
  return `<${hand.tag}p${attributes}>${printRuns(runs, hand, dialect, agents)}</${hand.tag}p>`
}

/** A paragraph again: its opening tag with other times where they are others, its words between the tags they had. */
export function printEdited(
  caption: Caption,
  was: Part & { readonly caption: Caption },
  hand: Hand,
  dialect: Dialect,
): string {
  const open = /^<[^>]*>/.exec(was.raw)?.[0] ?? ''
  const empty = open.endsWith('/>')
  const base = Number(caption.beside?.['ttml.base'] ?? 0) * 1000
  const moved = caption.start !== was.caption.start || caption.end !== was.caption.end
  const bare = moved ? open.replace(/\s+(?:begin|end|dur)\s*=\s*(?:"[^"]*"|'[^']*')/g, '') : open
  const times = moved
    ? ` begin="${hand.time(caption.start - base)}" end="${hand.time(caption.end - base)}"`
    : ''
  const tag = bare.replace(/\s*\/?>$/, '') + times
  if (same(caption.runs, was.caption.runs)) return empty ? `${tag}/>` : `${tag}>${was.raw.slice(open.length)}`
  return `${tag}>${inner(caption, was.caption, hand, dialect)}</${hand.tag}p>`
}

/** Words between the tags they had, while only words changed; else with tags of our own. */
function inner({ runs }: Caption, { runs: before }: Caption, hand: Hand, dialect: Dialect): string {
  const alike =
    runs.length === before.length &&
    runs.every((run, i) => run.kept === before[i]?.kept && same(run.marks, before[i]?.marks))
  if (!alike) return printRuns(runs, hand, dialect, new Map())
  return runs
    .map(({ text, kept = '' }) => kept + escapeText(text).replaceAll('\n', `<${hand.tag}br/>`))
    .join('')
}

const displays = { top: 'before', middle: 'center', bottom: 'after' } as const

/** A region for a place: its box, or the safe area. */
export function printRegion(
  { name, place, beside }: { readonly name: string; readonly place: Place; readonly beside: string },
  dialect: Dialect,
  language: string,
): string {
  const { block = 'bottom', inline = 'center', vertical, box = safeArea } = place
  const attributes = [
    ['origin', `${box.x}% ${box.y}%`],
    ['extent', `${box.width}% ${box.height}%`],
    ['displayAlign', displays[block]],
    ['textAlign', inline],
    ...(vertical ? [['writingMode', vertical === 'rl' ? 'tbrl' : 'tblr']] : []),
    ['overflow', 'visible'],
  ]
  // Rows of a caption begin under each other, the caption is centred: Netflix's Japanese wants it so.
  const rows =
    dialect.name === 'imsc' && /^ja\b/i.test(language) && inline === 'center'
      ? ' ebutts:multiRowAlign="start"'
      : ''
  return `<region xml:id="${escapeAttribute(name)}"${attributes.map(([key, value]) => ` tts:${key}="${value}"`).join('')}${rows}${beside}/>`
}
