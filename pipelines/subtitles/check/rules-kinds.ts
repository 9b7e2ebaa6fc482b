/** What is written in the picture, and what is sung. */
import { type Caption, tidy } from '../document.ts'
import { replace } from '../edit.ts'
import { none, type Rule } from './rule.ts'

const hasCase = (text: string): boolean => /\p{Lu}|\p{Ll}/u.test(text)

export const kindRules: readonly Rule[] = [
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
