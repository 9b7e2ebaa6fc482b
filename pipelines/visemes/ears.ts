import { fileURLToPath } from 'node:url'
import type { Inference } from '../onnx.ts'
import type { Ms, Span } from '../terms.ts'

/** 16 kHz mono, −1..1, by sample position; before the beginning and after the end it is silent. */
export type Sound = {
  readonly read: (from: number, count: number) => Promise<Float32Array> | Float32Array
}

/** What the model heard: a row of `classes` for every 10 ms from frame `from`, and how open the mouth is. */
export type Rows = {
  readonly from: number
  readonly count: number
  readonly shapes: Float32Array
  readonly openness: Float32Array
}

export const sampleRate = 16_000
export const frameMs: Ms = 10
export const classes = 16

const hop = (sampleRate * frameMs) / 1000
/**
 * Frames asked for at once, and on either side of them what the model must hear to tell them as it would in the whole: twice the
 * two seconds that levels are measured against (of the loudest nearby, then of the mean of that), less what no longer matters.
 */
export const chunk = 6000
const context = 400

export const modelFile = fileURLToPath(new URL('../timing/model/viseme15.onnx', import.meta.url))

/**
 * Hears the mouth in a span, a minute at a time; what it says of a frame does not depend on where the pieces are cut. Memory is
 * that of one piece. The frames are those that begin in the span.
 */
export async function* hearRows(
  sound: Sound,
  span: Span,
  inference: Pick<Inference, 'mouth'>,
  signal: AbortSignal,
  model = modelFile,
): AsyncGenerator<Rows> {
  const first = Math.floor(span.start / frameMs)
  const last = Math.max(first, Math.ceil(span.end / frameMs))
  for (let from = first; from < last; from += chunk) {
    signal.throwIfAborted()
    const to = Math.min(last, from + chunk)
    // The model works on pairs of frames: the pairs must be the same ones in every piece.
    const begin = Math.floor((from - context) / 2) * 2
    const samples = sane(await sound.read(begin * hop, (Math.ceil((to + context) / 2) * 2 - begin) * hop))
    const heard = await inference.mouth({ model, threads: 1, samples }, signal)
    const at = from - begin
    if (heard.classes !== classes || heard.rows < at + to - from)
      throw new Error('the mouth model gives other rows than it should')
    yield {
      from,
      count: to - from,
      shapes: heard.shapes.slice(at * classes, (at + to - from) * classes),
      openness: heard.openness.slice(at, at + to - from),
    }
  }
}

/** Keeps this much of itself from sample to sample: sways slower than 13 Hz are no sound. */
const steady = 0.995

/** A sample that is no number, or louder than loud, or a microphone's offset, would spoil every row around it. */
function sane(samples: Float32Array): Float32Array {
  const out = new Float32Array(samples.length)
  let before = 0
  let kept = 0
  for (let at = 0; at < samples.length; at++) {
    const given = samples[at] ?? 0
    const sample = Number.isNaN(given) ? 0 : Math.max(-1, Math.min(1, given))
    kept = sample - before + steady * kept
    before = sample
    out[at] = kept
  }
  return out
}

/** All rows of a span at once: for spans of a line's length. */
export async function collectRows(rows: AsyncIterable<Rows>): Promise<Rows> {
  const pieces: Rows[] = []
  for await (const piece of rows) pieces.push(piece)
  const count = pieces.reduce((sum, piece) => sum + piece.count, 0)
  const whole = {
    from: pieces[0]?.from ?? 0,
    count,
    shapes: new Float32Array(count * classes),
    openness: new Float32Array(count),
  }
  for (const piece of pieces) {
    whole.shapes.set(piece.shapes, (piece.from - whole.from) * classes)
    whole.openness.set(piece.openness, piece.from - whole.from)
  }
  return whole
}
