import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Espeak } from '../espeak.ts'
import type { Inference } from '../onnx.ts'
import type { MouthShape, MouthTrack, Ms, Span, Viseme, Word } from '../terms.ts'
import { collectRows, frameMs, hearRows, modelFile, type Rows, type Sound } from '../visemes/ears.ts'
import { type Forced, forceWords } from '../visemes/forced.ts'
import { openWalk } from '../visemes/free.ts'
import { lasting } from '../visemes/lasting.ts'
import { visemes } from '../visemes/phones.ts'
import { type Said, type SpelledWord, spell } from '../visemes/said.ts'
import { habitsOf, scoresOf } from '../visemes/scores.ts'

export type { Sound } from '../visemes/ears.ts'
export type { Said } from '../visemes/said.ts'

/** Hears what mouths do. Spans are of the sound; shapes tile the span asked for, in order and without a gap. */
export type Mouth = {
  readonly identity: string
  /** Shapes from sound alone, as they are settled, in memory that does not grow with the span. */
  readonly listen: (sound: Sound, span: Span, signal: AbortSignal) => AsyncGenerator<MouthShape>
  /**
   * Shapes of one line. With its words, these say which shapes come in which order and the sound says when; without, or when
   * the words can't be said in the span or in their language, the sound alone.
   */
  readonly track: (
    sound: Sound,
    span: Span,
    said: Said | undefined,
    signal: AbortSignal,
  ) => Promise<MouthTrack>
}

/** A line is shorter; what is longer is heard without its words. */
const longestLine: Ms = 180_000

/** `model`: another graph to hear with, what is told of it beside it in a file of the same name, `.json`. */
export function openMouth(
  inference: Pick<Inference, 'mouth'>,
  espeak: Pick<Espeak, 'time'>,
  model = modelFile,
): Mouth {
  const habits = habitsOf(model)
  async function* listen(sound: Sound, span: Span, signal: AbortSignal): AsyncGenerator<MouthShape> {
    const walk = openWalk()
    const join = openJoin(span)
    let open: number[] = []
    const settled = function* (path: Uint8Array) {
      for (const [row, shape] of path.entries()) yield* join.take(visemes[shape] ?? 'sil', open[row] ?? 0)
      open = open.slice(path.length)
    }
    for await (const rows of hearRows(sound, span, inference, signal, model)) {
      open.push(...rows.openness)
      yield* settled(walk.take(scoresOf(rows, false), rows.count))
    }
    yield* settled(walk.end())
    yield* join.end()
  }

  async function track(
    sound: Sound,
    span: Span,
    said: Said | undefined,
    signal: AbortSignal,
  ): Promise<MouthTrack> {
    const words = said && span.end - span.start <= longestLine ? await spelled(said, signal) : []
    if (words.length > 0) {
      const rows = await collectRows(hearRows(sound, span, inference, signal, model))
      const scores = scoresOf(rows, true, habits)
      const forced = forceWords(scores, rows.count, [words], { alone: true, optional: false })
      if (forced) return forcedTrack(span, rows, lasting(scores, rows.count, forced), words)
    }
    const shapes: MouthShape[] = []
    for await (const shape of listen(sound, span, signal)) shapes.push(shape)
    return { ...span, shapes, way: 'sound', words: [], trust: 0.5 }
  }

  async function spelled(said: Said, signal: AbortSignal): Promise<SpelledWord[]> {
    if (!/[\p{L}\p{N}]/u.test(said.text)) return []
    try {
      return await spell(said, espeak, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (unsayable(error)) return []
      throw error
    }
  }

  const digest = createHash('sha256').update(readFileSync(model)).digest('hex')
  return { identity: `viseme15 ${digest.slice(0, 16)}`, listen, track }
}

/** No voice for the language, or a kanji that nobody can read: then the sound must do. */
const unsayable = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['language-unspoken', 'reading-missing'].includes(String(error.code))

function forcedTrack(span: Span, rows: Rows, forced: Forced, words: readonly SpelledWord[]): MouthTrack {
  const join = openJoin(span)
  const shapes: MouthShape[] = []
  forced.steps.forEach(({ shape }, row) => {
    // What the words say of the jaw and what is heard of it: each half.
    const heard = rows.openness[row] ?? 0
    shapes.push(...join.take(shape.viseme, shape.viseme === 'sil' ? heard : (heard + shape.openness) / 2))
  })
  shapes.push(...join.end())
  const timed: Word[] = words.flatMap(({ text }, word) => {
    const first = forced.steps.findIndex(step => step.word === word)
    const last = forced.steps.findLastIndex(step => step.word === word)
    return first < 0 ? [] : [{ text, start: at(first), end: at(last + 1) }]
  })
  return { ...span, shapes, way: 'text', words: timed, trust: trustOf(forced.fit) }

  function at(row: number): Ms {
    return Math.max(span.start, Math.min(span.end, (rows.from + row) * frameMs))
  }
}

const trustOf = (fit: number): number => Math.round(100 * Math.exp(Math.min(0, fit))) / 100

/** Rows of 10 ms joined into shapes that tile the span: the first from its start, the last to its end. */
function openJoin(span: Span) {
  const first = Math.floor(span.start / frameMs)
  let row = first
  let from = span.start
  let viseme: Viseme | undefined
  let open = 0
  let count = 0
  function* close(to: Ms): Generator<MouthShape> {
    if (viseme && to > from)
      yield { start: from, end: to, viseme, openness: Math.round((1000 * open) / count) / 1000 }
    if (to > from) from = to
    open = count = 0
  }
  return {
    *take(shape: Viseme, openness: number): Generator<MouthShape> {
      if (viseme !== undefined && shape !== viseme) yield* close(Math.min(span.end, row * frameMs))
      viseme = shape
      open += openness
      count++
      row++
    },
    *end(): Generator<MouthShape> {
      yield* close(span.end)
    },
  }
}
