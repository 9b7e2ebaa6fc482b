import type { Ms } from '../../terms.ts'
import { fold, type Heard, peak, scores, search } from './detect.ts'
import { decibels, energies } from './features.ts'
import { bands, frameSeconds, frames, type Pattern, wordOf } from './pattern.ts'
import { whiten } from './whiten.ts'

/** A stretch of the sound in which a mark was found. `id` is absent where too little of it was left to be read. */
export type Mark = {
  readonly start: Ms
  readonly end: Ms
  readonly score: number
  readonly scale: number
  readonly id?: string
  /** Named because it is one of the ids that were asked about, though it could not be read blindly. */
  readonly guessed?: true
}
export type Heeded = {
  readonly marks: readonly Mark[]
  /** The highest score anywhere, a mark or not. */
  readonly score: number
}

/** One window is as long as a step of 0.1 % in time can be off without losing the pattern (60 s × 0.05 % = 30 ms at its ends: half a slot). */
const windowRows = Math.round(60 / frameSeconds)
/** Memory is bounded by this, however long the sound is. */
const blockRows = 10 * windowRows
/** Shorter ends are looked at together with what comes before. */
const leastRows = Math.round(10 / frameSeconds)

/** ±6 % at 0.1 %: from PAL's speed-up (4.3 %) to what players' and thieves' tempo changes leave watchable. Nearest first. */
const scales: readonly number[] = Array.from({ length: 120 }, (_, at) => {
  const away = (Math.floor(at / 2) + 1) / 1000
  return at % 2 === 0 ? 1 + away : 1 - away
})
const around = (scale: number) => [-4, -3, -2, -1, 0, 1, 2, 3, 4].map(step => scale + step * 0.0002)

/**
 * From here on a mark is there though it can't be read; blind, over all phases and scales of a window. The score of
 * unmarked sound comes so high once in more than a million windows (extreme-value fit: `npm run bench:marks`).
 */
export const surely = 8

/**
 * Looks for marks of the key in 16 kHz sound. First as it is; where nothing is found, at all other speeds.
 * @param known ids that may be there: they are recognised in pieces too short to be read
 */
export async function listen(
  chunks: AsyncIterable<Float32Array> | Iterable<Float32Array>,
  pattern: Pattern,
  known: readonly string[] = [],
): Promise<Heeded> {
  const found: (Mark & { readonly rows: number })[] = []
  let [best, speed, passed] = [0, 1, 0]
  const total = new Float32Array(frames * bands)

  for await (const block of inBlocks(chunks)) {
    const evidence = whiten(decibels(block))
    addAt(total, fold(evidence, 1), passed % frames)
    const rows = evidence.length / bands
    for (const [from, to] of windows(rows)) {
      const part = evidence.subarray(from * bands, to * bands)
      const heard = lookAt(part)
      best = Math.max(best, heard.score)
      const { score, scale, id, guessed } = heard
      if (id !== undefined || score >= surely)
        found.push({
          start: msOf(passed + from),
          end: msOf(passed + to),
          score: rounded(score),
          scale,
          rows: to - from,
          ...(id !== undefined && { id }),
          ...(guessed && { guessed }),
        })
    }
    passed += rows
  }
  const whole = passed > windowRows ? readWhole() : undefined
  return {
    marks: merged(whole ? [whole, ...found.filter(({ id }) => id !== whole.id && id !== undefined)] : found),
    score: rounded(Math.max(best, whole?.score ?? 0)),
  }

  function lookAt(part: Float32Array): Heard & { readonly guessed?: true } {
    const first = search(part, pattern, speed === 1 ? [1] : [1, speed])
    if (first.id !== undefined) return first
    let wide = search(part, pattern, scales)
    if (wide.id === undefined && wide.score > first.score) wide = search(part, pattern, around(wide.scale))
    const better = wide.id !== undefined || wide.score > first.score ? wide : first
    if (better.id !== undefined || better.score >= surely) speed = better.scale
    if (better.id !== undefined) return better
    return guess(part, { ...first, scale: 1 }) ?? guess(part, better) ?? better
  }

  /** One of the known ids, where the whole word of it is as sure as a pilot alone must be. */
  function guess(part: Float32Array, heard: Heard): (Heard & { readonly guessed: true }) | undefined {
    const folded = fold(part, heard.scale)
    const tried = known.map(id => ({ id, fits: scores(folded, wordOf(pattern, id)) }))
    const [likeliest] = tried
      .map(({ id, fits }) => ({ id, score: fits[peak(fits)] ?? 0 }))
      .sort((a, b) => b.score - a.score)
    return likeliest && likeliest.score >= surely
      ? { ...heard, id: likeliest.id, score: likeliest.score, guessed: true }
      : undefined
  }

  function readWhole(): Mark | undefined {
    const { id, score } = search(total, pattern, [1])
    return id === undefined ? undefined : { start: 0, end: msOf(passed), score: rounded(score), scale: 1, id }
  }
}

/**
 * How surely the mark of this id is in the sound, at its own speed and beginning no more than 50 ms off its place: for
 * whoever knows what must be there.
 * @param from the place of the sound's beginning in the programme, in milliseconds
 */
export async function matching(
  chunks: AsyncIterable<Float32Array> | Iterable<Float32Array>,
  pattern: Pattern,
  id: string,
  from: Ms = 0,
): Promise<number> {
  const total = new Float32Array(frames * bands)
  let passed = 0
  for await (const block of inBlocks(chunks)) {
    addAt(total, fold(whiten(decibels(block)), 1), passed % frames)
    passed += block.length / bands
  }
  const fits = scores(total, wordOf(pattern, id))
  const place = Math.round(from / 1000 / frameSeconds)
  return Math.max(
    ...[-3, -2, -1, 0, 1, 2, 3].map(off => fits[(((place + off) % frames) + frames) % frames] ?? 0),
  )
}

const msOf = (rows: number): Ms => Math.round(rows * frameSeconds * 1000)
const rounded = (score: number) => Math.round(score * 10) / 10

async function* inBlocks(chunks: AsyncIterable<Float32Array> | Iterable<Float32Array>) {
  let kept: Float32Array[] = []
  let length = 0
  for await (const rows of energies(chunks)) {
    kept.push(rows)
    length += rows.length
    if (length < blockRows * bands) continue
    yield joined(kept, length)
    kept = []
    length = 0
  }
  if (length > 0) yield joined(kept, length)
}

function joined(parts: readonly Float32Array[], length: number): Float32Array {
  const whole = new Float32Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function addAt(total: Float32Array, part: Float32Array, row: number): void {
  for (let at = 0, to = row * bands; at < part.length; at++, to++) {
    if (to === total.length) to = 0
    total[to] = (total[to] ?? 0) + (part[at] ?? 0)
  }
}

function windows(rows: number): readonly (readonly [from: number, to: number])[] {
  const count = Math.max(1, Math.ceil((rows - leastRows) / windowRows))
  return Array.from({ length: count }, (_, at) => [
    at * windowRows,
    at + 1 === count ? rows : (at + 1) * windowRows,
  ])
}

/** Neighbouring windows that say the same are one stretch. */
function merged(marks: readonly Mark[]): readonly Mark[] {
  const out: Mark[] = []
  for (const { start, end, score, scale, id, guessed } of marks) {
    const last = out.at(-1)
    if (last && last.id === id && last.end === start && Math.abs(last.scale - scale) < 0.002)
      out[out.length - 1] = { ...last, end, score: Math.max(last.score, score) }
    else out.push({ start, end, score, scale, ...(id !== undefined && { id }), ...(guessed && { guessed }) })
  }
  return out
}
