/**
 * What may follow what in Whisper's output, and what comes of it. Pure. The rules are those of Radford et al. 2022
 * (arXiv:2212.04356, section 4.5): timestamps come in pairs and never go back, and are taken when together they are
 * likelier than any word.
 */

import { deflateSync } from 'node:zlib'

export type WhisperTokens = {
  readonly start: number
  readonly end: number
  /** `<|0.00|>`; every later token is a timestamp, 20 ms further on. */
  readonly firstTime: number
  readonly noTimestamps: number
  readonly noSpeech: number
  readonly transcribe: number
  /** `ja` → its token. Empty for English-only models. */
  readonly languages: Readonly<Record<string, number>>
  readonly suppressed: readonly number[]
  readonly suppressedFirst: readonly number[]
}

export const timeStepMs = 20
/** A first word later than this is a second window's business (the paper's max_initial_timestamp: 1 s). */
const latestFirstStep = 50

/** Natural logarithms of the probabilities, written over the scores. */
export function logSoftmax(scores: Float32Array): Float32Array {
  let greatest = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > greatest) greatest = score
  let sum = 0
  for (const score of scores) sum += Math.exp(score - greatest)
  const shift = greatest + Math.log(sum)
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] ?? 0) - shift
  return scores
}

/** Takes away (−∞) what may not come next. `said` is what was said after the prompt. */
export function forbid(scores: Float32Array, said: readonly number[], tokens: WhisperTokens): void {
  const never = Number.NEGATIVE_INFINITY
  for (const token of tokens.suppressed) scores[token] = never
  scores[tokens.noTimestamps] = never
  if (said.length === 0) {
    for (const token of tokens.suppressedFirst) scores[token] = never
    scores.fill(never, 0, tokens.firstTime)
    scores.fill(never, tokens.firstTime + latestFirstStep + 1)
    return
  }
  const isTime = (token: number | undefined) => token !== undefined && token >= tokens.firstTime
  const last = said.at(-1)
  const lastTime = said.findLast(isTime)
  if (isTime(last)) {
    // After a closing time comes an opening one or the end; after an opening one, words.
    if (said.length < 2 || isTime(said.at(-2))) scores.fill(never, tokens.firstTime)
    else scores.fill(never, 0, tokens.end)
  }
  if (lastTime !== undefined) {
    const from = isTime(last) && !isTime(said.at(-2)) && said.length > 1 ? lastTime : lastTime + 1
    scores.fill(never, tokens.firstTime, from)
  }
  logSoftmax(scores)
  let times = 0
  let word = never
  for (let token = 0; token < scores.length; token++) {
    const score = scores[token] ?? never
    if (token >= tokens.firstTime) times += Math.exp(score)
    else if (score > word) word = score
  }
  if (Math.log(times) > word) scores.fill(never, 0, tokens.firstTime)
}

export type TokenSegment = {
  readonly startStep: number
  readonly endStep: number
  readonly from: number
  readonly to: number
}

/**
 * Segments between times, as steps of 20 ms and as the range of tokens in them; and the step at which to go on
 * listening: the window's end when it closed with a single time or without pairs.
 */
export function segmentsOf(
  said: readonly number[],
  tokens: WhisperTokens,
  steps: number,
): { segments: TokenSegment[]; next: number } {
  const segments: TokenSegment[] = []
  let opened: number | undefined
  let from = 0
  said.forEach((token, at) => {
    if (token < tokens.firstTime) return
    const step = Math.min(steps, token - tokens.firstTime)
    if (opened !== undefined && at > from) {
      segments.push({ startStep: opened, endStep: Math.max(step, opened), from, to: at })
      opened = undefined
    } else {
      opened = step
      from = at + 1
    }
  })
  const unfinished = opened !== undefined && said.length > from
  const last = segments.at(-1)
  if (unfinished && last && opened !== undefined && opened > 0) return { segments, next: last.endStep }
  if (unfinished && opened !== undefined)
    segments.push({ startStep: opened, endStep: steps, from, to: said.length })
  return { segments, next: steps }
}

/** Bytes of the text over its deflated bytes: a loop gives 2.4 and more (the paper's compression_ratio_threshold). */
export const repetition = (text: string): number => Buffer.byteLength(text) / deflateSync(text).byteLength
