/** Marian (OPUS-MT) and its like: an encoder and a merged decoder, greedy, several lines at once. In the inference process. */
import { basename, dirname, join } from 'node:path'
import { AutoModelForSeq2SeqLM, AutoTokenizer, env, type Tensor } from '@huggingface/transformers'

export type TranslateWork = {
  readonly folder: string
  readonly threads: number
  readonly lines: readonly string[]
}

type Marian = Awaited<ReturnType<typeof open>>
let kept: { readonly folder: string; readonly marian: Promise<Marian> } | undefined

export async function translateLines({ folder, threads, lines }: TranslateWork): Promise<string[]> {
  if (kept?.folder !== folder) kept = { folder, marian: open(folder, threads) }
  const { tokenizer, model } = await kept.marian
  const inputs = tokenizer([...lines], { padding: true, truncation: true })
  // A line of dialogue that grows past three times its own tokens is a loop, not a translation.
  const longest = Math.min(256, 16 + 3 * (inputs.input_ids as Tensor).dims[1]!)
  const made = await model.generate({ ...inputs, max_new_tokens: longest, num_beams: 1 })
  return tokenizer.batch_decode(made as Tensor, { skip_special_tokens: true }).map(text => text.trim())
}

async function open(folder: string, threads: number) {
  env.allowRemoteModels = false
  env.localModelPath = dirname(folder)
  env.cacheDir = join(folder, '.none')
  const name = basename(folder)
  return {
    tokenizer: await AutoTokenizer.from_pretrained(name, { local_files_only: true }),
    model: await AutoModelForSeq2SeqLM.from_pretrained(name, {
      local_files_only: true,
      dtype: 'q8',
      session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
    }),
  }
}
