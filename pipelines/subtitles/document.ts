/**
 * What every subtitle format is read into and written from: captions whose text is runs with marks. What a format says
 * and this model has no word for is kept beside it, under that format's name, and stands again when the same format
 * is written. Times are whole milliseconds; frames live at the edges of formats only. Everything is plain JSON.
 */
import type { Language, LineKind, Ms, Rate, Span } from '../terms.ts'

/** How a stretch of text looks and sounds. An absent mark is the format's own default. */
export type Marks = {
  readonly bold?: boolean
  readonly italic?: boolean
  readonly underline?: boolean
  readonly strike?: boolean
  /** `#rrggbb`, or `#rrggbbaa` with aa = 00 for what can't be seen. */
  readonly color?: string
  readonly background?: string
  readonly outline?: string
  readonly font?: string
  /** In the format's own unit: points of ASS, a percentage of TTML. */
  readonly size?: string
  /** A named style of the document, where it isn't the caption's own. */
  readonly style?: string
  readonly voice?: string
  readonly language?: Language
  readonly classes?: readonly string[]
  /** The reading that stands over these characters (under or left of them with `after`), and one on the other side. */
  readonly ruby?: { readonly text: string; readonly side?: 'after' | 'outside'; readonly other?: string }
  /** Emphasis dots (傍点), as TTML writes them: `filled dot`, `open sesame before` … */
  readonly emphasis?: string
  /** Characters set upright in one cell of vertical text (縦中横). */
  readonly upright?: boolean
  /** Slant in percent, Japanese italics being 16.67. */
  readonly shear?: number
  /** When it is sung, counted from the caption's start, and how the colour gets there (`\k`, `\kf`, `\ko`). */
  readonly sung?: { readonly start: Ms; readonly end: Ms; readonly how?: 'fill' | 'outline' }
}

/** `kept` is what the format wrote before this text and the model has no word for: ASS overrides, unknown tags. */
export type Run = { readonly text: string; readonly marks: Marks; readonly kept?: string }

/** Where it stands. Percentages of the picture; what is absent is the format's default (bottom, centred). */
export type Place = {
  readonly block?: 'top' | 'middle' | 'bottom'
  readonly inline?: 'left' | 'center' | 'right' | 'start' | 'end'
  /** Vertical text, and to which side its next column goes. */
  readonly vertical?: 'rl' | 'lr'
  readonly box?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  /** A point that the block hangs on by the corner or edge that `block` and `inline` name. */
  readonly point?: { readonly x: number; readonly y: number }
  readonly region?: string
}

/** Words a format said that we keep but don't understand, under keys like `ass.layer` or `vtt.settings`. */
export type Beside = Readonly<Record<string, string>>

/** What stands on the screen at one time. Row breaks are \n inside the runs. */
export type Caption = Span & {
  /** Of this document: stays the same however often times and text are edited. */
  readonly id: string
  readonly kind: LineKind
  readonly runs: readonly Run[]
  readonly speaker?: string
  readonly place?: Place
  /** The named style it wears. */
  readonly style?: string
  /** The number or name the file gave it. */
  readonly label?: string
  readonly layer?: number
  /** The caption of the same words in another form, in another track: romaji and kanji of a song. */
  readonly twin?: string
  /** Sung words somebody else holds the rights of: never machine-translated, never dubbed. */
  readonly rights?: string
  readonly beside?: Beside
}

export type Named = {
  readonly name: string
  readonly marks: Marks
  readonly place?: Place
  readonly beside?: Beside
}

/** A stretch of the file as it was read. `caption` is what it was read into: while that stands, it is written as it was. */
export type Part = {
  readonly raw: string
  readonly caption?: Caption
  /** More captions that were read out of the same stretch: they are written as it was while all of them stand. */
  readonly also?: readonly Caption[]
}

/** The file itself, so that what nobody edited is written as it came, to the byte. */
export type Origin = {
  readonly format: string
  readonly encoding: string
  readonly bom: boolean
  readonly newline: '\n' | '\r\n' | '\r'
  readonly parts: readonly Part[]
  /** Rows whose bytes are not what their text would be encoded as (damaged or doubly coded), as base64. */
  readonly odd?: readonly { readonly text: string; readonly bytes: string }[]
}

export type Document = {
  readonly captions: readonly Caption[]
  readonly language?: Language
  readonly title?: string
  readonly styles?: readonly Named[]
  readonly regions?: readonly Named[]
  readonly rate?: Rate
  /** What the file's own zero is on the clock its makers counted on: 10 h for a tape that starts at 10:00:00:00. */
  readonly offset?: Ms
  readonly beside?: Beside
  readonly origin?: Origin
}

export type Severity = 'note' | 'warning' | 'error'

/** Something in a file that is not as its format wants it. `line` and `column` count from 1; `did` is what was done. */
export type Diagnostic = {
  readonly code: string
  readonly severity: Severity
  readonly line: number
  readonly column: number
  readonly says: string
  readonly did: string
}

/** Reading never throws: whatever came, there is a document, and what was wrong with it. */
export type Reading = { readonly document: Document; readonly diagnostics: readonly Diagnostic[] }

export const plain: Marks = Object.freeze({})

/** The words alone, with their row breaks. */
export const textOf = (caption: Pick<Caption, 'runs'>): string =>
  caption.runs.length === 1 ? (caption.runs[0]?.text ?? '') : caption.runs.map(run => run.text).join('')

/** One run without marks, or none for no text. */
export const runsOf = (text: string, marks: Marks = plain): readonly Run[] =>
  text === '' ? [] : [{ text, marks }]

/** Joins neighbours that wear the same marks and keep nothing between them, and drops runs that say nothing. */
export function tidy(runs: readonly Run[]): readonly Run[] {
  if (runs.length === 1 && runs[0]?.text !== '') return runs
  const tidied: Run[] = []
  for (const run of runs) {
    const last = tidied.at(-1)
    if (run.text === '' && run.kept === undefined) continue
    // Two characters that are read alike wear a reading each; only pieces of one share theirs.
    const apart = last?.marks.ruby !== run.marks.ruby
    if (last && run.kept === undefined && !apart && sameMarks(last.marks, run.marks))
      tidied[tidied.length - 1] = { ...last, text: last.text + run.text }
    else tidied.push(run)
  }
  return tidied
}

export function sameMarks(a: Marks, b: Marks): boolean {
  return a === b || same(a, b)
}

/** Deep equality of plain JSON values; an absent property equals an undefined one. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]))
    )
  for (const key of Object.keys(a)) if (!same(own(a, key), own(b, key))) return false
  for (const key of Object.keys(b)) if (own(b, key) !== undefined && own(a, key) === undefined) return false
  return true
}
const own = (value: object, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key as keyof typeof value] : undefined

/** The document with one caption changed by `edit`; everything else stays the very same value. */
export const editCaption = (
  document: Document,
  id: string,
  edit: (caption: Caption) => Caption,
): Document => ({
  ...document,
  captions: document.captions.map(caption => (caption.id === id ? edit(caption) : caption)),
})
