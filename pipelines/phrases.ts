import { createRequire } from 'node:module'
import type { Language } from './terms.ts'

/** Scripts written without spaces: where their phrases end is a question for a trained segmenter. */
type Segmenter = { readonly parse: (text: string) => string[] }

/** Loaded when it is asked: it brings a whole document model, which only these languages wait for. */
const budoux = (): typeof import('budoux') => createRequire(import.meta.url)('budoux')

const segmenters: Readonly<Record<string, () => Segmenter>> = {
  ja: once(() => budoux().loadDefaultJapaneseParser()),
  zh: once(() => budoux().loadDefaultSimplifiedChineseParser()),
  'zh-hant': once(() => budoux().loadDefaultTraditionalChineseParser()),
  th: once(() => budoux().loadDefaultThaiParser()),
}
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** What parts a text of this language into phrases; nothing where spaces part words. */
export function segmenterOf(language: Language): (() => Segmenter) | undefined {
  const tag = language.toLowerCase()
  const name = /^zh-(?:hant|tw|hk|mo)/.test(tag) ? 'zh-hant' : (tag.split('-')[0] ?? '')
  return Object.hasOwn(segmenters, name) ? segmenters[name] : undefined
}
