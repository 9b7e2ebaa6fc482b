import type { Line, Ms, Span } from '../terms.ts'
import type { Mouth, Sound } from './mouth.ts'
import { closureMs } from './weights.ts'
import { inside, pauseMs } from './windows.ts'

/** When the lips of a line are heard to meet: its /p b m/ in the original's sound. In order, of the episode's time. */
export type HearLips = (line: Pick<Line, 'start' | 'end' | 'text'>) => Promise<readonly Ms[]>

/** Hears them with the words of the line, which say where they are; the sound says when. */
export const openLips =
  (mouth: Pick<Mouth, 'track'>, sound: Sound, language: string, signal: AbortSignal): HearLips =>
  async ({ start, end, text }) => {
    const { shapes } = await mouth.track(sound, { start, end }, { text, language }, signal)
    return shapes.filter(({ viseme }) => viseme === 'PP').map(shape => shape.start)
  }

/** When a mouth that is drawn open in `open` is shut for less than a pause inside a line: it meets, it does not rest. */
export function meetings(open: readonly Span[], line: Span): Ms[] {
  const spans = inside(open, line)
  return spans.flatMap(({ end }, at) => {
    const next = spans[at + 1]?.start
    return next !== undefined && next > end && next - end <= pauseMs ? [end] : []
  })
}

/** What is heard and what is seen of one line: instants at which lips meet. */
export type Lips = Span & { readonly heard: readonly Ms[]; readonly seen: readonly Ms[] }

/** This far off, lips that meet and a sound are two things. */
const apart: Ms = 200
/** A line is turned by eighths of itself, its end going on at its beginning. */
const turns = 8
/**
 * Of mouths that flap at random about one in two hundred passes (one-sided normal bound of the binomial); where fewer
 * than half of the lips that are heard to meet are seen to, nothing is drawn after the sounds, however sure that is.
 */
const sure = 2.58
const half = 0.5
/** The bound is no bound of fewer. */
const few = 6

/**
 * Whether a mouth is drawn after the sounds: when lips are heard to meet they are seen to, more often than at instants
 * elsewhere in the same lines, at which mouths that flap at random are shut as often.
 */
export function drawnAfterSounds(lines: readonly Lips[]): boolean {
  const heard = lines.flatMap(line => line.heard.map(at => ({ at, line })))
  const hits = heard.filter(({ at, line }) => near(line.seen, at)).length
  const elsewhere = heard.flatMap(({ at, line }) => turned(at, line).map(at => near(line.seen, at)))
  // A few instants without a hit prove no zero, nor with hits alone a one (Laplace's rule of succession).
  const chance = (elsewhere.filter(Boolean).length + 1) / (elsewhere.length + 2)
  const spread = Math.sqrt(heard.length * chance * (1 - chance))
  return heard.length >= few && hits >= half * heard.length && hits - heard.length * chance >= sure * spread
}

function turned(at: Ms, { start, end }: Span): Ms[] {
  const length = end - start
  return Array.from(
    { length: turns - 1 },
    (_, turn) => start + ((at - start + ((turn + 1) * length) / turns) % length),
  ).filter(other => Math.abs(other - at) >= apart)
}

const near = (moments: readonly Ms[], at: Ms): boolean =>
  moments.some(moment => Math.abs(moment - at) <= closureMs)
