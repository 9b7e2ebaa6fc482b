import type { Language } from '../terms.ts'

export type ModelUse = 'speech' | 'translation'

/** Weights that this version knows how to use. `revision` is a commit, or a branch that is pinned to one at install. */
export type ModelCard = {
  readonly id: string
  readonly use: ModelUse
  readonly says: string
  /** Where from and whereto a translator goes. */
  readonly pairs?: readonly (readonly [from: Language, to: Language])[]
  readonly repository: string
  readonly revision: string
  readonly licence: string
  readonly files: readonly string[]
  /** About how much is fetched, for people. */
  readonly bytes: number
}

const tokenizer = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json']
const merged = ['onnx/encoder_model_quantized.onnx', 'onnx/decoder_model_merged_quantized.onnx']
const whisper = [...tokenizer, 'preprocessor_config.json', ...merged]
const marian = [...tokenizer, ...merged]

export const catalogue: readonly ModelCard[] = [
  {
    id: 'whisper-base',
    use: 'speech',
    says: 'Whisper base, 99 languages: quick, for clear speech',
    repository: 'onnx-community/whisper-base_timestamped',
    revision: 'main',
    licence: 'Apache-2.0',
    files: whisper,
    bytes: 80_000_000,
  },
  {
    id: 'whisper-small',
    use: 'speech',
    says: 'Whisper small, 99 languages: better, three times slower',
    repository: 'onnx-community/whisper-small_timestamped',
    revision: 'main',
    licence: 'Apache-2.0',
    files: whisper,
    bytes: 250_000_000,
  },
  {
    id: 'opus-mt-ja-en',
    use: 'translation',
    says: 'Japanese to English',
    pairs: [['ja', 'en']],
    repository: 'Xenova/opus-mt-ja-en',
    revision: 'main',
    licence: 'Apache-2.0',
    files: marian,
    bytes: 110_000_000,
  },
  {
    id: 'opus-mt-ja-es',
    use: 'translation',
    says: 'Japanese to Spanish',
    pairs: [['ja', 'es']],
    repository: 'Xenova/opus-mt-ja-es',
    revision: 'main',
    licence: 'Apache-2.0',
    files: marian,
    bytes: 110_000_000,
  },
  {
    id: 'opus-mt-en-es',
    use: 'translation',
    says: 'English to Spanish',
    pairs: [['en', 'es']],
    repository: 'Xenova/opus-mt-en-es',
    revision: 'main',
    licence: 'Apache-2.0',
    files: marian,
    bytes: 110_000_000,
  },
]
