import type { Ms, Span } from '../../terms.ts'
import { matchBands, percentile } from './features.ts'
import { type Levels, marked } from './listen.ts'
import { frameMs } from './mel.ts'
import type { Reference } from './reference.ts'
import { byMouths, bySound, type Side } from './side.ts'
import type { Counts, Tape } from './tape.ts'
import type { Manner } from './twice.ts'

/** Frames that the coarse look takes as one. */
export const coarse = 8
/** Sound around the detected speech that counts as perhaps spoken. */
const padding: Ms = 300
/** What it costs, a frame, to say that nobody says a line where nobody speaks. */
const silence = 0.05

/** How the two are held against each other. */
type Way = {
  /** What it costs, a frame, to say that nobody says a line where somebody speaks; and that a frame of it takes two. */
  readonly unsaid: number
  readonly stay: number
  /** Where mouths are heard the way is plain enough to be looked for beside that of a fleeting look. */
  readonly coarse?: Manner
  readonly fine?: Manner
}
const byMouth: Way = {
  ...{ unsaid: 1.2, stay: 0.3 },
  coarse: { by: 3, beside: 150 },
  fine: { by: 2, beside: 6 },
}
const byEar: Way = { unsaid: 2, stay: 0.2 }

/** Both sounds as they can be compared, and what the looks need beside them. */
export type Ready = Pick<Reference, 'lines' | 'words'> & {
  readonly frames: number
  readonly sound: Side
  readonly own: Side
  /** By frame of the recording, 0 to 1: how surely somebody speaks. */
  readonly loud: Float32Array
  readonly way: Way
  /** 1 at the frames of the reference in which a word ends. */
  readonly ends: Uint8Array
}

/** The tapes of the recording and of the script, and the levels on them where they hold sound and not mouths. */
export type Tapes = {
  readonly recording: Tape
  readonly script: Tape
  readonly levels?: { readonly recording: Levels; readonly script: Counts } | undefined
}

export async function prepare(
  { recording, script, levels }: Tapes,
  { lines, words }: Reference,
  activity: readonly Span[],
  signal: AbortSignal,
): Promise<Ready> {
  const frames = recording.frames()
  const speech = marked(activity, frames, 0)
  const starts = soundBlocks(marked(activity, frames, padding), frames)
  const about = { frames, lines, words, ends: wordEnds(lines, words) }
  if (!levels) {
    const { side: sound, voiced } = await byMouths(recording, starts, signal)
    const { side: own } = await byMouths(script, lineBlocks(lines), signal)
    return { ...about, sound, own, loud: spoken(speech, voiced), way: byMouth }
  }
  const scales = matchBands(levels.recording, levels.script)
  const counts = (frame: number) => speech[frame] === 1
  const heard = await bySound(recording, scales.sound, starts, counts, signal)
  const { side: own } = await bySound(script, scales.own, lineBlocks(lines), () => true, signal)
  const loud = loudness(heard.levels, speech)
  return { ...about, sound: heard.side, own, loud, way: byEar }
}

export const idleOf = (loud: Float32Array, { unsaid }: Way): Float32Array =>
  loud.map(value => silence + (unsaid - silence) * value)

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

/** What is detected as speech where no mouth is heard to speak is music. */
const spoken = (speech: Uint8Array, voiced: Float32Array): Float32Array =>
  voiced.map(
    (_, frame) =>
      (speech[frame] ?? 0) * mean(voiced, Math.max(0, frame - 3), Math.min(voiced.length, frame + 4)),
  )

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
