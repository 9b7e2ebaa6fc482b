/**
 * When each token was said, from where the decoder looked while it wrote it: the cross-attention of the heads that are
 * known to follow the sound, normalised over tokens, smoothed by a median over time, and crossed by the cheapest
 * monotone path. The method is that of openai-whisper's word timestamps (2023); the numbers are its own.
 */
import type { Whisper } from './whisper-model.ts'
import { timeStepMs } from './whisper-rules.ts'

/** Frames on each side of the one that is smoothed: a width of 7. */
const medianReach = 3

/**
 * @param heads for every alignment head its attention, token by frame, row after row
 * @returns the first frame of each token; as many as there are tokens
 */
export function tokenFrames(heads: readonly Float32Array[], tokens: number, frames: number): number[] {
  const mean = new Float32Array(tokens * frames)
  for (const head of heads) {
    const normal = normalised(head, tokens, frames)
    for (let token = 0; token < tokens; token++) {
      const row = smoothed(normal.subarray(token * frames, (token + 1) * frames))
      for (let frame = 0; frame < frames; frame++)
        mean[token * frames + frame] = (mean[token * frames + frame] ?? 0) + (row[frame] ?? 0) / heads.length
    }
  }
  return cheapestPath(mean, tokens, frames)
}

/** Zero mean and unit variance over the tokens, frame by frame: what every token looks at tells nothing. */
function normalised(head: Float32Array, tokens: number, frames: number): Float32Array {
  const out = new Float32Array(tokens * frames)
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0
    let squares = 0
    for (let token = 0; token < tokens; token++) {
      const value = head[token * frames + frame] ?? 0
      sum += value
      squares += value * value
    }
    const mean = sum / tokens
    const deviation = Math.sqrt(Math.max(0, squares / tokens - mean * mean)) || 1
    for (let token = 0; token < tokens; token++)
      out[token * frames + frame] = ((head[token * frames + frame] ?? 0) - mean) / deviation
  }
  return out
}

function smoothed(row: Float32Array): Float32Array {
  const last = row.length - 1
  const mirrored = (at: number) =>
    row[at < 0 ? Math.min(last, -at) : at > last ? Math.max(0, 2 * last - at) : at] ?? 0
  return row.map((_, at) => {
    const around = Array.from({ length: 2 * medianReach + 1 }, (_, step) => mirrored(at + step - medianReach))
    return around.sort((a, b) => a - b)[medianReach] ?? 0
  })
}

/** Dynamic time warping over the negated weights; gives for each token the frame at which the path enters its row. */
function cheapestPath(weights: Float32Array, tokens: number, frames: number): number[] {
  const width = frames + 1
  const cost = new Float32Array((tokens + 1) * width).fill(Number.POSITIVE_INFINITY)
  const from = new Uint8Array((tokens + 1) * width)
  cost[0] = 0
  for (let token = 1; token <= tokens; token++)
    for (let frame = 1; frame <= frames; frame++) {
      const here = token * width + frame
      const diagonal = cost[here - width - 1] ?? 0
      const up = cost[here - width] ?? 0
      const left = cost[here - 1] ?? 0
      const best = diagonal < up && diagonal < left ? diagonal : up < diagonal && up < left ? up : left
      from[here] = best === left ? 2 : best === up ? 1 : 0
      cost[here] = best - (weights[(token - 1) * frames + frame - 1] ?? 0)
    }
  const entered = new Array<number>(tokens).fill(0)
  let token = tokens
  let frame = frames
  while (token > 0 && frame > 0) {
    entered[token - 1] = frame - 1
    const step = from[token * width + frame]
    if (step !== 2) token--
    if (step !== 1) frame--
  }
  return entered
}

/** Tokens to words: a token that holds half a letter waits for the other half; a space begins a word where there are any. */
export function wordsOf(
  ids: readonly number[],
  frames: readonly number[],
  span: { start: number; end: number },
  { tokenizer }: Pick<Whisper, 'tokenizer'>,
) {
  const words: { start: number; end: number; text: string }[] = []
  const within = (frame: number) => Math.min(span.end, Math.max(span.start, frame * timeStepMs))
  let pending: number[] = []
  ids.forEach((id, at) => {
    pending.push(id)
    const text = tokenizer.decode(pending, { skip_special_tokens: true })
    if (text.includes('\u{fffd}')) return
    const start = within(frames[at - pending.length + 1] ?? 0)
    const end = within(frames[at + 1] ?? frames[at] ?? 0)
    pending = []
    const last = words.at(-1)
    const joins =
      last !== undefined &&
      (/^[\p{P}\p{S}]+$/u.test(text) ||
        (!text.startsWith(' ') && /[\p{Script=Latin}\p{Script=Cyrillic}\p{N}'’]/u.test(text.slice(0, 1))))
    if (last && joins) words[words.length - 1] = { start: last.start, end, text: last.text + text }
    else if (text.trim() !== '') words.push({ start, end, text: text.trim() })
  })
  return words
}
