import { isBlank, type Rows, rowAt } from './rows.ts'

/** A caption of the formats that have one a row, with both times counted in the format's unit before its words. */
export type Counted = {
  readonly row: number
  readonly start: number
  readonly end: number | undefined
  readonly words: string
}

/** `shape` finds the two counts at a row's beginning, the second maybe empty. Other rows are handed to `strange`. */
export function countedRows(
  rows: Rows,
  shape: RegExp,
  strange: (row: number, words: string) => void,
): readonly Counted[] {
  const counted: Counted[] = []
  for (let i = 0; i < rows.count; i++) {
    if (isBlank(rows, i)) continue
    const row = rowAt(rows, i)
    const found = shape.exec(row.slice(0, 80))
    if (!found) strange(i, row)
    else
      counted.push({
        row: i,
        start: Number(found[1]),
        end: found[2] === '' ? undefined : Number(found[2]),
        words: row.slice(found[0].length),
      })
  }
  return counted
}

/** What has no end of its own ends with the next that begins, and never later than after `longest`. */
export const ended = (counted: readonly Counted[], longest: number): readonly number[] =>
  counted.map(({ start, end }, i) => {
    if (end !== undefined) return end
    const next = counted[i + 1]?.start ?? Number.POSITIVE_INFINITY
    return next > start ? Math.min(next, start + longest) : start + longest
  })
