/** Spaces, dots, hyphens, quotes, brackets, italics and glyphs. */
import { type Caption, tidy } from '../document.ts'
import { replace } from '../edit.ts'
import { baseOf, each } from './each.ts'
import { strangeGlyphs } from './glyphs.ts'
import type { Profile } from './profile.ts'
import { none, type Rule } from './rule.ts'

/** What is wrong with spaces. French sets one before tall punctuation; the others never do. */
const spaces: readonly (readonly [pattern: RegExp, put: string, unless?: readonly string[]])[] = [
  [/^[ \t]+|[ \t]+$/gm, ''],
  [/(?<=\S)[ \t]{2,}(?=\S)/g, ' '],
  [/(?<=\S)[ \t]+(?=[.,،…)\]])/g, ''],
  [/(?<=\S)[ \t]+(?=[!?;:؟])/g, '', ['fr']],
  [/(?<=[([¿¡])[ \t]+/g, ''],
]

/** What is written for an ellipsis and isn't the house's. */
const ellipses: Readonly<Record<NonNullable<Profile['ellipsis']>, RegExp>> = {
  '…': /\.{3,}|…{2,}|\. \. \.|・{3,}|⋯+/g,
  '...': /…+|\.{4,}/g,
  '⋯': /\.{3,}|…+|⋯{2,}|。{3,}/g,
}

export const markRules: readonly Rule[] = [
  {
    name: 'spaces',
    severity: 'note',
    says: 'There are spaces at an end, doubled, or before punctuation.',
    mend: 'Take them out.',
    clause: 'White space',
    find: ({ caption, text }, profile) => {
      const wrong = spaces.filter(
        ([pattern, , unless]) => !unless?.includes(baseOf(profile)) && text.search(pattern) >= 0,
      )
      if (wrong.length === 0) return none
      return [
        {
          amount: wrong.length,
          mended: () => wrong.reduce((now, [pattern, put]) => replace(now, pattern, put), caption),
        },
      ]
    },
  },
  {
    name: 'empty',
    severity: 'warning',
    says: 'There is nothing to read.',
    mend: 'Write it, or take it out.',
    clause: 'Every caption says something',
    find: ({ text }) => (text.trim() === '' ? [{ amount: 1 }] : none),
  },
  {
    name: 'ellipsis',
    severity: 'note',
    says: 'An ellipsis is written {limit}.',
    mend: 'Write it so.',
    clause: 'Punctuation: ellipsis',
    find: ({ caption, text }, { ellipsis }) => {
      if (ellipsis === undefined) return none
      const found = each(caption, text, ellipses[ellipsis], ellipsis)
      return found.map(one => ({ ...one, figures: { limit: ellipsis } }))
    },
  },
  {
    name: 'dual-hyphens',
    severity: 'warning',
    says: 'Two speakers are marked otherwise: {limit}.',
    mend: 'Set the hyphens so.',
    clause: 'Dual speakers',
    find: ({ caption, rows }, { dual }) => {
      const dashed = rows.map(row => /^\s*[-‐–—]\s*/.test(row))
      if (!dual || rows.length < 2 || !dashed.some(Boolean) || (dashed[0] && !dashed[1] && rows.length === 2))
        return none
      const mark = dual.space ? '- ' : '-'
      const wanted = rows.map(
        (row, i) =>
          (dashed[i] || (i === 0 && dual.both) ? (i === 0 && !dual.both ? '' : mark) : '') +
          row.replace(/^\s*[-‐–—]\s*/, ''),
      )
      if (wanted.join('\n') === rows.join('\n')) return none
      const limit = dual.both ? `${mark}… / ${mark}…` : `… / ${mark}…`
      return [{ amount: 1, figures: { limit }, mended: () => eachRow(caption, wanted) }]
    },
  },
  {
    name: 'quotes',
    severity: 'note',
    says: 'Quotation marks are {limit}.',
    mend: 'Set them so.',
    clause: 'Quotation marks',
    find: ({ caption, text }, { quotes }) => {
      if (!quotes) return none
      const [open, close] = quotes
      const found = each(
        caption,
        text,
        /["“„]([^"“”„\n]{1,200})["”“]/g,
        (_, inside = '') => open + inside + close,
      )
      return found.map(one => ({ ...one, figures: { limit: open + close } }))
    },
  },
  {
    name: 'brackets',
    severity: 'note',
    says: 'Sounds and speakers stand in {limit}.',
    mend: 'Set them so.',
    clause: 'Hearing impaired: sound effects and speaker IDs',
    find: ({ caption, text }, { brackets, audience }) => {
      if (brackets === undefined || !audience.startsWith('sdh')) return none
      const pattern =
        brackets === '[]' ? /^(-?)[({]([^(){}\n]{1,80})[)}]/gm : /^(-?)[[{]([^[\]{}\n]{1,80})[\]}]/gm
      const found = each(
        caption,
        text,
        pattern,
        (_, dash = '', inside = '') => `${dash}${brackets[0]}${inside}${brackets[1]}`,
      )
      return found.map(one => ({ ...one, figures: { limit: brackets } }))
    },
  },
  {
    name: 'italics',
    severity: 'warning',
    says: 'There are no italics in this language.',
    mend: 'Set it upright.',
    clause: 'Italics',
    find: ({ caption }, { italics }) => {
      if (italics || !caption.runs.some(({ marks, text }) => marks.italic && text.trim() !== '')) return none
      const upright = () => ({
        ...caption,
        runs: tidy(caption.runs.map(run => ({ ...run, marks: { ...run.marks, italic: undefined } }))),
      })
      return [{ amount: 1, mended: upright }]
    },
  },
  {
    name: 'glyphs',
    severity: 'warning',
    says: 'Players may not show {glyphs}.',
    mend: 'Write it with other characters.',
    clause: 'Glyph list',
    find: ({ caption, text }, { glyphs }) => {
      if (!glyphs) return none
      const strange = strangeGlyphs(text)
      if (strange.length === 0) return none
      const names = strange.map(
        char => `${char} U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
      )
      const invisible = /[\u200b\u2060\ufeff\u00ad]|[\u0000-\u0008\u000b-\u001f\u007f]/g
      return [
        {
          amount: strange.length,
          figures: { glyphs: names.join(', ') },
          mended: () => (text.search(invisible) < 0 ? undefined : replace(caption, invisible, '')),
        },
      ]
    },
  },
]

/** Rows with other beginnings. */
function eachRow(caption: Caption, wanted: readonly string[]): Caption {
  let row = -1
  return replace(caption, /^\s*(?:[-‐–—]\s*)?/gm, () => {
    row++
    return /^-? ?/.exec(wanted[row] ?? '')?.[0] ?? ''
  })
}
