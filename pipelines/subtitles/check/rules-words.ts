/** Words: numbers, glossary, names. */
import { replace, splice } from '../edit.ts'
import { wordOf } from './numbers.ts'
import { regionOf } from './regions.ts'
import { type Found, none, type Rule } from './rule.ts'

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** A term as a word of its own in scripts that have words; anywhere in those that don't. */
function termPattern(term: string, flags: string): RegExp {
  const [left, right] = [
    /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d]/u.test(term) ? '(?<![\\p{L}\\p{N}])' : '',
    /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d]$/u.test(term) ? '(?![\\p{L}\\p{N}])' : '',
  ]
  return new RegExp(left + escaped(term) + right, flags)
}

/** Not times, ages of things, units, sums, ranks, parts of longer numbers, or what begins a sentence. */
const smallNumber =
  /(?<![\p{L}\p{N}.,:/#%€$£¥+\-–'’])(?<![#%€$£¥+\-–] )(?<!^[-‐–—]? ?|[.!?…]["”»]?\s)(10|[1-9])(?!\.?[ªº])(?![\p{L}\p{N}%°€$£¥:/'’-]|[.,]\d| ?(?:a\.m|p\.m|am|pm|kg|km|cm|mm|m|%|h|€)(?!\p{L}))/gmu
/** Behind a name a number stays a number: May 3, Room 5. */
const named = (text: string, at: number): boolean =>
  /[^.!?…\s]["”»]? \p{Lu}\p{L}+ $/u.test(text.slice(Math.max(0, at - 40), at))

export const wordRules: readonly Rule[] = [
  {
    name: 'numbers',
    severity: 'note',
    says: 'Numbers from one to ten are written as words: {number}.',
    mend: 'Write it as a word.',
    clause: 'Numbers: 1 to 10 are written out',
    find: ({ caption, text }, { spellsNumbers, language }) => {
      const found = spellsNumbers
        ? [...text.matchAll(smallNumber)].filter(({ index }) => !named(text, index))
        : []
      return found.map(({ 0: number, index }): Found => {
        const word = wordOf(Number(number), language)
        const at = { from: index, to: index + number.length }
        return {
          amount: 1,
          figures: { number },
          at,
          mended: () =>
            word === undefined ? undefined : { ...caption, runs: splice(caption.runs, at.from, at.to, word) },
        }
      })
    },
  },
  {
    name: 'number-begins',
    severity: 'note',
    says: 'A number that begins a sentence is written as a word: {number}.',
    mend: 'Write it as a word.',
    clause: 'Numbers: at the beginning of a sentence they are written out',
    find: ({ caption, text, previous }, { spellsNumbers, language }) => {
      if (!spellsNumbers) return none
      const begun = previous && !/[.!?…♪]["”»]?$/.test(previous.runs.at(-1)?.text ?? '')
      const pattern = begun
        ? /(?<=[.!?]["”»]?\s)(\d{1,3})(?![\d.,:%°/-])(?=\s\p{Ll})/gu
        : /(?<=^[-‐–—]?\s?|[.!?]["”»]?\s)(\d{1,3})(?![\d.,:%°/-])(?=\s\p{Ll})/gu
      return [...text.matchAll(pattern)].map(({ 0: number, index }): Found => {
        const said = (digits = '') => {
          const word = wordOf(Number(digits), language)
          return word === undefined ? digits : word.charAt(0).toLocaleUpperCase(language) + word.slice(1)
        }
        return {
          amount: 1,
          figures: { number },
          at: { from: index, to: index + number.length },
          mended: () => replace(caption, pattern, said),
        }
      })
    },
  },
  {
    name: 'region',
    severity: 'note',
    says: '{written} is written so in another country.',
    mend: 'Write it as it is written here.',
    clause: 'Language: that of the country it is read in',
    find: ({ caption, text }, { language }) => {
      const region = regionOf(language)
      if (!region) return none
      return [...text.matchAll(region.pattern)].flatMap(({ 0: written, index }): Found[] => {
        // A name keeps its letters.
        const word = written.toLowerCase()
        const here = region.words.get(word)
        const capital = word !== written && written.slice(1) === word.slice(1)
        const put =
          here !== undefined && capital ? here.charAt(0).toLocaleUpperCase(language) + here.slice(1) : here
        return [
          {
            figures: { written },
            at: { from: index, to: index + written.length },
            mended: () =>
              put === undefined || (written !== word && !capital)
                ? undefined
                : { ...caption, runs: splice(caption.runs, index, index + written.length, put) },
          },
        ]
      })
    },
  },
  {
    name: 'units',
    severity: 'note',
    says: 'Units and ordinals are written otherwise here: {written}.',
    mend: 'Write them so.',
    clause: 'Abbreviations and units',
    find: ({ caption, text }, { language }) => {
      const wrong = (regionOf(language)?.marks ?? []).filter(([pattern]) => text.search(pattern) >= 0)
      const [first] = wrong
      if (!first) return none
      const at = text.search(first[0])
      return [
        {
          amount: wrong.reduce((sum, [pattern]) => sum + (text.match(pattern)?.length ?? 0), 0),
          figures: {
            written: /\S* ?\S*$/.exec(text.slice(0, at))?.[0] + (/^ ?\S+/.exec(text.slice(at))?.[0] ?? ''),
          },
          mended: () => wrong.reduce((now, [pattern, put]) => replace(now, pattern, put), caption),
        },
      ]
    },
  },
  {
    name: 'glossary',
    severity: 'warning',
    says: 'The glossary has {target} for {source}.',
    mend: 'Use the term.',
    clause: 'Glossary and key names and phrases',
    find: ({ caption, text }, { language }, { glossary, sources }) => {
      const source = sources && Object.hasOwn(sources, caption.id) ? sources[caption.id] : undefined
      if (!glossary) return none
      return glossary.flatMap((term): Found[] => {
        if (term.language !== language) return []
        const forbidden = term.forbid?.find(word => termPattern(word, 'iu').test(text))
        const missing =
          source !== undefined &&
          termPattern(term.source, 'u').test(source) &&
          !termPattern(term.target, term.keep ? 'u' : 'iu').test(text)
        if (forbidden === undefined && !missing) return []
        const mended =
          forbidden === undefined
            ? undefined
            : () => replace(caption, termPattern(forbidden, 'giu'), term.target)
        return [
          {
            amount: 1,
            figures: {
              source: term.source,
              target: term.target,
              ...(forbidden !== undefined && { forbidden }),
            },
            ...(mended && { mended }),
          },
        ]
      })
    },
  },
  {
    name: 'names',
    severity: 'warning',
    says: 'The name is spelled {name}, not {written}.',
    mend: 'Spell it so.',
    clause: 'Key names and phrases are spelled alike in every episode',
    find: ({ caption, text }, _, { names }) => {
      if (!names || names.length === 0) return none
      return [...text.matchAll(/\p{Lu}[\p{L}\p{M}'’-]{3,}/gu)].flatMap(({ 0: written, index }): Found[] => {
        if (names.includes(written)) return []
        const bare = written.replace(/['’]s$/, '')
        const name = names.find(one => one !== bare && one.charAt(0) === bare.charAt(0) && nearly(one, bare))
        if (name === undefined || names.includes(bare)) return []
        return [
          {
            amount: 1,
            figures: { name, written },
            at: { from: index, to: index + written.length },
            mended: () => replace(caption, termPattern(bare, 'gu'), name),
          },
        ]
      })
    },
  },
]

/** One letter changed, missing, added, or two swapped. */
function nearly(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail++
  const [left, right] = [a.length - head - tail, b.length - head - tail]
  if (left <= 1 && right <= 1) return true
  return left === 2 && right === 2 && a[head] === b[head + 1] && a[head + 1] === b[head]
}
