/** Numbers, glossary, names; signs and songs. */
import { type Caption, tidy } from '../document.ts'
import { replace, splice } from '../edit.ts'
import { wordOf } from './numbers.ts'
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
const hasCase = (text: string): boolean => /\p{Lu}|\p{Ll}/u.test(text)

/** Not times, ages of things, units, sums, ranks, parts of longer numbers, or what begins a sentence. */
const smallNumber =
  /(?<![\p{L}\p{N}.,:/#%€$£¥+\-–'’])(?<![#%€$£¥+\-–] )(?<!^[-‐–—]? ?|[.!?…]["”»]?\s)(10|[1-9])(?![\p{L}\p{N}%°€$£¥:/'’-]|[.,]\d| ?(?:a\.m|p\.m|am|pm|kg|km|cm|mm|m|%|h|€)(?!\p{L}))/gmu
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
  {
    name: 'sign-capitals',
    severity: 'note',
    says: 'Writing in the picture stands in capitals.',
    mend: 'Write it in capitals.',
    clause: 'Forced narratives: ALL CAPS',
    kinds: ['sign'],
    find: ({ caption, text }, { signsInCapitals, language }) => {
      // A long passage (a letter, a prologue) keeps its case.
      if (
        !signsInCapitals ||
        !hasCase(text) ||
        text === text.toLocaleUpperCase(language) ||
        text.length > 120
      )
        return none
      return [
        {
          amount: 1,
          mended: () => replace(caption, /\p{Ll}+/gu, (found = '') => found.toLocaleUpperCase(language)),
        },
      ]
    },
  },
  {
    name: 'sign-and-speech',
    severity: 'warning',
    says: 'What is written and what is said stand in one caption.',
    mend: 'Make two captions of it.',
    clause: 'Forced narratives are never combined with dialogue',
    kinds: ['dialogue'],
    find: ({ rows }, { signsInCapitals, language }) => {
      if (!signsInCapitals || rows.length < 2) return none
      const capitals = rows.map(
        row =>
          (row.match(/\p{L}/gu)?.length ?? 0) > 3 &&
          row === row.toLocaleUpperCase(language) &&
          row !== row.toLocaleLowerCase(language),
      )
      const small = rows.map(row => /\p{Ll}{2}/u.test(row))
      return capitals.some(Boolean) && small.some(Boolean) ? [{ amount: 1 }] : none
    },
  },
  {
    name: 'song-italics',
    severity: 'note',
    says: 'What is sung stands in italics.',
    mend: 'Set it in italics.',
    clause: 'Songs: italics',
    kinds: ['song'],
    find: ({ caption }, { songs, italics }) => {
      if (
        !songs?.italic ||
        !italics ||
        caption.runs.every(({ marks, text }) => marks.italic || text.trim() === '')
      )
        return none
      return [
        {
          amount: 1,
          mended: () => ({
            ...caption,
            runs: tidy(caption.runs.map(run => ({ ...run, marks: { ...run.marks, italic: true } }))),
          }),
        },
      ]
    },
  },
  {
    name: 'song-ends',
    severity: 'note',
    says: 'Rows of a song begin with a capital and end without points and commas.',
    mend: 'Write them so.',
    clause: 'Songs: a capital begins each row; only ? and ! end one',
    kinds: ['song'],
    find: ({ caption, text }, { songs, language }) => {
      if (!songs?.bareEnds) return none
      const [ends, begins] = [/(?<![.…])[.,;:](?=["”»]?[ ♪♫]*$)/gm, /(?<=^[\s♪♫"“«¿¡]{0,6})\p{Ll}/gmu]
      const amount = (text.match(ends)?.length ?? 0) + (text.match(begins)?.length ?? 0)
      if (amount === 0) return none
      return [
        {
          amount,
          mended: (): Caption =>
            replace(replace(caption, ends, ''), begins, (found = '') => found.toLocaleUpperCase(language)),
        },
      ]
    },
  },
  {
    name: 'song-notes',
    severity: 'note',
    says: 'What is sung stands between notes.',
    mend: 'Set a note before and behind it.',
    clause: 'Songs: ♪ around them',
    kinds: ['song'],
    find: ({ caption, text }, { songs }) => {
      if (!songs?.notes || text.trim() === '' || (/^\s*[♪♫#]/.test(text) && /[♪♫#]\s*$/.test(text)))
        return none
      const opened = /^\s*[♪♫#]/.test(text) ? caption : replace(caption, /^/g, '♪ ')
      return [
        {
          amount: 1,
          mended: () => (/[♪♫#]\s*$/.test(text) ? opened : replace(opened, /$(?![\s\S])/g, ' ♪')),
        },
      ]
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
