/** Actors who speak a telephone exchange's prompts, out of Debian's asterisk-core-sounds-LANGUAGE and -LANGUAGE-g722. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Language } from '../../../terms.ts'

type Speaker = { readonly folder: string; readonly language: Language; readonly sex: 'f' | 'm' }
export const speakers: Readonly<Record<string, Speaker>> = {
  'people-en': { folder: 'en_US_f_Allison', language: 'en-US', sex: 'f' },
  'people-es': { folder: 'es_MX_f_Allison', language: 'es-419', sex: 'f' },
  'people-fr': { folder: 'fr_CA_f_June', language: 'fr', sex: 'f' },
  'people-it': { folder: 'it_IT_m_Carlo', language: 'it', sex: 'm' },
  'people-ru': { folder: 'ru_RU_f_IvrvoiceRU', language: 'ru', sex: 'f' },
}

export type Prompt = { readonly sound: string; readonly name: string; readonly text: string }

/** Prompts and their words, without noises and what is only described; none where the packages are not installed. */
export function promptsOf(set: string): Prompt[] {
  const { folder = '', language = '' } = speakers[set] ?? {}
  const short = language.slice(0, 2)
  const told = `/usr/share/doc/asterisk-core-sounds-${short}/core-sounds-${short}.txt.gz`
  if (!existsSync(told)) return []
  return gunzipSync(readFileSync(told))
    .toString('utf8')
    .split('\n')
    .flatMap(line => {
      const [, prompt = '', text = ''] =
        /^([\w/-]+):\s*([^[\]<>{}]*\p{L}{2}[^[\]<>{}]*)$/u.exec(line.trim()) ?? []
      const sound = join('/usr/share/asterisk/sounds', folder, `${prompt}.g722`)
      return prompt && existsSync(sound) ? [{ sound, name: prompt.replaceAll('/', '-'), text }] : []
    })
}
