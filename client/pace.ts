import type { LineView, PaceView } from '../server/contract.ts'

/** Scripts whose full-width characters are counted, a half-width one as half of one. */
const wide = /^(ja|zh|ko|yue)\b/

/** How many characters of the language's own counting a text has; row breaks are none. */
export function lengthOf(text: string, language: string): number {
  const plain = [...text.replace(/\s*\n\s*/g, wide.test(language) ? '' : ' ').trim()]
  if (!wide.test(language)) return plain.length
  // Basic Latin and half-width kana (U+FF61–FF9F) take half the room of a kanji.
  return plain.reduce((sum, char) => sum + (/[\u0020-\u007e\uff61-\uff9f]/.test(char) ? 0.5 : 1), 0)
}

export type Pace = {
  readonly length: number
  readonly cps: number
  readonly tooFast: boolean
  /** What the pace allows in the line's time, less what is written. */
  readonly left?: number
}

/** How fast a text would have to be read in a line's time. */
export function paceOf(
  line: Pick<LineView, 'text' | 'start' | 'end' | 'language'>,
  limit: PaceView | undefined,
): Pace {
  const length = lengthOf(line.text, line.language)
  const seconds = Math.max(0.001, (line.end - line.start) / 1000)
  const cps = length / seconds
  if (limit === undefined) return { length, cps, tooFast: false }
  return { length, cps, tooFast: cps > limit.cps, left: Math.floor(limit.cps * seconds - length) }
}
