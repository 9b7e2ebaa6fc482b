import type { Inference } from '../../onnx.ts'
import type { Span } from '../../terms.ts'
import { chunk, hearRows, type Sound } from '../../visemes/ears.ts'
import type { WavFile } from '../../wav.ts'
import { frameMs, type Mel } from './mel.ts'
import { type Counts, count, noCounts, packMel, packMouths, type Tape } from './tape.ts'

/** Who listens: who hears mouths, or the analysis of 16 kHz sound. */
export type Listener = { readonly inference: Pick<Inference, 'mouth'> } | { readonly mel: Mel }

/** Rows for the first so many frames of 16 kHz sound, a minute at a time. */
async function* listen(
  sound: Sound,
  frames: number,
  listener: Listener,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if ('inference' in listener) {
    const span = { start: 0, end: frames * frameMs }
    for await (const { shapes } of hearRows(sound, span, listener.inference, signal)) yield packMouths(shapes)
    return
  }
  for (let from = 0; from < frames; from += chunk) {
    signal.throwIfAborted()
    yield packMel(await listener.mel.rows(sound.read, from, Math.min(frames, from + chunk)))
  }
}

/** The levels of a recording: while somebody speaks, and throughout. */
export type Levels = { readonly spoken: Counts; readonly all: Counts }

/** Takes a recording on a tape, and counts its levels where these are what is heard. */
export async function record(
  sound: WavFile,
  activity: readonly Span[],
  tape: Tape,
  listener: Listener,
  signal: AbortSignal,
  report: (fraction: number) => void,
): Promise<Levels> {
  const frames = Math.floor((sound.frames * 1000) / sound.sampleRate / frameMs)
  const speech = marked(activity, frames, 0)
  const levels = { spoken: noCounts(), all: noCounts() }
  for await (const rows of listen(sound, frames, listener, signal)) {
    if ('mel' in listener)
      for (let row = 0; row < rows.length / tape.wide; row++) {
        count(levels.all, rows, row)
        if (speech[tape.frames() + row]) count(levels.spoken, rows, row)
      }
    await tape.add(rows)
    report(tape.frames() / frames)
  }
  return levels
}

/** By frame: 1 in the spans and so many ms around them. */
export function marked(spans: readonly Span[], frames: number, pad: number): Uint8Array {
  const marks = new Uint8Array(frames)
  for (const { start, end } of spans)
    marks.fill(
      1,
      Math.max(0, Math.floor((start - pad) / frameMs)),
      Math.min(frames, Math.ceil((end + pad) / frameMs)),
    )
  return marks
}
