import { z } from 'zod'
import { post, type Service } from '../../http.ts'
import { base } from '../../language.ts'
import type { Language } from '../../terms.ts'
import type { TranslateAsk, TranslationEngine } from '../engine.ts'
import { inHalves } from './halves.ts'

export type DeeplSettings = Pick<Service, 'timeout' | 'wait'> & {
  readonly key: string
  /** Where it is, when it is neither of the two public addresses. */
  readonly address?: string
  /** How people speak to each other. Where a language makes no difference, DeepL ignores it. */
  readonly formality?: 'default' | 'prefer_more' | 'prefer_less'
}

const Answer = z.object({ translations: z.array(z.object({ text: z.string().max(30_000) })) })

/** It translates into a variant where it knows several; the plain tag means the first. */
const variants: Readonly<Record<string, string>> = {
  en: 'EN-US',
  'en-gb': 'EN-GB',
  'en-us': 'EN-US',
  'es-419': 'ES-419',
  pt: 'PT-PT',
  'pt-br': 'PT-BR',
  'pt-pt': 'PT-PT',
  zh: 'ZH-HANS',
  'zh-hans': 'ZH-HANS',
  'zh-hant': 'ZH-HANT',
  'zh-tw': 'ZH-HANT',
  no: 'NB',
}
const known = new Set(
  'ar bg cs da de el en es et fi fr he hu id it ja ko lt lv nb nl no pl pt ro ru sk sl sv th tr uk vi zh'.split(
    ' ',
  ),
)
const sourceOf = (language: Language) => (base(language) === 'no' ? 'NB' : base(language).toUpperCase())
const targetOf = (language: Language) =>
  variants[language.toLowerCase()] ?? variants[base(language)] ?? base(language).toUpperCase()

/** DeepL's translation service. Each text is read by itself there, so the scene and the glossary go along as context. */
export function deeplEngine({
  key,
  address,
  formality = 'default',
  ...patience
}: DeeplSettings): TranslationEngine {
  const service: Service = {
    engine: 'DeepL',
    // Keys of the free plan end so and work at that address alone.
    address: address ?? (key.endsWith(':fx') ? 'https://api-free.deepl.com' : 'https://api.deepl.com'),
    secret: key,
    headers: { authorization: `DeepL-Auth-Key ${key}` },
    ...patience,
  }
  return {
    identity: `deepl at ${new URL(service.address).host}, formality ${formality}`,
    licence: 'terms of DeepL SE',
    // The most texts in one request.
    batch: 50,
    speaks: (from, to) => known.has(base(from)) && known.has(base(to)) && base(from) !== base(to),
    translate: (ask, signal) =>
      inHalves(ask, async part => {
        const body = {
          text: part.lines.map(line => line.text),
          source_lang: sourceOf(part.from),
          target_lang: targetOf(part.to),
          context: contextOf(part),
          formality,
          // A line is one thing to say, however many sentences it has.
          split_sentences: '0',
          preserve_formatting: true,
        }
        const answer = Answer.safeParse(await post(service, '/v2/translate', body, signal))
        return answer.data?.translations.map(one => one.text)
      }),
  }
}

/** The scene around the lines and the words to use in them; not translated, and not charged. */
function contextOf({ before, lines, after, glossary }: TranslateAsk): string {
  const scene = [
    ...before,
    ...lines.map(({ speaker, text }) => (speaker ? `${speaker}: ${text}` : text)),
    ...after,
  ]
  return [...glossary.map(({ source, target }) => `${source} = ${target}`), ...scene].join('\n')
}
