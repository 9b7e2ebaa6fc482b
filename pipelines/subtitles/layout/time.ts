/** When captions come and go: on frames, on shots, with gaps that don't flicker, and long enough to be read. */
import type { Ms, Rate, Span } from '../../terms.ts'
import type { Profile } from '../check/profile.ts'
import { frameAt, framesOf, halfSecond, instantOf } from '../frames.ts'
import { nearestTo } from '../nearest.ts'
import { widthOf } from '../width.ts'
import { inZone, outZone } from '../zones.ts'

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
  const chain =
    profile.chains === 'half' ? half : profile.chains === undefined ? 0 : frameAt(profile.chains, rate)
  const shots = clock.shots.map(shot => frameAt(shot, rate))
  const last = frameAt(clock.duration, rate)
  const gap = 'ms' in profile.gap ? framesOf(profile.gap.ms, rate) : profile.gap.frames
  const ins = timed.map(({ start }) => snapIn(frameAt(start, rate), shots, half))
  const frames = timed.map(({ start, end, text }, i) => {
    const begin = ins[i] ?? 0
    // Those who begin together leave together, before the first who comes after them.
    const next = ins.slice(i + 1, i + 9).find(at => at > begin) ?? Number.POSITIVE_INFINITY
    const wall = Math.min(next - gap, Math.max(last, begin + 1))
    const need = Math.max(
      profile.shortest,
      (1000 * widthOf(text.replaceAll('\n', ''), profile.weigh)) / profile.speed,
    )
    const wanted = Math.max(
      frameAt(end, rate),
      Math.min(frameAt(start + need, rate), frameAt(end, rate) + 2 * half),
    )
    // Whole frames that are no longer than it: at 23.976, 168 frames are 7007 ms.
    const longest = begin + Math.floor((profile.longest * rate.num) / (1000 * rate.den) + 1e-6)
    let out = Math.max(begin + 1, Math.min(wanted, longest))
    out = snapOut(out, begin, shots, half, gap)
    const least = begin + framesOf(profile.shortest, rate)
    out = Math.max(out, Math.min(least, wall))
    if (out > wall) out = Math.max(begin + 1, wall)
    else if (wall - out < chain - gap && wall - begin <= longest - begin) out = wall
    return { begin, out }
  })
  return frames.map(({ begin, out }) => ({ start: instantOf(begin, rate), end: instantOf(out, rate) }))
}

/** The shot change a caption that begins around it begins with, or is pulled back from. */
function snapIn(frame: number, shots: readonly number[], half: number): number {
  const shot = nearestTo(frame, shots)
  const wanted = shot === undefined ? undefined : inZone(frame - shot, half)
  return shot === undefined || wanted === undefined ? frame : Math.max(0, shot + wanted)
}

/** One that ends around a cut ends just before it. */
function snapOut(frame: number, begin: number, shots: readonly number[], half: number, gap: number): number {
  const shot = nearestTo(frame, shots)
  const wanted = shot === undefined ? undefined : outZone(frame - shot, half, gap)
  return shot === undefined || wanted === undefined || shot + wanted <= begin ? frame : shot + wanted
}
