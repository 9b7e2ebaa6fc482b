/**
 * Whisper, decoded by hand on two ONNX graphs (Optimum's layout: an encoder and a merged decoder). By hand because the
 * library that reads its tokenizer neither finds the language nor tells how sure the model was, and is slower a token.
 * Runs in the inference process.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { bool, emptyCache, float, floatsOf, int64, nextCache } from './session.ts'
import { drawn, languageOf, likeliest, lot } from './token-choice.ts'
import { openWhisper, type Whisper } from './whisper-model.ts'
import { forbid, logSoftmax, repetition, segmentsOf, timeStepMs } from './whisper-rules.ts'
import { tokenFrames, wordsOf } from './word-times.ts'

export type HearAsk = {
  readonly folder: string
  readonly threads: number
  /** 16 kHz mono, 30 s at most. */
  readonly sound: Float32Array
  readonly language?: string
}
export type Heard = {
  readonly language: string
  /** The model's own probability that nobody speaks. */
  readonly silence: number
  readonly segments: readonly HeardSegment[]
  /** Up to where it listened; less than the sound when it stopped in mid-sentence. */
  readonly until: number
}
export type HeardSegment = {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly logprob: number
  readonly words: readonly { readonly start: number; readonly end: number; readonly text: string }[]
}

let kept: { readonly folder: string; readonly whisper: Promise<Whisper> } | undefined

export async function hearWindow({ folder, threads, sound, language }: HearAsk): Promise<Heard> {
  if (kept?.folder !== folder) kept = { folder, whisper: openWhisper(folder, threads) }
  return listen(await kept.whisper, sound, language)
}

/** The tokens that the coolest decoding says, for holding the decoder to another one. */
export async function listenTokens({ folder, threads, sound, language }: HearAsk): Promise<number[]> {
  const whisper = await openWhisper(folder, threads)
  return (await decode(whisper, await encode(whisper, sound), language, 0)).said
}

/** The original's fallback: hotter and hotter until the text neither loops nor is a guess (compression 2.4, logprob −1). */
const temperatures = [0, 0.4, 0.8]
const loops = 2.4
const guess = -1

async function listen(whisper: Whisper, sound: Float32Array, wanted: string | undefined): Promise<Heard> {
  const hidden = await encode(whisper, sound)
  const steps = Math.min(whisper.steps, Math.ceil(sound.length / 16 / timeStepMs))

  let best: Awaited<ReturnType<typeof decode>> | undefined
  for (const temperature of temperatures) {
    best = await decode(whisper, hidden, wanted, temperature)
    const text = whisper.tokenizer.decode(best.said, { skip_special_tokens: true })
    if (repetition(text) < loops && best.logprob > guess) break
  }
  if (!best) throw new Error('nothing was decoded')
  const { language, silence } = best
  const { segments, next } = segmentsOf(best.said, whisper.tokens, steps)
  const frames = framesOf(best, whisper, steps)
  return {
    language,
    silence,
    until: next * timeStepMs,
    segments: segments.map(({ startStep, endStep, from, to }) => {
      const ids = best.said.slice(from, to)
      const span = { start: startStep * timeStepMs, end: endStep * timeStepMs }
      const logprobs = best.logprobs.slice(from, to)
      return {
        ...span,
        text: whisper.tokenizer.decode(ids, { skip_special_tokens: true }).trim(),
        logprob: logprobs.reduce((sum, value) => sum + value, 0) / Math.max(1, logprobs.length),
        words: frames ? wordsOf(ids, frames.slice(from, to + 1), span, whisper) : [],
      }
    }),
  }
}

async function encode({ features, encoder }: Whisper, sound: Float32Array): Promise<Tensor> {
  const { input_features } = await features(sound)
  const mel = input_features as { data: Float32Array; dims: number[] }
  const { last_hidden_state } = await encoder.run({ input_features: float(mel.data, mel.dims) })
  if (!last_hidden_state) throw new Error('the encoder gives no last_hidden_state')
  return last_hidden_state as Tensor
}

type Decoded = {
  readonly said: number[]
  readonly logprobs: number[]
  readonly logprob: number
  readonly language: string
  readonly silence: number
  /** For each token that was fed in, prompt included, the attention of every alignment head over the sound's frames. */
  readonly attention: Float32Array[][]
  readonly prompt: number
}

async function decode(
  whisper: Whisper,
  hidden: Tensor,
  wanted: string | undefined,
  temperature: number,
): Promise<Decoded> {
  const { tokens, decoder, alignment } = whisper
  let cache = emptyCache(whisper.cache, 1)
  const attention: Float32Array[][] = []
  const step = async (token: number, first = false): Promise<Float32Array> => {
    const outputs = await decoder.run({
      input_ids: int64([token], [1, 1]),
      encoder_hidden_states: hidden,
      use_cache_branch: bool(!first),
      ...cache,
    })
    cache = nextCache(cache, outputs as Record<string, Tensor>, first)
    if (alignment.length > 0) attention.push(lookOf(outputs, alignment))
    return floatsOf(outputs.logits, 'logits').slice()
  }

  const opening = logSoftmax(await step(tokens.start, true))
  const silence = Math.exp(opening[tokens.noSpeech] ?? Number.NEGATIVE_INFINITY)
  const language = languageOf(opening, tokens, wanted)
  const code = tokens.languages[language]
  let scores = opening
  if (code !== undefined) {
    await step(code)
    scores = await step(tokens.transcribe)
  }
  const prompt = code === undefined ? 1 : 3
  const said: number[] = []
  const logprobs: number[] = []
  const dice = lot(1)
  while (said.length < whisper.longest) {
    forbid(scores, said, tokens)
    const token = temperature === 0 ? likeliest(scores) : drawn(scores, temperature, dice)
    logprobs.push(scores[token] ?? Number.NEGATIVE_INFINITY)
    if (token === tokens.end) break
    said.push(token)
    scores = await step(token)
  }
  const logprob = logprobs.reduce((sum, value) => sum + value, 0) / Math.max(1, logprobs.length)
  return { said, logprobs, logprob, language, silence, attention, prompt }
}

function lookOf(
  outputs: InferenceSession.OnnxValueMapType,
  alignment: readonly (readonly [number, number])[],
): Float32Array[] {
  return alignment.flatMap(([layer, head]) => {
    const look = outputs[`cross_attentions.${layer}`] as Tensor | undefined
    if (!look) return []
    const frames = look.dims[3] ?? 0
    return [floatsOf(look, 'attention').slice(head * frames, (head + 1) * frames)]
  })
}

/** The first frame of every token said, and of what follows the last. */
function framesOf(
  { attention, prompt, said }: Decoded,
  { alignment }: Whisper,
  steps: number,
): number[] | undefined {
  if (said.length === 0 || attention.some(look => look.length < alignment.length) || alignment.length === 0)
    return undefined
  // A token's own row is the one in which it was fed in; the row before chose it. The original reads its own.
  const rows = attention.slice(prompt, prompt + said.length)
  const heads = alignment.map((_, head) => {
    const all = new Float32Array(rows.length * steps)
    rows.forEach((look, token) => {
      all.set((look[head] ?? new Float32Array(0)).subarray(0, steps), token * steps)
    })
    return all
  })
  return [...tokenFrames(heads, rows.length, steps), steps]
}
