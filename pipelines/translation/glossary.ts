import { spaced } from '../language.ts'
import type { Finding, Glossary, Language, Term } from '../terms.ts'
import { finding } from './findings.ts'

/** A translated line as the checks of this room look at it. */
export type Checked = { readonly id: string; readonly source: string; readonly text: string }

/** The terms that occur in a text. A term inside a longer one (`まつり` in `星まつり`) is not an occurrence of its own. */
export function termsIn(text: string, glossary: Glossary, language: Language): Term[] {
  let rest = text.normalize('NFKC')
  const found = new Set<string>()
  const sources = [...new Set(glossary.map(term => term.source))].toSorted((a, b) => b.length - a.length)
  for (const source of sources) {
    const without = rest.replace(occurrences(source.normalize('NFKC'), language), hole)
    if (without !== rest) found.add(source)
    rest = without
  }
  return glossary.filter(term => found.has(term.source))
}

/** Holds every translated line against the terms of its language. Lines without a translation say nothing. */
export function checkGlossary(
  lines: readonly Checked[],
  glossary: Glossary,
  from: Language,
  to: Language,
): Finding[] {
  return lines
    .filter(line => line.text.trim() !== '')
    .flatMap(line => termsIn(line.source, glossary, from).flatMap(term => breaches(line, term, to)))
}

function breaches(line: Checked, term: Term, language: Language): Finding[] {
  const place = { line: line.id, language }
  const { source, target } = term
  const text = line.text.normalize('NFKC')
  // A sign in capitals (`AKARIYA – CLOSED TODAY`) is a style, no other spelling.
  const shouts = text === text.toUpperCase()
  const wanted = shouts ? target.normalize('NFKC').toUpperCase() : target.normalize('NFKC')
  const rest = text.replace(exactly(wanted, language), hole)
  const forbidden = (term.forbid ?? []).flatMap(word => {
    const found = rest.match(inflected(word.normalize('NFKC'), language))?.[0]
    return found ? [finding('glossary-forbidden', place, { source, target, found })] : []
  })
  if (rest !== text) return forbidden
  const found = text.match(inflected(wanted, language))?.[0]
  if (found && !term.keep) return forbidden
  if (found) return [...forbidden, finding('glossary-spelling', place, { target, found })]
  return [...forbidden, finding('glossary-missing', place, { source, target })]
}

/** Stands where a found term was, so that what was around it does not join. */
const hole = '\uFFFC'
export const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
const letter = '[\\p{L}\\p{N}\\p{M}]'

/**
 * Where a term stands in the original: in any case and inflection where words stand apart. Where they don't, a katakana
 * term may not be cut out of a longer katakana word (`ハル` is not in `ハルカ`), nor a Latin one out of a Latin word.
 */
const occurrences = (source: string, language: Language) =>
  spaced(language) ? inflected(source, language) : exactly(source, language)

function exactly(term: string, language: Language): RegExp {
  const [before, after] = edges(term, language)
  return new RegExp(`${before}${escaped(term)}${after}`, 'gu')
}

/**
 * A word of up to 4 letters may grow at its end, a longer one may also lose its last letter and one of more than 6 its
 * last two: `lightstones`, `piedras`, `ciudades`. Growth is 3 letters at most, so `star` is not found in `startled`.
 */
function inflected(term: string, language: Language): RegExp {
  if (!spaced(language)) return new RegExp(exactly(term, language).source, 'giu')
  const words = term.split(/\s+/).map(word => {
    if (!/^\p{L}+$/u.test(word)) return escaped(word)
    const loose = word.length > 6 ? 2 : word.length > 4 ? 1 : 0
    const stem = escaped(word.slice(0, word.length - loose))
    return `${stem}\\p{L}{0,${loose + 3}}`
  })
  return new RegExp(`(?<!${letter})${words.join('\\s+')}(?!${letter})`, 'giu')
}

/** What may not stand right before and after a term. */
function edges(term: string, language: Language): readonly [string, string] {
  if (spaced(language)) return [`(?<!${letter})`, `(?!${letter})`]
  const kinds = ['[\\p{Script=Katakana}ー]', '[\\p{Script=Latin}\\p{N}]']
  const kindOf = (character: string) => kinds.find(kind => new RegExp(kind, 'u').test(character))
  const [first, last] = [kindOf([...term][0] ?? ''), kindOf([...term].at(-1) ?? '')]
  return [first ? `(?<!${first})` : '', last ? `(?!${last})` : '']
}
