import { Problem } from '../problem.ts'
import { type Hint, splitRuby } from '../reading/ruby.ts'
import type { LineKind, Ms } from '../terms.ts'
import { remember } from './script-readings.ts'
import { decodeScript } from './script-text.ts'

/** One entry of a script. `text` is what is spoken (or written, or noted); `hints` say how its kanji are read. */
export type ScriptLine = {
  readonly row: number
  readonly kind: LineKind
  readonly speaker?: string
  readonly text: string
  readonly hints: readonly Hint[]
  /** As written before it: exact for signs and notes, a hint for what is spoken. */
  readonly start?: Ms
  readonly end?: Ms
}

/** More than any episode's script, less than what would fill memory. */
const limits = { bytes: 4_000_000, lines: 20_000, characters: 2000, row: 5000, name: 40 } as const

const narrators = /^(ナレーション|ナレーター|語り|narrator|narration)$/i
const name = '([^「」：:【】♪（()）]{1,60}?)'
const direction = '(?:[（(][^）)]*[）)])?'
const time = '(?:(\\d{1,2}):)?(\\d{1,3}):(\\d{1,2}(?:[.,]\\d{1,3})?)'
const timed = new RegExp(`^[[［]\\s*${time}(?:\\s*[-–~〜～]\\s*${time})?\\s*[\\]］]\\s*`)

type Entry = Pick<ScriptLine, 'kind' | 'speaker'> & { readonly words: string; readonly open?: boolean }
type Shape = readonly [
  says: string,
  looks: RegExp,
  entry: (match: RegExpExecArray, last?: string) => Entry | undefined,
]

/** What a row can be, tried in this order. An entry of nothing is a row that is for people only. */
const shapes: readonly Shape[] = [
  ['a comment', /^[#＃]/, () => undefined],
  ['a scene heading', /^[○〇◯]/, () => undefined],
  ['writing in the picture', /^【[^】]*】(.*)$/s, ([, words = '']) => ({ kind: 'sign', words })],
  [
    'a stage direction',
    /^[\s　](.*)$/s,
    ([, words = '']) => ({ kind: 'note', words: words.replace(/^[（(](.*)[）)]$/s, '$1') }),
  ],
  ['a stage direction', /^[（(]([^）)]*)[）)]$/s, ([, words = '']) => ({ kind: 'note', words })],
  ['a song', /^♪(.*)♪?$/s, ([, words = '']) => ({ kind: 'song', words })],
  [
    'a name with words in 「」',
    new RegExp(`^${name}\\s*${direction}\\s*「(.*)$`, 's'),
    ([, speaker = '', words = '']) => spoken(speaker, words, true),
  ],
  [
    'a name, a colon and words',
    new RegExp(`^${name}\\s*${direction}\\s*[：:]\\s*(.*)$`, 's'),
    ([, speaker = '', words = '']) => spoken(speaker, words.replace(/^「([^「」]*)」$/s, '$1'), false),
  ],
  ['words of whoever spoke last', /^「(.*)$/s, ([, words = ''], last) => spoken(last ?? '', words, true)],
]

function spoken(speaker: string, words: string, open: boolean): Entry {
  const kind = /^\s*♪.*♪\s*」?\s*$/s.test(words)
    ? 'song'
    : narrators.test(speaker.trim())
      ? 'narration'
      : 'dialogue'
  return { kind, speaker: speaker.trim(), words, open }
}

/**
 * Reads a script as samples/README.md describes it. `file` is what it is called in a Problem `script-unreadable`, which
 * names the row.
 */
export function readScript(bytes: Uint8Array, file: string): readonly ScriptLine[] {
  const fail = (line: number, reason: string): never => {
    throw new Problem('script-unreadable', { file, line, reason })
  }
  if (bytes.length > limits.bytes) fail(1, `it is larger than ${limits.bytes / 1e6} MB`)
  const text = decodeScript(bytes)
  if (text === undefined) return fail(1, 'it is neither UTF-8 nor Shift_JIS nor EUC-JP')
  const rows = text.normalize('NFC').split(/\r\n|\r|\n/)
  const lines: ScriptLine[] = []
  const readings = remember()
  let last: string | undefined
  for (let at = 0; at < rows.length; at++) {
    const row = at + 1
    const { times, rest } = splitTime(rows[at] ?? '', reason => fail(row, reason))
    if (rest.trim() === '') continue
    if (rest.length > limits.row) fail(row, `it is longer than ${limits.row} characters`)
    const entry = recognise(rest, last)
    if (entry === 'unknown')
      return fail(row, 'it is no name with words, no sign, no song and no direction, nor a comment or scene')
    if (!entry) continue
    let words = entry.words
    if (entry.open) {
      for (; !closed(words); at++) {
        if (at + 1 >= rows.length || words.length > limits.characters) fail(row, 'its 「 is never closed')
        words = joined(words, rows[at + 1] ?? '')
      }
      const end = quoteEnd(words)
      if (/[^\s　]/.test(withoutDirections(words.slice(end + 1)))) fail(row, 'there are words after its 」')
      words = words.slice(0, end)
    }
    if (entry.speaker === '') fail(row, 'nobody has spoken before it')
    if ((entry.speaker?.length ?? 0) > limits.name)
      fail(row, `its name is longer than ${limits.name} characters`)
    last = entry.speaker ?? last
    const line = { row, ...content(entry, words), ...times }
    // A row of nothing but signs, a lone ♪ say, holds no words.
    if (line.text === '') continue
    if (line.text.length > limits.characters) fail(row, `it is longer than ${limits.characters} characters`)
    lines.push(line)
    if (lines.length > limits.lines) fail(row, `it has more than ${limits.lines} lines`)
  }
  if (!lines.some(line => isSpoken(line.kind))) fail(1, 'nothing in it is spoken')
  return lines.map(line => ({ ...line, hints: isSpoken(line.kind) ? readings(line.text, line.hints) : [] }))
}

/** What can be heard: signs are seen, notes are for people. */
export const isSpoken = (kind: LineKind): boolean => kind !== 'sign' && kind !== 'note'

function recognise(text: string, last: string | undefined): Entry | undefined | 'unknown' {
  for (const [, looks, entry] of shapes) {
    const match = looks.exec(text)
    if (match) return entry(match, last)
  }
  return 'unknown'
}

/** A line's own words. What holds nothing but a direction is a note. */
function content({ kind, speaker }: Entry, words: string): Omit<ScriptLine, 'row'> {
  const said = kind === 'note' ? words : withoutDirections(words)
  const { plain, hints } = splitRuby(said.replace(/♪/g, ' '))
  const text = plain.trim()
  if (text === '') return { kind: 'note', text: words.replace(/[（()）♪]/g, ' ').trim(), hints: [] }
  const lead = plain.length - plain.trimStart().length
  const moved = hints.map(hint => ({ ...hint, at: hint.at - lead })).filter(hint => hint.at >= 0)
  return { kind, ...(speaker && { speaker }), text, hints: moved }
}

function withoutDirections(words: string): string {
  let before = ''
  let left = words
  while (left !== before) {
    before = left
    left = left.replace(/[（(][^（()）]*[）)]/g, '')
  }
  return left
}

/** Where the quote that stands open before the words is closed, or −1. A 「 inside opens another. */
function quoteEnd(words: string): number {
  let depth = 1
  for (let at = 0; at < words.length; at++) {
    if (words[at] === '「') depth++
    else if (words[at] === '」' && --depth === 0) return at
  }
  return -1
}
const closed = (words: string) => quoteEnd(words) >= 0

/** A break between rows is a space in Latin scripts and nothing in Japanese. */
function joined(words: string, next: string): string {
  const [head, tail] = [words.trimEnd(), next.trim()]
  const dense = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー、。！？…「」『』）》]/u
  return head === '' || dense.test(head.at(-1) ?? '') || dense.test(tail[0] ?? '')
    ? head + tail
    : `${head} ${tail}`
}

function splitTime(row: string, fail: (reason: string) => never) {
  const match = timed.exec(row)
  if (!match) return { times: {}, rest: row }
  const [, h1, m1, s1, h2, m2, s2] = match
  const ms = (h: string | undefined, m = '0', s = '0') => {
    const seconds = Number(s.replace(',', '.'))
    if (seconds >= 60 || (h !== undefined && Number(m) >= 60)) fail('its time is no time')
    return Math.round((Number(h ?? 0) * 3600 + Number(m) * 60 + seconds) * 1000)
  }
  const start = ms(h1, m1, s1)
  const end = m2 === undefined ? undefined : ms(h2, m2, s2)
  if (end !== undefined && end <= start) fail('its time ends before it begins')
  return { times: end === undefined ? { start } : { start, end }, rest: row.slice(match[0].length) }
}
