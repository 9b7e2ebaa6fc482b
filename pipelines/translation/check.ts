import { base } from '../language.ts'
import type { Finding, Language } from '../terms.ts'
import { finding, type TranslationRule } from './findings.ts'
import { wordsOf } from './fold.ts'
import type { Checked } from './glossary.ts'

/** What gives away that a translation is none: what was found, or nothing. */
const rules: readonly (readonly [TranslationRule, (line: Checked, to: Language) => string | undefined])[] = [
  ['source-left', ({ text }, to) => (base(to) === 'ja' ? undefined : text.match(kana)?.[0])],
  // One word may well be the same in both: a name, “OK”.
  ['source-copied', ({ source, text }) => (copied(source, text) ? text : undefined)],
  ['engine-chatter', ({ text }) => chatter.find(sign => sign.test(text))?.exec(text)?.[0]],
]
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]+/u
const chatter = [
  /\bas an ai (?:language )?model\b/i,
  /^(?:here(?:’|')?s|here is|sure[,!]|certainly[,!]).{0,40}\btranslat/i,
  /^(?:translation|traducción|übersetzung|traduction)\s*:/i,
  /\bI (?:cannot|can(?:’|')t) translate\b/i,
]

/** Looks for what is left of the original and for what an engine said of itself. */
export const checkText = (lines: readonly Checked[], to: Language): Finding[] =>
  lines.flatMap(line =>
    rules.flatMap(([rule, looks]) => {
      const found = looks(line, to)
      return found ? [finding(rule, { line: line.id, language: to }, { found })] : []
    }),
  )

/** A machine's answer that may not stand as a translation: the original itself, its script, or talk about the work. */
export const unfit = (line: Checked, to: Language): boolean => checkText([line], to).length > 0

const copied = (source: string, text: string) => {
  const words = wordsOf(text)
  return words === wordsOf(source) && (words.includes(' ') || kana.test(words))
}
