import type { Ms, Span } from '../../terms.ts'
import { matchBands, percentile } from './features.ts'
import { type Levels, marked } from './listen.ts'
import { frameMs } from './mel.ts'
import type { Reference } from './reference.ts'
import { goThrough, type Side } from './side.ts'
import type { Tape } from './tape.ts'

/** Frames that the coarse look takes as one. */
export const coarse = 8
/** Sound around the detected speech that counts as perhaps spoken. */
const padding: Ms = 300
/** What it costs, a frame, to say that nobody says a line: where somebody speaks, and where nobody does. */
const idleCost = { speech: 2, silence: 0.05 }

/** Both sounds as they can be compared, and what the looks need beside them. */
export type Ready = Pick<Reference, 'lines' | 'words'> & {
  readonly frames: number
  readonly sound: Side
  readonly own: Side
  /** By frame of the recording, 0 to 1: how surely somebody speaks. */
  readonly loud: Float32Array
  /** 1 at the frames of the reference in which a word ends. */
  readonly ends: Uint8Array
}

export async function prepare(
  recording: { readonly tape: Tape; readonly levels: Levels },
  reference: Reference & { readonly tape: Tape },
  activity: readonly Span[],
  signal: AbortSignal,
): Promise<Ready> {
  const { lines, words } = reference
  const frames = recording.tape.frames()
  const speech = marked(activity, frames, 0)
  const scales = matchBands(recording.levels, reference.levels)
  const starts = soundBlocks(marked(activity, frames, padding), frames)
  const spoken = (frame: number) => speech[frame] === 1
  const { side: sound, course } = await goThrough(recording.tape, scales.sound, starts, spoken, signal)
  const { side: own } = await goThrough(reference.tape, scales.own, lineBlocks(lines), () => true, signal)
  const loud = loudness(course.levels, speech)
  quieten(loud, course.voiced)
  return { frames, sound, own, loud, lines, words, ends: wordEnds(lines, words) }
}

export const idleOf = (speech: number): number =>
  idleCost.silence + (idleCost.speech - idleCost.silence) * speech

/** Blocks over what is perhaps spoken; a long silence is one block. */
function soundBlocks(padded: Uint8Array, frames: number): Int32Array {
  const starts: number[] = []
  for (let at = 0; at < frames; ) {
    starts.push(at)
    const silent = !padded[at]
    at = silent ? at + 1 : Math.min(frames, at + coarse)
    while (silent && at < frames && !padded[at]) at++
  }
  return Int32Array.from([...starts, frames])
}

function lineBlocks(lines: Reference['lines']): Int32Array {
  const starts: number[] = []
  for (const { from, to } of lines) for (let at = from; at < to; at += coarse) starts.push(at)
  return Int32Array.from([...starts, lines.at(-1)?.to ?? 0])
}

/** 0 to 1: how loud a frame is against the speech around, where somebody is heard to speak. */
function loudness(levels: Float32Array, speech: Uint8Array): Float32Array {
  const spoken = percentile(
    levels.filter((_, frame) => speech[frame]),
    75,
  )
  const quiet = percentile(
    levels.filter((_, frame) => frame % 7 === 0),
    5,
  )
  const threshold = Math.max(spoken - 6, quiet + 0.5)
  return levels.map(
    (value, frame) => Math.max(0, Math.min(1, (value - threshold) / 2 + 0.5)) * (speech[frame] ?? 0),
  )
}

/** What is loud where no mouth is heard to speak is music. */
function quieten(loud: Float32Array, voiced: Float32Array): void {
  for (let frame = 0; frame < loud.length; frame++)
    loud[frame] = (loud[frame] ?? 0) * mean(voiced, Math.max(0, frame - 3), Math.min(loud.length, frame + 4))
}

function wordEnds(lines: Reference['lines'], words: Reference['words']): Uint8Array {
  const ends = new Uint8Array(lines.at(-1)?.to ?? 0)
  lines.forEach(({ from, to }, line) => {
    for (const word of words[line] ?? [])
      ends[Math.min(to - 1, from + Math.max(0, Math.round(word.end / frameMs) - 1))] = 1
  })
  return ends
}

export function mean(values: Float32Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum += values[at] ?? 0
  return sum / Math.max(1, to - from)
}
