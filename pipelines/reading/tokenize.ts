/** Runs in a process of its own: the dictionary fills about 400 MB. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import kuromoji, { type IpadicFeatures, type Tokenizer } from 'kuromoji'
import { serve } from '../child.ts'
import { readingOf, type Token } from './kana.ts'
import type { Hint } from './ruby.ts'

const dictionary = join(dirname(createRequire(import.meta.url).resolve('kuromoji/package.json')), 'dict')
const ready = new Promise<Tokenizer<IpadicFeatures>>((resolve, reject) => {
  kuromoji
    .builder({ dicPath: dictionary })
    .build((error, tokenizer) => (error ? reject(error) : resolve(tokenizer)))
})

serve(async ({ text, hints }: { readonly text: string; readonly hints: readonly Hint[] }) => {
  const tokenizer = await ready
  return readingOf(text, hints, piece =>
    tokenizer.tokenize(piece).map(
      (word): Token => ({
        text: word.surface_form,
        kind: word.pos,
        detail: word.pos_detail_1,
        ...(word.pronunciation && { sound: word.pronunciation }),
      }),
    ),
  )
})
