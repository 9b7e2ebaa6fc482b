import type { Language } from '../terms.ts'

/** The synthesizer's own names of its languages; constructed ones left out. */
const names = new Set(
  (
    'af am an ar as az ba be bg bn bpy bs ca ca-ba ca-nw ca-va cmn cs cv cy da de el en en-029 en-gb-scotland ' +
    'en-gb-x-gbclan en-gb-x-gbcwmd en-gb-x-rp en-us en-us-nyc eo es es-419 et eu fa fa-latn fi fo fr fr-be fr-ch ga ' +
    'gd gn grc gu hak haw he hi hr ht hu hy hyw ia id is it ja ka kaa kk kl kn ko kok ku ky la lb lt ltg lv mi mk ml ' +
    'mr ms mt mto my nb nci ne nl nog om or pa pap pl pt pt-br qu quc ro ru ru-lv sd shn si sk sl smj sq sr sv sw ta ' +
    'te th ti tk tn tr tt ug uk ur uz vi vi-vn-x-central vi-vn-x-south yue'
  ).split(' '),
)

/** Where its name is not the tag: British English is its `en`, Latin America is one voice, Chinese goes by dialect. */
const renamed: Record<string, string> = {
  en: 'en-us',
  'en-gb': 'en',
  'en-ie': 'en',
  'en-au': 'en',
  'en-nz': 'en',
  'en-in': 'en',
  'en-za': 'en',
  zh: 'cmn',
  'zh-hk': 'yue',
  'zh-mo': 'yue',
  no: 'nb',
  nn: 'nb',
  iw: 'he',
  in: 'id',
  ...Object.fromEntries(
    'ar bo cl co cr cu do ec gt hn mx ni pa pe pr py sv us uy ve'
      .split(' ')
      .map(land => [`es-${land}`, 'es-419']),
  ),
}

/** Every language it speaks. */
export const languages: readonly Language[] = [...new Set([...names, ...Object.keys(renamed)])]

/** The synthesizer's voice for a language tag, or for what is left of it without its last parts; none: undefined. */
export function voiceOf(language: Language): string | undefined {
  const parts = language.toLowerCase().split('-')
  for (; parts.length > 0; parts.pop()) {
    const tag = parts.join('-')
    const name = renamed[tag] ?? tag
    if (names.has(name)) return name
  }
  return undefined
}
