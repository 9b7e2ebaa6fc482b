import { type Figures, fill } from '../problem.ts'
import type { Finding } from '../terms.ts'

/** What this room notices, each as its weight, its sentence and what mends it. `{name}` is filled from the figures. */
const rules = {
  untranslated: ['warning', 'Nobody has translated this line yet.', 'Write its translation.'],
  'rights-held': [
    'note',
    'Somebody holds the rights of these words: no machine translates or speaks them.',
    'A person may write their translation, once it is permitted; or take the flag off in the original.',
  ],
  'engine-language': [
    'note',
    '{engine} does not translate from {from} to {to}; only the memory was asked.',
    'Choose another engine, or translate by hand.',
  ],
  'memory-fuzzy': [
    'warning',
    'The memory holds these words with other punctuation: {source}',
    'Compare the two, and save the line to say that it is right.',
  ],
  'memory-similar': [
    'note',
    'The memory holds a line that is {percent} % like this one: {source}',
    'Take its translation from the suggestion and adapt it.',
  ],
  'memory-ambiguous': [
    'note',
    'The memory holds {count} translations of this line; the newest was taken.',
    'Check that it is the one that fits here.',
  ],
  'glossary-missing': [
    'warning',
    'The glossary has {source} as “{target}”, which is not in the translation.',
    'Use the glossary’s word, or change the glossary.',
  ],
  'glossary-spelling': [
    'warning',
    'The glossary writes “{target}”; the translation has “{found}”.',
    'Write it exactly as the glossary does.',
  ],
  'glossary-forbidden': [
    'error',
    'The glossary forbids “{found}” for {source}; it wants “{target}”.',
    'Use the glossary’s word.',
  ],
  'honorific-mixed': [
    'note',
    'Most lines {custom} {honorific}; this one does not.',
    'Do as the other lines do, or change them all.',
  ],
  'honorific-custom': [
    'warning',
    'The series says {target} for {honorific}; this line does not.',
    'Say it as the series does, or change the series’ custom.',
  ],
  'source-left': [
    'warning',
    'Some of the original’s writing is left in the translation: {found}',
    'Translate it.',
  ],
  'source-copied': [
    'warning',
    'The translation is the original, word for word.',
    'Check that it is meant so.',
  ],
  'engine-chatter': [
    'error',
    'The engine talks about its work instead of translating: {found}',
    'Write the translation.',
  ],
} as const satisfies Record<string, readonly [Finding['severity'], says: string, mend: string]>

export type TranslationRule = keyof typeof rules

/** One finding of this room, its sentence filled with its figures. */
export function finding(rule: TranslationRule, place: Finding['place'], figures: Figures = {}): Finding {
  const [severity, says, mend] = rules[rule]
  return { rule, severity, place, figures, says: fill(says, figures), mend }
}
