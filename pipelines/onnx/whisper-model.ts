import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AutoFeatureExtractor, AutoTokenizer, env } from '@huggingface/transformers'
import { z } from 'zod'
import { type CacheShape, openSession } from './session.ts'
import type { WhisperTokens } from './whisper-rules.ts'

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

export type Whisper = Awaited<ReturnType<typeof openWhisper>>

/** A folder of Whisper's graphs, its tokenizer and what its makers tell of it, ready to be run. Nothing is fetched. */
export async function openWhisper(folder: string, threads: number) {
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
