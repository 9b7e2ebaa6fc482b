import type { Espeak } from '../../espeak.ts'
import { resample } from '../../resample.ts'
import type { Language, Word } from '../../terms.ts'
import { sampleRate } from '../../visemes/ears.ts'
import { type SpelledWord, spelledBy } from '../../visemes/said.ts'
import type { ScriptLine } from '../script.ts'
import { type Listener, listen } from './listen.ts'
import { frameMs } from './mel.ts'
import type { Stretch } from './states.ts'
import { type Counts, count, noCounts, type Tape } from './tape.ts'

/** The script as a synthesizer says it, on a tape: a line after the other, with the words where they are said in it. */
export type Reference = {
  readonly lines: readonly Stretch[]
  /** Times in ms from the beginning of the line's own sound. */
  readonly words: readonly (readonly Word[])[]
  /** The shapes of the mouth for each word. */
  readonly shapes: readonly (readonly SpelledWord[])[]
  readonly levels: Counts
}

const hop = (sampleRate * frameMs) / 1000
/** Lines are listened to together until they are this long, with silence between: to hear one alone takes five times as long. */
const together = 1800
const between = 40
/** Crossings of the filter that brings the synthesizer to 16 kHz: nobody listens to it but the analysis. */
const crossings = 8

export async function sayScript(
  script: readonly ScriptLine[],
  language: Language,
  espeak: Espeak,
  tape: Tape,
  listener: Listener,
  signal: AbortSignal,
  report: (fraction: number) => void,
): Promise<Reference> {
  const lines: Stretch[] = []
  const words: (readonly Word[])[] = []
  const shapes: SpelledWord[][] = []
  const levels = noCounts()
  let waiting: { readonly samples: Float32Array; readonly frames: number; readonly at: number }[] = []
  let length = between
  const hearWaiting = async () => {
    const samples = new Float32Array(length * hop)
    for (const line of waiting) samples.set(line.samples.subarray(0, line.frames * hop), line.at * hop)
    const sound = { read: (from: number, count: number) => cut(samples, from, count) }
    const parts: Uint8Array[] = []
    for await (const rows of listen(sound, length, listener, signal)) parts.push(rows)
    const rows = Buffer.concat(parts)
    for (const { at, frames } of waiting) {
      const own = rows.subarray(at * tape.wide, (at + frames) * tape.wide)
      for (let row = 0; row < frames; row++) count(levels, own, row, tape.wide)
      await tape.add(own)
    }
    waiting = []
    length = between
  }
  for (const [turn, { text, hints }] of script.entries()) {
    const said = await espeak.speak({ text, language, hints }, signal)
    const samples = resample(said.samples, said.sampleRate, sampleRate, crossings)
    const frames = Math.max(1, Math.round(samples.length / hop))
    const from = lines.at(-1)?.to ?? 0
    lines.push({ from, to: from + frames })
    words.push(said.words.map(({ text, start, end }) => ({ text, start, end })))
    shapes.push(spelledBy(said.words, said.phones, language))
    waiting.push({ samples, frames, at: length })
    length += frames + between
    if (length > together) await hearWaiting()
    report((turn + 1) / script.length)
  }
  await hearWaiting()
  return { lines, words, shapes, levels }
}

/** A part of the samples, silent where there are none. */
function cut(samples: Float32Array, from: number, count: number): Float32Array {
  const out = new Float32Array(count)
  const first = Math.max(0, from)
  const part = samples.subarray(first, Math.max(first, from + count))
  out.set(part, first - from)
  return out
}
