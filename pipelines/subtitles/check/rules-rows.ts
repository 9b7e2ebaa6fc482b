/** Rows: how many, how long, and where they break. */
import { rebreak } from '../edit.ts'
import { breakRows, type Room } from '../layout/break.ts'
import { costAt, costs, spaced } from '../layout/grammar.ts'
import { widthOf } from '../width.ts'
import type { Profile } from './profile.ts'
import { none, type Rule, type Standing } from './rule.ts'

const roomOf = ({ language, row, column, rows, weigh }: Profile, { caption }: Standing): Room => ({
  language,
  row: caption.place?.vertical ? (column ?? row) : row,
  rows,
  weigh,
})
const isDual = (rows: readonly string[]): boolean => rows.length > 1 && rows.some(row => /^[-‐–—]/.test(row))
const joined = ({ rows }: Standing, { language }: Profile): string =>
  rows.map(row => row.trim()).join(spaced(language) ? ' ' : '')

/** The same words in rows as the profile wants them, if that changes anything. */
function reflowed(standing: Standing, profile: Profile) {
  const rows = breakRows(joined(standing, profile), roomOf(profile, standing))
  return rows.join('\n') === standing.text ? undefined : rebreak(standing.caption, rows)
}

export const rowRules: readonly Rule[] = [
  {
    name: 'rows',
    severity: 'warning',
    says: 'There are {rows} rows, more than {limit}.',
    mend: 'Break it otherwise, shorten it, or make two captions of it.',
    clause: 'Line treatment: rows',
    find: (standing, profile) => {
      const rows = standing.rows.length
      if (rows <= profile.rows) return none
      return [
        {
          amount: rows - profile.rows,
          figures: { rows, limit: profile.rows },
          mended: () => (isDual(standing.rows) ? undefined : reflowed(standing, profile)),
        },
      ]
    },
  },
  {
    name: 'row-length',
    severity: 'warning',
    says: 'A row has {width} characters, more than {limit}.',
    mend: 'Break it otherwise, or shorten it.',
    clause: 'Character limitation',
    find: (standing, profile) => {
      const limit = roomOf(profile, standing).row
      let from = 0
      return standing.rows.flatMap(row => {
        const at = { from, to: from + row.length }
        from += row.length + 1
        // As many code units as characters at least: most rows need not be measured.
        const width = row.length <= limit && profile.weigh !== 'half' ? 0 : widthOf(row, profile.weigh)
        if (width <= limit) return []
        return [
          {
            amount: width - limit,
            figures: { width, limit },
            at,
            mended: () => (isDual(standing.rows) ? undefined : reflowed(standing, profile)),
          },
        ]
      })
    },
  },
  {
    name: 'one-row',
    severity: 'note',
    says: 'It stands in {rows} rows and fits into one.',
    mend: 'Set it in one row.',
    clause: 'Line treatment: one row unless it does not fit',
    find: (standing, profile) => {
      if (!profile.oneRow || standing.rows.length < 2 || isDual(standing.rows)) return none
      const whole = joined(standing, profile)
      if (
        standing.rows.some(row => row.trim() === '') ||
        widthOf(whole, profile.weigh) > roomOf(profile, standing).row
      )
        return none
      return [
        {
          amount: 1,
          figures: { rows: standing.rows.length },
          mended: () => rebreak(standing.caption, [whole]),
        },
      ]
    },
  },
  {
    name: 'row-parts-phrase',
    severity: 'note',
    says: 'The rows part what belongs together: {before} / {after}.',
    mend: 'Break it before or after.',
    clause: 'Line treatment: never part article and noun, first and last name, verb and pronoun',
    find: (standing, profile) => {
      if (standing.rows.length < 2 || isDual(standing.rows)) return none
      const whole = joined(standing, profile)
      let at = 0
      return standing.rows.slice(0, -1).flatMap((row, i) => {
        at += row.trim().length
        const next = at + (spaced(profile.language) ? 1 : 0)
        const cost = costAt(whole, at, next, profile.language)
        at = next
        if (cost < costs.bound) return []
        const [before, after] = [
          /\S+$/.exec(row.trim())?.[0] ?? row,
          /^\S+/.exec(standing.rows[i + 1]?.trim() ?? '')?.[0] ?? '',
        ]
        return [{ amount: 1, figures: { before, after }, mended: () => reflowed(standing, profile) }]
      })
    },
  },
  {
    name: 'rows-uneven',
    severity: 'note',
    says: 'The upper row has one word alone.',
    mend: 'Break it more evenly.',
    clause: 'Line treatment: balance',
    find: (standing, profile) => {
      const [upper = '', lower = ''] = standing.rows
      if (standing.rows.length !== 2 || isDual(standing.rows) || !spaced(profile.language)) return none
      if (
        /\s/.test(upper.trim()) ||
        /[.!?…,;:]["”»]?$/.test(upper.trim()) ||
        widthOf(lower, profile.weigh) < 4 * widthOf(upper, profile.weigh)
      )
        return none
      return [{ amount: 1, mended: () => reflowed(standing, profile) }]
    },
  },
]
