/** Breaks files in every way we can think of, reads them with every reader, and holds what comes out against what must be so. */
import type { Caption, Document } from '../../pipelines/subtitles/document.ts'
import { formats } from '../../pipelines/subtitles/formats/all.ts'
import type { Format } from '../../pipelines/subtitles/formats/format.ts'
import { readSubtitles } from '../../pipelines/subtitles/read.ts'
import { writeSubtitles } from '../../pipelines/subtitles/write.ts'

export type Sample = { readonly format: Format; readonly bytes: Buffer }
export type Failure = {
  readonly format: string
  readonly seed: number
  readonly why: string
  readonly bytes: Buffer
}
/** A whole number below `below`. */
export type Dice = (below: number) => number

/** Mulberry32: the same numbers for the same seed. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const words = [
  ...[
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '-->',
    ' --> ',
    '{',
    '}',
    '{\\',
    '<',
    '>',
    '</',
    '<i>',
    '</i>',
    '<!--',
    '-->',
    ']]>',
    '<![CDATA[',
  ],
  ...[
    '\0',
    '\\',
    '\\N',
    ':',
    ',',
    '.',
    ';',
    '&',
    '&amp;',
    '&#x110000;',
    '&lt',
    '"',
    "'",
    '[',
    ']',
    '[00:01.00]',
    '<00:01.00>',
    '|',
  ],
  ...[
    '99999999999999',
    '-1',
    '0',
    '1e999',
    'NaN',
    '\u2028',
    '\ufeff',
    '\ufffe',
    '😀',
    '\ud800',
    'é',
    '__proto__',
    'constructor',
    'prototype',
  ],
  ...[
    'NOTE',
    'STYLE\n::cue(x){',
    'REGION\nid:x',
    'WEBVTT',
    'Dialogue: ',
    '[Events]',
    '{1}{1}',
    '9420 ',
    '942f ',
    '<SYNC Start=',
    '<P Class=',
    '"__proto__":{"x":1},',
  ],
]

/** One to a few changes; sometimes a piece of another file, sometimes the same piece many times over. */
export function mutate(bytes: Buffer, dice: Dice, others: readonly Sample[]): Buffer {
  let now = bytes
  for (let left = 1 + dice(8); left > 0; left--) {
    const at = dice(now.length + 1)
    const [before, after] = [now.subarray(0, at), now.subarray(at)]
    const how = dice(9)
    if (how === 0) now = Buffer.concat([before, Buffer.from([dice(256)]), after.subarray(1)])
    else if (how === 1) now = Buffer.concat([before, after.subarray(dice(60))])
    else if (how === 2) now = Buffer.concat([before, after.subarray(0, dice(200)), after])
    else if (how <= 5) now = Buffer.concat([before, Buffer.from(words[dice(words.length)] ?? ''), after])
    else if (how === 6) now = before
    else if (how === 7) {
      const other = others[dice(others.length)]?.bytes ?? bytes
      const from = dice(other.length)
      now = Buffer.concat([before, other.subarray(from, from + dice(400)), after])
    } else {
      const piece =
        dice(2) === 0 ? Buffer.from(words[dice(words.length)] ?? '') : after.subarray(0, 1 + dice(20))
      now = Buffer.concat([before, ...Array.from({ length: dice(200) }, () => piece), after])
    }
  }
  return now
}

/** Of the processor, not of the clock. */
function msSince(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

/** Why a reading is not as every reading must be. */
export function faultOf(format: Format, bytes: Buffer): string | undefined {
  const text = format.kind === 'text' ? bytes.toString('utf8') : ''
  const read = () => (format.kind === 'bytes' ? format.read(bytes) : format.read(text))
  const since = process.cpuUsage()
  const { document, diagnostics } = read()
  // A second for each megabyte, and a machine that others use too: what is slow is slow every time.
  const room = 500 + bytes.length / 200
  let took = msSince(since)
  for (let again = 0; took > room && again < 3; again++) {
    const then = process.cpuUsage()
    read()
    took = Math.min(took, msSince(then))
  }
  if (took > room) return `took ${Math.round(took)} ms for ${bytes.length} bytes`
  for (const one of diagnostics)
    if (!(one.line >= 1 && one.column >= 1 && one.says !== '' && one.did !== ''))
      return `told ${JSON.stringify(one)}`
  const wrong = document.captions.map(wrongWith).find(one => one !== undefined)
  if (wrong !== undefined) return wrong
  const ids = new Set(document.captions.map(({ id }) => id))
  if (ids.size !== document.captions.length) return 'two captions have one id'
  if (
    document.captions.some(isBackward) &&
    !diagnostics.some(({ code }) => /backward|late|odd|wrong|negative/.test(code))
  )
    return 'a caption that ends before it begins was not told'
  if (Object.keys({}.constructor.prototype).length > 0 || 'x' in {})
    return 'the prototype of all objects was changed'
  return format.write ? faultOfWriting(document, format, bytes, text) : undefined
}

function faultOfWriting(document: Document, format: Format, bytes: Buffer, text: string): string | undefined {
  if (!format.write) return undefined
  const same = Buffer.from(format.write(document) as string)
  if (!same.equals(format.kind === 'bytes' ? bytes : Buffer.from(text)))
    return 'what nobody edited was not written as it came'
  // Written anew and held against the document is ten times the work of reading: some of the files are.
  if (bytes.length % 8 !== 0) return undefined
  const { origin: _, ...anew } = document
  const fresh = writeSubtitles(anew, format).bytes
  format.kind === 'bytes' ? format.read(fresh) : format.read(Buffer.from(fresh).toString('utf8'))
  return undefined
}

const isBackward = ({ start, end }: Caption): boolean => end < start
function wrongWith({ id, start, end, runs }: Caption): string | undefined {
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) return `times of ${id} are ${start} ${end}`
  for (const { text, marks } of runs)
    if (typeof text !== 'string' || typeof text.normalize('NFC') !== 'string' || typeof marks !== 'object')
      return `text of ${id}`
  return undefined
}

/** Reads mutated files until `enough` says so. Everything follows from the seed. */
export function fuzz(
  samples: readonly Sample[],
  seed: number,
  enough: (bytes: number) => boolean,
  failed: (failure: Failure) => void,
): number {
  let [bytes, turn] = [0, 0]
  while (!enough(bytes)) {
    const own = (seed + turn++) >>> 0
    const dice = diceOf(own)
    const sample = samples[dice(samples.length)]
    if (!sample) break
    const mutated = mutate(sample.bytes, dice, samples)
    bytes += mutated.length
    // Every tenth goes to a reader it was not made for.
    const format = dice(10) === 0 ? (formats[dice(formats.length)] ?? sample.format) : sample.format
    try {
      const why = faultOf(format, mutated)
      if (why !== undefined) failed({ format: format.name, seed: own, why, bytes: mutated })
      if (dice(20) === 0) readSubtitles(mutated)
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
      failed({ format: format.name, seed: own, why, bytes: mutated })
    }
  }
  return bytes
}
