import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type GraphNode, noise, onnxModel, type Value, type Weights } from './onnx.ts'

/**
 * A model of Whisper's shape and files with weights drawn by chance: two layers, two heads, a tokenizer of the 256 bytes.
 * It says nonsense, but the same nonsense to whoever decodes it rightly.
 */
export const shape = { mels: 80, frames: 3000, positions: 1500, width: 16, heads: 2, layers: 2 }
export const special = [
  '<|endoftext|>',
  '<|startoftranscript|>',
  '<|en|>',
  '<|ja|>',
  '<|es|>',
  '<|translate|>',
  '<|transcribe|>',
  '<|startoflm|>',
  '<|startofprev|>',
  '<|nospeech|>',
  '<|notimestamps|>',
]
const firstSpecial = 256
export const token = (name: string) => firstSpecial + special.indexOf(name)
export const firstTime = firstSpecial + special.length
export const vocabulary = firstTime + 1501

export async function writeWhisper(folder: string, seed = 7): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true })
  const json = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value))
  await json('config.json', {
    model_type: 'whisper',
    architectures: ['WhisperForConditionalGeneration'],
    is_encoder_decoder: true,
    d_model: shape.width,
    encoder_layers: shape.layers,
    decoder_layers: shape.layers,
    encoder_attention_heads: shape.heads,
    decoder_attention_heads: shape.heads,
    max_source_positions: shape.positions,
    max_target_positions: 96,
    vocab_size: vocabulary,
    num_mel_bins: shape.mels,
    median_filter_width: 7,
    decoder_start_token_id: token('<|startoftranscript|>'),
    eos_token_id: token('<|endoftext|>'),
    pad_token_id: token('<|endoftext|>'),
  })
  await json('generation_config.json', {
    decoder_start_token_id: token('<|startoftranscript|>'),
    eos_token_id: token('<|endoftext|>'),
    pad_token_id: token('<|endoftext|>'),
    no_timestamps_token_id: token('<|notimestamps|>'),
    is_multilingual: true,
    max_initial_timestamp_index: 50,
    max_length: 96,
    lang_to_id: { '<|en|>': token('<|en|>'), '<|ja|>': token('<|ja|>'), '<|es|>': token('<|es|>') },
    task_to_id: { translate: token('<|translate|>'), transcribe: token('<|transcribe|>') },
    suppress_tokens: special.slice(1).map(token),
    begin_suppress_tokens: [32, token('<|endoftext|>')],
    alignment_heads: [
      [0, 1],
      [1, 0],
    ],
  })
  await json('preprocessor_config.json', {
    feature_extractor_type: 'WhisperFeatureExtractor',
    processor_class: 'WhisperProcessor',
    feature_size: shape.mels,
    n_fft: 400,
    hop_length: 160,
    chunk_length: 30,
    n_samples: 480_000,
    nb_max_frames: shape.frames,
    sampling_rate: 16_000,
    padding_value: 0,
  })
  await json('tokenizer_config.json', { tokenizer_class: 'WhisperTokenizer', model_max_length: 1024 })
  await json('tokenizer.json', tokenizer())
  await writeFile(join(folder, 'onnx/encoder_model_quantized.onnx'), encoder(seed))
  await writeFile(join(folder, 'onnx/decoder_model_merged_quantized.onnx'), decoder(seed))
}

/** Byte-level BPE without merges: a token a byte, written as GPT-2 writes bytes. */
function tokenizer() {
  const plain = [...Array(256).keys()].filter(
    byte => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174,
  )
  let extra = 256
  const letters = [...Array(256).keys()].map(byte =>
    String.fromCharCode(plain.includes(byte) ? byte : extra++),
  )
  const times = Array.from({ length: 1501 }, (_, step) => `<|${(step * 0.02).toFixed(2)}|>`)
  const added = [...special, ...times].map((content, at) => ({
    id: firstSpecial + at,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: at < special.length,
  }))
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: '',
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      vocab: Object.fromEntries(letters.map((letter, byte) => [letter, byte])),
      merges: [],
    },
  }
}

const weights = (name: string, dims: readonly number[], seed: number, scale = 1): Weights => ({
  name,
  dims,
  values: noise(
    dims.reduce((a, b) => a * b, 1),
    seed,
  ).map(value => value * scale),
})
const ints = (name: string, values: readonly number[]): Weights => ({
  name,
  dims: [values.length],
  values: BigInt64Array.from(values, BigInt),
})

function encoder(seed: number): Uint8Array {
  const { mels, frames, positions, width } = shape
  return onnxModel(
    [{ name: 'input_features', type: 'float', dims: [1, mels, frames] }],
    [{ name: 'last_hidden_state', type: 'float', dims: [1, positions, width] }],
    [
      { op: 'Transpose', in: ['input_features'], out: ['rows'], with: { perm: [0, 2, 1] } },
      { op: 'Reshape', in: ['rows', 'pairs'], out: ['paired'] },
      { op: 'MatMul', in: ['paired', 'w'], out: ['mixed'] },
      { op: 'Add', in: ['mixed', 'place'], out: ['placed'] },
      { op: 'Tanh', in: ['placed'], out: ['last_hidden_state'] },
    ],
    [
      ints('pairs', [1, positions, 2 * mels]),
      weights('w', [2 * mels, width], seed + 1, 0.2),
      weights('place', [1, positions, width], seed + 2),
    ],
  )
}

function decoder(seed: number): Uint8Array {
  const { width, heads, layers } = shape
  const wide = width / heads
  const nodes: GraphNode[] = [
    { op: 'Gather', in: ['embedding', 'input_ids'], out: ['x0'] },
    { op: 'Reshape', in: ['x0', 'split'], out: ['split0'] },
    { op: 'Transpose', in: ['split0'], out: ['own'], with: { perm: [0, 2, 1, 3] } },
    { op: 'Cast', in: ['use_cache_branch'], out: ['branch'], with: { to: 1 } },
    { op: 'Mul', in: ['branch', 'zero'], out: ['nothing'] },
  ]
  const inputs: Value[] = [
    { name: 'input_ids', type: 'int64', dims: ['b', 'n'] },
    { name: 'encoder_hidden_states', type: 'float', dims: ['b', 'm', width] },
    { name: 'use_cache_branch', type: 'bool', dims: [1] },
  ]
  const outputs: Value[] = [{ name: 'logits', type: 'float', dims: ['b', 'n', vocabulary] }]
  for (let layer = 0; layer < layers; layer++) {
    for (const part of ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value']) {
      inputs.push({ name: `past_key_values.${layer}.${part}`, type: 'float', dims: ['b', heads, 'p', wide] })
      outputs.push({ name: `present.${layer}.${part}`, type: 'float', dims: ['b', heads, 'q', wide] })
    }
    outputs.push({ name: `cross_attentions.${layer}`, type: 'float', dims: ['b', heads, 'n', 'm'] })
    const x = `x${layer}`
    nodes.push(
      {
        op: 'Concat',
        in: [`past_key_values.${layer}.decoder.key`, 'own'],
        out: [`present.${layer}.decoder.key`],
        with: { axis: 2 },
      },
      {
        op: 'Concat',
        in: [`past_key_values.${layer}.decoder.value`, 'own'],
        out: [`present.${layer}.decoder.value`],
        with: { axis: 2 },
      },
      {
        op: 'ReduceMean',
        in: [`present.${layer}.decoder.key`],
        out: [`past${layer}`],
        with: { axes: [2], keepdims: 1 },
      },
      { op: 'Transpose', in: [`past${layer}`], out: [`pastT${layer}`], with: { perm: [0, 2, 1, 3] } },
      { op: 'Reshape', in: [`pastT${layer}`, 'join'], out: [`memory${layer}`] },
      { op: 'Add', in: [x, `memory${layer}`], out: [`known${layer}`] },
      { op: 'MatMul', in: [`known${layer}`, `wq${layer}`], out: [`q${layer}`] },
      { op: 'MatMul', in: ['encoder_hidden_states', `wk${layer}`], out: [`k${layer}`] },
      { op: 'Reshape', in: [`q${layer}`, 'split'], out: [`qs${layer}`] },
      { op: 'Reshape', in: [`k${layer}`, 'split'], out: [`ks${layer}`] },
      { op: 'Transpose', in: [`qs${layer}`], out: [`qh${layer}`], with: { perm: [0, 2, 1, 3] } },
      {
        op: 'Transpose',
        in: [`ks${layer}`],
        out: [`present.${layer}.encoder.key`],
        with: { perm: [0, 2, 1, 3] },
      },
      { op: 'Add', in: [`present.${layer}.encoder.key`, 'nothing'], out: [`present.${layer}.encoder.value`] },
      { op: 'Transpose', in: [`ks${layer}`], out: [`kt${layer}`], with: { perm: [0, 2, 3, 1] } },
      { op: 'MatMul', in: [`qh${layer}`, `kt${layer}`], out: [`scores${layer}`] },
      { op: 'Softmax', in: [`scores${layer}`], out: [`cross_attentions.${layer}`], with: { axis: 3 } },
      {
        op: 'MatMul',
        in: [`cross_attentions.${layer}`, `present.${layer}.encoder.value`],
        out: [`seen${layer}`],
      },
      { op: 'Transpose', in: [`seen${layer}`], out: [`seenT${layer}`], with: { perm: [0, 2, 1, 3] } },
      { op: 'Reshape', in: [`seenT${layer}`, 'join'], out: [`context${layer}`] },
      { op: 'Add', in: [`known${layer}`, `context${layer}`], out: [`x${layer + 1}`] },
    )
  }
  nodes.push({ op: 'MatMul', in: [`x${layers}`, 'unembedding'], out: ['logits'] })
  return onnxModel(inputs, outputs, nodes, [
    weights('embedding', [vocabulary, width], seed + 3),
    weights('unembedding', [width, vocabulary], seed + 4, 2),
    ints('split', [0, -1, heads, wide]),
    ints('join', [0, -1, width]),
    weights('zero', [1], seed, 0),
    ...Array.from({ length: layers }, (_, layer) => [
      weights(`wq${layer}`, [width, width], seed + 10 + layer, 2),
      weights(`wk${layer}`, [width, width], seed + 20 + layer, 2),
    ]).flat(),
  ])
}

/** A model of Marian's shape and files, as random: the same decoder behind an encoder of words. */
export async function writeMarian(folder: string, seed = 11): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true })
  const json = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value))
  const end = token('<|endoftext|>')
  const ids = { decoder_start_token_id: end, eos_token_id: end, pad_token_id: end }
  await json('config.json', {
    model_type: 'marian',
    architectures: ['MarianMTModel'],
    is_encoder_decoder: true,
    d_model: shape.width,
    encoder_layers: 1,
    decoder_layers: shape.layers,
    encoder_attention_heads: shape.heads,
    decoder_attention_heads: shape.heads,
    vocab_size: vocabulary,
    ...ids,
  })
  await json('generation_config.json', { ...ids, max_length: 64 })
  await json('tokenizer_config.json', {
    tokenizer_class: 'PreTrainedTokenizer',
    pad_token: '<|endoftext|>',
    eos_token: '<|endoftext|>',
  })
  await json('tokenizer.json', tokenizer())
  const words = ['b', 'n']
  const encoder = onnxModel(
    [
      { name: 'input_ids', type: 'int64', dims: words },
      { name: 'attention_mask', type: 'int64', dims: words },
    ],
    [{ name: 'last_hidden_state', type: 'float', dims: [...words, shape.width] }],
    [{ op: 'Gather', in: ['embedding', 'input_ids'], out: ['last_hidden_state'] }],
    [weights('embedding', [vocabulary, shape.width], seed)],
  )
  await writeFile(join(folder, 'onnx/encoder_model_quantized.onnx'), encoder)
  await writeFile(join(folder, 'onnx/decoder_model_merged_quantized.onnx'), decoder(seed))
}
