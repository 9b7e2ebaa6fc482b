/**
 * Whisper, decoded by hand on two ONNX graphs (Optimum's layout: an encoder and a merged decoder). By hand because the
 * library that reads its tokenizer neither finds the language nor tells how sure the model was, and is slower a token.
 * Runs in the inference process.
 */
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AutoFeatureExtractor, AutoTokenizer, env } from '@huggingface/transformers'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { z } from 'zod'
import {
  bool,
  type CacheShape,
  emptyCache,
  float,
  floatsOf,
  int64,
  nextCache,
  openSession,
} from './session.ts'
import {
  forbid,
  logSoftmax,
  repetition,
  segmentsOf,
  timeStepMs,
  type WhisperTokens,
} from './whisper-rules.ts'
import { tokenFrames } from './word-times.ts'

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

const Config = z.object({
  d_model: z.int(),
  decoder_layers: z.int(),
  decoder_attention_heads: z.int(),
  max_source_positions: z.int(),
  max_target_positions: z.int(),
})
const GenerationConfig = z.object({
  decoder_start_token_id: z.int(),
  eos_token_id: z.int(),
  no_timestamps_token_id: z.int(),
  lang_to_id: z.record(z.string(), z.int()).optional(),
  task_to_id: z.record(z.string(), z.int()).optional(),
  suppress_tokens: z.array(z.int()).nullish(),
  begin_suppress_tokens: z.array(z.int()).nullish(),
  alignment_heads: z.array(z.tuple([z.int(), z.int()])).nullish(),
})

type Whisper = Awaited<ReturnType<typeof open>>
let kept: { readonly folder: string; readonly whisper: Promise<Whisper> } | undefined

export async function hearWindow({ folder, threads, sound, language }: HearAsk): Promise<Heard> {
  if (kept?.folder !== folder) kept = { folder, whisper: open(folder, threads) }
  return listen(await kept.whisper, sound, language)
}

/** The tokens that the coolest decoding says, for holding the decoder to another one. */
export async function listenTokens({ folder, threads, sound, language }: HearAsk): Promise<number[]> {
  const whisper = await open(folder, threads)
  return (await decode(whisper, await encode(whisper, sound), language, 0)).said
}

async function open(folder: string, threads: number) {
  env.allowRemoteModels = false
  env.localModelPath = dirname(folder)
  env.cacheDir = join(folder, '.none')
  const json = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8'))
  const config = Config.parse(await json('config.json'))
  const generation = GenerationConfig.parse(await json('generation_config.json'))
  const languages = Object.entries(generation.lang_to_id ?? {}).map(
    ([name, id]) => [name.replace(/[<|>]/g, ''), id] as const,
  )
  const tokens: WhisperTokens = {
    start: generation.decoder_start_token_id,
    end: generation.eos_token_id,
    noTimestamps: generation.no_timestamps_token_id,
    firstTime: generation.no_timestamps_token_id + 1,
    noSpeech: generation.no_timestamps_token_id - 1,
    transcribe: generation.task_to_id?.transcribe ?? -1,
    languages: Object.fromEntries(languages),
    suppressed: generation.suppress_tokens ?? [],
    suppressedFirst: generation.begin_suppress_tokens ?? [],
  }
  const name = basename(folder)
  const cache: CacheShape = {
    layers: config.decoder_layers,
    heads: config.decoder_attention_heads,
    width: config.d_model / config.decoder_attention_heads,
  }
  return {
    tokens,
    cache,
    steps: config.max_source_positions,
    // Half of the context, as the original keeps the other half for a prompt.
    longest: Math.floor(config.max_target_positions / 2),
    alignment: generation.alignment_heads ?? [],
    encoder: await openSession(folder, 'onnx/encoder_model_quantized.onnx', threads),
    decoder: await openSession(folder, 'onnx/decoder_model_merged_quantized.onnx', threads),
    tokenizer: await AutoTokenizer.from_pretrained(name, { local_files_only: true }),
    features: await AutoFeatureExtractor.from_pretrained(name, { local_files_only: true }),
  }
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

function languageOf(scores: Float32Array, { languages }: WhisperTokens, wanted?: string): string {
  const base = wanted?.split('-')[0]
  if (base !== undefined && Object.hasOwn(languages, base)) return base
  const ranked = Object.entries(languages).sort(([, a], [, b]) => (scores[b] ?? 0) - (scores[a] ?? 0))
  return ranked[0]?.[0] ?? base ?? 'en'
}

function likeliest(scores: Float32Array): number {
  let best = 0
  for (let token = 1; token < scores.length; token++)
    if ((scores[token] ?? 0) > (scores[best] ?? 0)) best = token
  return best
}

/** Draws by chance, but always the same chance: the same sound gives the same words again. */
function drawn(scores: Float32Array, temperature: number, dice: () => number): number {
  const weights = logSoftmax(scores.map(score => score / temperature))
  let left = dice()
  for (let token = 0; token < weights.length; token++) {
    left -= Math.exp(weights[token] ?? Number.NEGATIVE_INFINITY)
    if (left <= 0) return token
  }
  return likeliest(scores)
}

/** Marsaglia's xorshift, 32 bits. */
function lot(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 0x1_0000_0000
  }
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

/** Tokens to words: a token that holds half a letter waits for the other half; a space begins a word where there are any. */
function wordsOf(
  ids: readonly number[],
  frames: readonly number[],
  span: { start: number; end: number },
  { tokenizer }: Whisper,
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
