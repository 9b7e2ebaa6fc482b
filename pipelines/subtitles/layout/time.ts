/** When captions come and go: on frames, on shots, with gaps that don't flicker, and long enough to be read. */
import type { Ms, Rate, Span } from '../../terms.ts'
import type { Profile } from '../check/profile.ts'
import { frameAt, halfSecond, instantOf } from '../frames.ts'
import { widthOf } from '../width.ts'

export type Clock = { readonly rate: Rate; readonly shots: readonly Ms[]; readonly duration: Ms }
type Timed = Span & { readonly text: string }

/**
 * Spans of captions that follow each other on one place of the screen, in their order. `timed` are the spans of speech.
 * In: the first frame of speech, or the shot it all but begins with. Out: up to half a second after the speech where
 * there is that much to read, never closer to the next than the profile's gap. (Netflix Timing Guidelines.)
 */
export function timeCaptions(timed: readonly Timed[], profile: Profile, clock: Clock): readonly Span[] {
  const { rate } = clock
  const half = halfSecond(rate)
  const shots = clock.shots.map(shot => frameAt(shot, rate))
  const last = frameAt(clock.duration, rate)
  const ins = timed.map(({ start }) => snapIn(frameAt(start, rate), shots, half))
  const frames = timed.map(({ start, end, text }, i) => {
    const begin = ins[i] ?? 0
    const next = ins[i + 1] ?? Number.POSITIVE_INFINITY
    const wall = Math.min(
      next > begin ? next - profile.gap : Number.POSITIVE_INFINITY,
      Math.max(last, begin + 1),
    )
    const need = Math.max(
      profile.shortest,
      (1000 * widthOf(text.replaceAll('\n', ''), profile.weigh)) / profile.speed,
    )
    const wanted = Math.max(
      frameAt(end, rate),
      Math.min(frameAt(start + need, rate), frameAt(end, rate) + 2 * half),
    )
    const longest = begin + frameAt(profile.longest, rate)
    let out = Math.max(begin + 1, Math.min(wanted, longest))
    out = snapOut(out, begin, shots, half, profile.gap)
    const least = begin + Math.ceil((profile.shortest * rate.num) / (1000 * rate.den) - 1e-6)
    out = Math.max(out, Math.min(least, wall))
    if (out > wall) out = Math.max(begin + 1, wall)
    else if (profile.chains && wall - out < half - profile.gap && wall - begin <= longest - begin) out = wall
    return { begin, out }
  })
  return frames.map(({ begin, out }) => ({ start: instantOf(begin, rate), end: instantOf(out, rate) }))
}

/** A caption that begins up to a third of a second around a cut begins with the cut. */
function snapIn(frame: number, shots: readonly number[], half: number): number {
  const near = Math.round((half * 2) / 3)
  const shot = nearest(frame, shots)
  if (shot === undefined) return frame
  if (frame >= shot && frame - shot < half) return shot
  if (frame < shot && shot - frame <= near) return shot
  if (frame < shot && shot - frame < half) return Math.max(0, shot - half)
  return frame
}

/** One that ends around a cut ends two frames before it. */
function snapOut(frame: number, begin: number, shots: readonly number[], half: number, gap: number): number {
  const shot = nearest(frame, shots)
  if (shot === undefined || shot - gap <= begin) return frame
  return Math.abs(frame - shot) < half ? shot - gap : frame
}

function nearest(frame: number, shots: readonly number[]): number | undefined {
  let [low, high] = [0, shots.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((shots[middle] ?? 0) < frame) low = middle + 1
    else high = middle
  }
  const [before, after] = [shots[low - 1], shots[low]]
  if (before === undefined) return after
  if (after === undefined) return before
  return frame - before < after - frame ? before : after
}
