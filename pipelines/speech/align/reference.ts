import type { Espeak, Timed } from '../../espeak.ts'
import { resample } from '../../resample.ts'
import type { Language, Ms, Word } from '../../terms.ts'
import { classes, sampleRate } from '../../visemes/ears.ts'
import { visemes } from '../../visemes/phones.ts'
import { type SpelledWord, spelledBy } from '../../visemes/said.ts'
import { priorsOf } from '../../visemes/scores.ts'
import type { ScriptLine } from '../script.ts'
import { frameMs, type Mel } from './mel.ts'
import type { Stretch } from './states.ts'
import { type Counts, count, packMel, packMouths, type Tape } from './tape.ts'

/** The script as a synthesizer says it, on a tape: a line after the other, with the words where they are said in it. */
export type Reference = {
  readonly lines: readonly Stretch[]
  /** Times in ms from the beginning of the line's own sound. */
  readonly words: readonly (readonly Word[])[]
  /** The shapes of the mouth for each word. */
  readonly shapes: readonly (readonly SpelledWord[])[]
}

/** Says a line, and gives the rows of so many frames that would be heard of it. */
export type Saying = (line: Pick<ScriptLine, 'text' | 'hints'> & { readonly language: Language }) => Promise<
  Timed & {
    readonly rows: (shapes: readonly SpelledWord[], frames: number) => Uint8Array | Promise<Uint8Array>
  }
>

export async function sayScript(
  script: readonly ScriptLine[],
  language: Language,
  say: Saying,
  tape: Tape,
  report: (fraction: number) => void,
): Promise<Reference> {
  const lines: Stretch[] = []
  const words: (readonly Word[])[] = []
  const shapes: SpelledWord[][] = []
  for (const [turn, { text, hints }] of script.entries()) {
    const said = await say({ text, language, hints })
    const frames = Math.max(1, Math.round(said.length / frameMs))
    const spelled = spelledBy(said.words, said.phones, language)
    const from = lines.at(-1)?.to ?? 0
    lines.push({ from, to: from + frames })
    words.push(said.words.map(({ text, start, end }) => ({ text, start, end })))
    shapes.push(spelled)
    await tape.add(await said.rows(spelled, frames))
    report((turn + 1) / script.length)
  }
  return { lines, words, shapes }
}

/** Crossings of the filter that brings the synthesizer to 16 kHz: nobody listens to it but the analysis. */
const crossings = 8

/** Aloud: the rows are those of its sound, and `levels` counts them. */
export function aloud(espeak: Pick<Espeak, 'speak'>, mel: Mel, levels: Counts, signal: AbortSignal): Saying {
  return async line => {
    const { words, phones, ...said } = await espeak.speak(line, signal)
    const samples = resample(said.samples, said.sampleRate, sampleRate, crossings)
    const read = (from: number, count: number) => cut(samples, from, count)
    const rows = async (_shapes: readonly SpelledWord[], frames: number) => {
      const packed = packMel(await mel.rows(read, 0, frames))
      for (let row = 0; row < frames; row++) count(levels, packed, row)
      return packed
    }
    return { words, phones, length: (1000 * samples.length) / sampleRate, rows }
  }
}

/** A part of the samples, silent where there are none. */
function cut(samples: Float32Array, from: number, count: number): Float32Array {
  const out = new Float32Array(count)
  const first = Math.max(0, from)
  const part = samples.subarray(first, Math.max(first, from + count))
  out.set(part, first - from)
  return out
}

/** How sure the mouth model is of a shape that it hears, on average; what is left it shares out as often as it says each. */
const sure = 0.85
/** A mouth is on its way from one shape to the next for so many frames before and after. */
const sway = 2

/** Silently: the rows are what the mouth model would answer to its sounds, nearly. */
export function silently(espeak: Pick<Espeak, 'time'>, model: string, signal: AbortSignal): Saying {
  const rest = priorsOf(model).map(prior => (1 - sure) * prior)
  return async ({ hints, ...line }) => {
    const said = await espeak.time({ ...line, ...(hints.length > 0 && { hints }) }, signal)
    const starts = said.words.map(({ start }) => start)
    return { ...said, rows: (spelled, frames) => answers(shapesIn(spelled, starts, frames), rest) }
  }
}

/** By frame the shape that is said in it. */
function shapesIn(words: readonly SpelledWord[], starts: readonly Ms[], frames: number): Uint8Array {
  const shapes = new Uint8Array(frames)
  for (const [turn, { ways }] of words.entries()) {
    let at = starts[turn] ?? 0
    for (const { viseme, lasts = 0 } of ways[0]?.shapes ?? []) {
      shapes.fill(visemes.indexOf(viseme), Math.ceil(at / frameMs), Math.ceil((at + lasts) / frameMs))
      at += lasts
    }
  }
  return shapes
}

function answers(shapes: Uint8Array, rest: readonly number[]): Uint8Array {
  const frames = shapes.length
  const rows = new Float32Array(frames * classes)
  for (let frame = 0; frame < frames; frame++) {
    rows.set(rest, frame * classes)
    for (let off = -sway; off <= sway; off++) {
      const shape = shapes[Math.max(0, Math.min(frames - 1, frame + off))] ?? 0
      const at = frame * classes + shape
      rows[at] = (rows[at] ?? 0) + (sure * (sway + 1 - Math.abs(off))) / (sway + 1) ** 2
    }
  }
  return packMouths(rows)
}
