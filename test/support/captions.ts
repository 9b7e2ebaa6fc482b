import fc from 'fast-check'
import type { Caption, Document, Marks, Place } from '../../pipelines/subtitles/document.ts'
import { tidy } from '../../pipelines/subtitles/document.ts'
import { snap } from '../../pipelines/subtitles/frames.ts'
import type { LineKind, Rate } from '../../pipelines/terms.ts'

/** What of the model a format can say, so that documents are made which must come through it whole. */
export type Speech = {
  readonly marks: readonly (keyof Marks)[]
  readonly places: readonly Place[]
  /** Times fall on multiples of this many milliseconds. */
  readonly grain: number
  readonly words: readonly string[]
  /** Points of a script where it doesn't say otherwise. */
  readonly sizes?: readonly string[]
  readonly speakers?: boolean
  readonly rows?: boolean
  /** A song's format knows no other kind. */
  readonly kind?: LineKind
  /** No two captions stand at one time. */
  readonly apart?: boolean
  /** Captions come one after the other on whole frames, with so much time between that each can be sent. */
  readonly sent?: { readonly rate: Rate; readonly room: number }
}

const values: { readonly [Name in keyof Marks]-?: fc.Arbitrary<NonNullable<Marks[Name]>> } = {
  bold: fc.constant(true),
  italic: fc.constant(true),
  underline: fc.constant(true),
  strike: fc.constant(true),
  color: fc.constantFrom('#ff0000', '#12ab9f', '#ffff00'),
  background: fc.constantFrom('#000000', '#102030'),
  outline: fc.constantFrom('#000000', '#405060'),
  font: fc.constantFrom('Noto Sans', 'MS ゴシック'),
  size: fc.constantFrom('24', '72'),
  style: fc.constantFrom('Default', 'Sign'),
  voice: fc.constantFrom('ハル', 'Tome & Co', 'x<y'),
  language: fc.constantFrom('ja', 'es-419'),
  classes: fc.constantFrom(['a'], ['one', 'two']),
  ruby: fc.constantFrom({ text: 'かんじ' }, { text: 'a&b' }),
  emphasis: fc.constantFrom('filled dot', 'open sesame'),
  upright: fc.constant(true),
  shear: fc.constantFrom(16.67),
  sung: fc.constantFrom({ start: 0, end: 300 }),
}

/** Words that have tripped readers of one format or another. */
export const trickyWords = [
  'Hello',
  'there',
  'NOTE this',
  'STYLE',
  'WEBVTT',
  '7',
  '007',
  '1:2',
  '-',
  '- A',
  '灯り坂の上まで',
  'a<b',
  '5 > 4',
  'AT&T',
  '&amp;',
  '{note}',
  'C:\\New',
  '\\h',
  '[Events]',
  'Dialogue: 0',
  ';x',
  '👩‍👩‍👧‍👦',
  'שלום',
  'é',
  '…',
  '"quoted"',
  ' ',
  '  ',
  'x\u00a0y',
  'la ♪',
  '00:00',
  ']]>',
  '<!--',
  '?>',
]

const plainly = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T

function marksOf({ marks: names, sizes }: Speech): fc.Arbitrary<Marks> {
  const known = { ...values, ...(sizes && { size: fc.constantFrom(...sizes) }) }
  const shape = Object.fromEntries(
    names.map(name => [name, fc.option<unknown, undefined>(known[name], { nil: undefined, freq: 3 })]),
  )
  return fc.record(shape).map(marks => plainly(marks))
}

export function captionsThrough(speech: Speech): fc.Arbitrary<Document> {
  const word = fc.constantFrom(...speech.words)
  const row = fc
    .array(word, { minLength: 1, maxLength: 4 })
    .map(words => words.join(' '))
    .filter(row => row.trim() !== '')
  const text =
    speech.rows === false
      ? row
      : fc
          .array(fc.oneof({ weight: 9, arbitrary: row }, fc.constant('')), { minLength: 1, maxLength: 3 })
          .map(rows => rows.join('\n'))
  const run = fc.record({ text, marks: marksOf(speech) })
  const caption = fc.record({
    start: fc.nat(40_000_000).map(at => Math.floor(at / speech.grain) * speech.grain),
    length: fc.integer({ min: 1, max: 900 }).map(length => length * speech.grain),
    runs: fc.array(run, { minLength: 1, maxLength: 3 }).map(tidy),
    place: fc.option(fc.constantFrom(...speech.places), { nil: undefined }),
    speaker: speech.speakers
      ? fc.option(fc.constantFrom('Haru', 'トメ'), { nil: undefined })
      : fc.constant(undefined),
  })
  const { sent } = speech
  // What says nothing is never on a screen.
  const seen = caption.filter(({ runs }) => runs.some(({ text }) => text.trim() !== ''))
  if (sent)
    return fc.array(seen, { maxLength: 8 }).map(captions => ({
      captions: captions.map(({ start, length, ...one }, i): Caption => {
        const from = (i + 1) * sent.room + (start % (sent.room / 4))
        const [at, end] = [from, from + (length % (sent.room / 4)) + 100].map(ms => snap(ms, sent.rate))
        return plainly({ ...one, id: String(i + 1), start: at ?? 0, end: end ?? 0, kind: 'dialogue' })
      }),
    }))
  return fc.array(caption, { maxLength: 8 }).map(captions => ({
    captions: captions
      .toSorted((a, b) => a.start - b.start)
      .filter((one, i, all) => speech.apart !== true || one.start !== all[i - 1]?.start)
      .map(({ length, ...one }, i, all): Caption => {
        const room = speech.apart ? (all[i + 1]?.start ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY
        const end = Math.min(one.start + length, room)
        return plainly({ ...one, id: String(i + 1), end, kind: speech.kind ?? 'dialogue' })
      }),
  }))
}
