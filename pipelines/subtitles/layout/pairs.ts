/** Two speakers who leave each other no time share a caption, a row each, marked as the house marks them. */
import type { Ms } from '../../terms.ts'
import type { Profile } from '../check/profile.ts'
import { halfSecond, instantOf } from '../frames.ts'
import { widthOf } from '../width.ts'
import type { Part } from './line.ts'
import type { Clock } from './time.ts'

/**
 * Parts in order, those that can't stand apart as one. Nobody is joined who could be read alone: a shared caption shows
 * the second's words before they are said.
 */
export function paired(parts: readonly Part[], profile: Profile, clock: Clock): readonly Part[] {
  const cut = new Set(parts.map(({ lines }) => lines[0]?.id).filter((id, i, all) => all.indexOf(id) !== i))
  const whole = (part: Part): boolean => part.lines.every(({ id }) => !cut.has(id))
  const joined: Part[] = []
  for (let i = 0; i < parts.length; i++) {
    const [one, other, third] = [parts[i], parts[i + 1], parts[i + 2]]
    if (!one) break
    const pair = other && whole(one) && whole(other) ? pairOf(one, other, third, profile, clock) : undefined
    joined.push(pair ?? one)
    if (pair) i++
  }
  return joined
}

function pairOf(
  one: Part,
  other: Part,
  third: Part | undefined,
  profile: Profile,
  { rate, shots }: Clock,
): Part | undefined {
  const { dual, row, rows, weigh, shortest, longest, speed, gap } = profile
  const [a, b] = [one.lines[0], other.lines[0]]
  if (!dual || rows < 2 || !a || !b || a.speaker === undefined || b.speaker === undefined) return undefined
  if (a.speaker === b.speaker || a.kind !== 'dialogue' || b.kind !== 'dialogue') return undefined
  if (a.rights !== b.rights) return undefined
  const least = 'ms' in gap ? gap.ms : instantOf(gap.frames, rate)
  const room = (part: Part, next: Part | undefined): Ms =>
    (next?.start ?? Number.POSITIVE_INFINITY) - part.start - least
  const crowded = (part: Part, next: Part | undefined): boolean => room(part, next) < shortest
  if (
    !crowded(one, other) &&
    !(crowded(other, third) && other.start - one.end < instantOf(halfSecond(rate), rate))
  )
    return undefined
  const mark = dual.space ? '- ' : '-'
  const texts = [(dual.both ? mark : '') + one.text, mark + other.text]
  if (texts.some(text => text.includes('\n') || widthOf(text, weigh) > row)) return undefined
  const [start, end] = [Math.min(one.start, other.start), Math.max(one.end, other.end)]
  if (end - start > longest) return undefined
  // As long as both may stay, there must be time to read both.
  const stay = Math.max(
    end - start,
    Math.min(longest, (third?.start ?? Number.POSITIVE_INFINITY) - start - least),
  )
  if (texts.reduce((sum, text) => sum + widthOf(text, weigh), 0) > (speed * stay) / 1000) return undefined
  // The second's picture would be seen with his words long there.
  if (shots.some(shot => shot > one.start + shortest && shot < other.start)) return undefined
  return { id: one.id, lines: [a, b], start, end, text: texts.join('\n') }
}
