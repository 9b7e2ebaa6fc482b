import { z } from 'zod'
import { post, type Service } from '../../http.ts'
import { base } from '../../language.ts'
import type { Language } from '../../terms.ts'
import type { TranslationEngine } from '../engine.ts'
import { inHalves } from './halves.ts'

export type LibreSettings = Pick<Service, 'timeout' | 'wait'> & {
  readonly address: string
  readonly key?: string
}

const Answer = z.object({ translatedText: z.array(z.string().max(10_000)) })

/** Where its code is not the tag's first part; newer servers know these as other names of theirs. */
const codes: Readonly<Record<string, string>> = {
  'zh-hant': 'zt',
  'zh-tw': 'zt',
  'zh-hk': 'zt',
  'pt-br': 'pb',
  no: 'nb',
}
const codeOf = (language: Language) =>
  codes[language.toLowerCase()] ?? codes[base(language)] ?? base(language)

/** A LibreTranslate server. Which languages it has only it knows; one it lacks is its `engine-failed`. */
export function libreEngine({ address, key, ...patience }: LibreSettings): TranslationEngine {
  const { host } = new URL(address)
  const service: Service = { engine: 'LibreTranslate', address, secret: key, ...patience }
  return {
    identity: `libretranslate at ${host}`,
    licence: `terms of the service at ${host}; the server is AGPL-3.0`,
    batch: 25,
    speaks: (from, to) => codeOf(from) !== codeOf(to),
    translate: (ask, signal) =>
      inHalves(ask, async ({ from, to, lines }) => {
        const body = {
          q: lines.map(line => line.text),
          source: codeOf(from),
          target: codeOf(to),
          format: 'text',
          ...(key ? { api_key: key } : {}),
        }
        return Answer.safeParse(await post(service, '/translate', body, signal)).data?.translatedText
      }),
  }
}
