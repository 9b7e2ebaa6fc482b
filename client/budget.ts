import type { LineView, SpeakingView } from '../server/contract.ts'

/** How a text would be spoken in a line's time. */
export type Budget = {
  /** About how long it takes to say, and how long there is for it, silence that may be used included. */
  readonly speaking: number
  readonly room: number
  readonly rate: number
  readonly verdict: LineView['verdict']
  /** How many syllables more (above 0) or fewer would fit; 0 when it fits. */
  readonly syllables: number
}

const compiled = new WeakMap<SpeakingView, readonly (readonly [RegExp, number])[]>()

/** What a text takes to say: the sum over the matches of patterns that the server chose. Under 0.1 ms for a line. */
export function predict(speaking: SpeakingView, text: string): number {
  if (text.trim() === '') return 0
  const parts =
    compiled.get(speaking) ??
    speaking.parts.map(({ pattern, ms }) => [new RegExp(pattern, 'giu'), ms] as const)
  compiled.set(speaking, parts)
  return parts.reduce((sum, [pattern, ms]) => sum + ms * (text.match(pattern)?.length ?? 0), speaking.base)
}

/**
 * What a text not yet saved would take. Where it is still much of the saved text, whose time the voice's own pace told,
 * that time is held to: as far as the two begin and end alike.
 */
export function foretell(
  speaking: SpeakingView,
  saved: Pick<LineView, 'text' | 'speaking'>,
  text: string,
): number {
  const own = predict(speaking, text)
  const before = predict(speaking, saved.text)
  if (own === 0 || before === 0 || saved.speaking === 0) return Math.round(own)
  return Math.round(own * (saved.speaking / before) ** alike(saved.text, text))
}

/** The share of the longer text that both have at their beginnings and ends. */
function alike(a: string, b: string): number {
  const longer = Math.max(a.length, b.length)
  const shorter = Math.min(a.length, b.length)
  let [front, back] = [0, 0]
  while (front < shorter && a[front] === b[front]) front++
  while (back < shorter - front && a.at(-1 - back) === b.at(-1 - back)) back++
  return longer === 0 ? 1 : (front + back) / longer
}

/**
 * The budget of a line as it is written now.
 * @param seen the line with what is written and not saved; its times may have been moved, too
 */
export function budgetOf(
  line: LineView,
  seen: LineView,
  speaking: SpeakingView | undefined,
): Budget | undefined {
  if (line.room === undefined || speaking === undefined || seen.text.trim() === '') return undefined
  const moved = seen.start !== line.start || seen.end !== line.end
  const own = moved ? Math.max(1, seen.end - seen.start) : line.room
  const written = seen.text === line.text
  const time = written && line.speaking > 0 ? line.speaking : foretell(speaking, line, seen.text)
  // Silence around the line is used as far as it is needed, and only then.
  const room = Math.max(own, Math.min(own + (line.spare ?? 0), time))
  const rate = written && !moved ? line.rate : time / room
  const verdict = written && !moved ? line.verdict : verdictOf(rate, speaking)
  return { speaking: time, room, rate, verdict, syllables: syllablesOff(rate, room, verdict, speaking) }
}

const verdictOf = (rate: number, { bands }: SpeakingView): LineView['verdict'] =>
  bands.find(({ least, most }) => rate >= least && rate <= most)?.verdict ?? 'overlong'

/** To the nearer edge of what goes unnoticed. */
function syllablesOff(
  rate: number,
  room: number,
  verdict: LineView['verdict'],
  { bands, syllable }: SpeakingView,
): number {
  const [calm] = bands
  if (!calm || (verdict !== 'overlong' && verdict !== 'short' && verdict !== 'amber')) return 0
  const aim = rate > 1 ? calm.most : calm.least
  const off = ((aim - rate) * room) / Math.max(1, syllable)
  return off < 0 ? Math.min(-1, Math.round(off)) : Math.max(1, Math.round(off))
}
