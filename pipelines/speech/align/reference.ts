import type { Espeak } from '../../espeak.ts'
import type { Inference } from '../../onnx.ts'
import { resample } from '../../resample.ts'
import type { Language, Word } from '../../terms.ts'
import { classes, collectRows, hearRows, sampleRate } from '../../visemes/ears.ts'
import { type SpelledWord, spelledBy } from '../../visemes/said.ts'
import type { ScriptLine } from '../script.ts'
import { bands, frameMs, openMel } from './mel.ts'
import type { Stretch } from './path.ts'

/** The script as a synthesizer says it: a line after the other, with the words where they are said in it. */
export type Reference = {
  readonly mel: Float32Array
  readonly frames: number
  /** Square roots of what the mouth model answers to the same frames, when there is who hears it. */
  readonly mouths?: Float32Array
  readonly lines: readonly Stretch[]
  /** Times in ms from the beginning of the line's own sound. */
  readonly words: readonly (readonly Word[])[]
  /** The shapes of the mouth for each word. */
  readonly shapes: readonly (readonly SpelledWord[])[]
}

export async function sayScript(
  script: readonly ScriptLine[],
  language: Language,
  espeak: Espeak,
  signal: AbortSignal,
  report: (fraction: number) => void,
  inference?: Pick<Inference, 'mouth'>,
): Promise<Reference> {
  const lines: Stretch[] = []
  const words: (readonly Word[])[] = []
  const shapes: SpelledWord[][] = []
  const pieces: Float32Array[] = []
  const heard: Float32Array[] = []
  let at = 0
  for (const [turn, { text, hints }] of script.entries()) {
    const said = await espeak.speak({ text, language, hints }, signal)
    const frames = Math.max(1, Math.round((said.samples.length * 1000) / said.sampleRate / frameMs))
    const mel = await openMel(said.sampleRate)
    try {
      pieces.push(await mel.rows((from, count) => cut(said.samples, from, count), 0, frames))
    } finally {
      mel.close()
    }
    if (inference) {
      const samples = resample(said.samples, said.sampleRate, sampleRate)
      const sound = { read: (from: number, count: number) => cut(samples, from, count) }
      const span = { start: 0, end: frames * frameMs }
      heard.push((await collectRows(hearRows(sound, span, inference, signal))).shapes)
    }
    lines.push({ from: at, to: at + frames })
    words.push(said.words.map(({ text, start, end }) => ({ text, start, end })))
    shapes.push(spelledBy(said.words, said.phones, language))
    at += frames
    report((turn + 1) / script.length)
  }
  const mel = new Float32Array(at * bands)
  pieces.forEach((piece, line) => {
    mel.set(piece, (lines[line]?.from ?? 0) * bands)
  })
  const mouths = inference && new Float32Array(at * classes)
  heard.forEach((piece, line) => {
    mouths?.set(piece.map(Math.sqrt), (lines[line]?.from ?? 0) * classes)
  })
  return { mel, frames: at, lines, words, shapes, ...(mouths && { mouths }) }
}

/** A part of the samples, silent where there are none. */
function cut(samples: Float32Array, from: number, count: number): Float32Array {
  const out = new Float32Array(count)
  const first = Math.max(0, from)
  const part = samples.subarray(first, Math.max(first, from + count))
  out.set(part, first - from)
  return out
}
