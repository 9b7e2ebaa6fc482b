import { languageIn } from '../words.ts'
import { useTongue } from './house.ts'

const common = [
  'ja',
  'en',
  'es',
  'es-419',
  'pt-BR',
  'fr',
  'de',
  'it',
  'ko',
  'zh-Hans',
  'zh-Hant',
  'pl',
  'tr',
  'ar',
  'hi',
  'id',
  'th',
  'vi',
  'ru',
  'uk',
]

/** Languages to pick from; any other tag can be written as well. */
export function LanguageNames() {
  const tongue = useTongue()
  return (
    <datalist id="language-names">
      {common.map(language => (
        <option key={language} value={language}>
          {languageIn(tongue, language)}
        </option>
      ))}
    </datalist>
  )
}
