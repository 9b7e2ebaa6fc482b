import type { Span } from '../../terms.ts'
import { overlap } from '../guard.ts'
import type { ScriptLine } from '../script.ts'
import { lookCoarsely } from './coarse.ts'
import { scaled } from './features.ts'
import { lookFinely } from './fine.ts'
import { frameMs } from './mel.ts'
import type { Ready } from './ready.ts'
import type { Reference } from './reference.ts'
import { type Found, type Settled, settle } from './settle.ts'
import type { Tape } from './tape.ts'
import type { Circumstances, Trust } from './trust.ts'
import { type Times, weighTimes, withinTimes } from './windows.ts'

/**
 * Where each spoken line is and how sure that is, by what mouths say where they are heard, else by where somebody speaks; and
 * what becomes of the times that the script gives.
 */
export async function placeLines(
  ready: Ready,
  { lines, shapes }: Reference,
  spoken: readonly ScriptLine[],
  speech: readonly Span[],
  signal: AbortSignal,
  trust: Trust,
  mouths: Tape | undefined,
): Promise<{ readonly placed: readonly (Settled | undefined)[]; readonly times: Times | undefined }> {
  if (lines.length === 0) return { placed: [], times: undefined }
  const bySound = lookCoarsely(ready)
  const times = weighTimes(spoken, bySound)
  const lengths = lines.map(({ from, to }) => to - from)
  const thought = times?.believed ? withinTimes(spoken, bySound, times, lengths, ready.frames) : bySound
  const found = await lookFinely(ready, [...lines.keys()], thought, signal)
  const pace = median(found.flatMap((place, line) => (place ? [tempo(place, line)] : []))) || 1
  if (!mouths)
    return {
      placed: found.map((place, line) => place && { ...place, trust: trustByEar(place, about(line, place)) }),
      times,
    }
  const rough = found.map(place => place && { start: place.start / frameMs, end: place.end / frameMs })
  const again = (chosen: readonly number[], wanted: ReadonlySet<number>) =>
    lookFinely(ready, chosen, rough, signal, line => wanted.has(line))
  const length = ready.frames * frameMs
  const placed = await settle(found, shapes, again, { heard: heardOn(mouths), length, about, trust, signal })
  return { placed, times }

  function about(line: number, place: Span): Circumstances {
    // A song has a pace of its own.
    const sung = spoken[line]?.kind === 'song'
    return { off: sung ? 0 : Math.abs(Math.log(tempo(place, line) / pace)) }
  }
  function tempo({ start, end }: Span, turn: number): number {
    const line = lines[turn]
    return line ? Math.max(1, end - start) / ((line.to - line.from) * frameMs) : 1
  }
  function trustByEar(place: Found, { off }: Circumstances): number {
    const heard = Math.min(1, overlap(place, speech) / 0.7)
    return Math.round(100 * heard * Math.exp(-1.2 * off)) / 100
  }
}

/** What the mouth model answered to a span of the recording. */
const heardOn =
  (tape: Tape) =>
  async ({ start, end }: Span) => {
    const from = Math.floor(start / frameMs)
    const count = Math.min(tape.frames(), Math.ceil(end / frameMs)) - from
    const roots = scaled(await tape.read(from, from + count), 1 / 255)
    return { from, count, shapes: roots.map(root => root ** 2), openness: new Float32Array(0) }
  }

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
