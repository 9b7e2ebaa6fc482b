import type { UseView } from '../contract.ts'

const columns = [
  'logged',
  'act',
  'title',
  'episode',
  'language',
  'line',
  'text',
  'asker',
  'milliseconds',
  'due',
  'currency',
  'grant',
  'output',
  'id',
] as const satisfies readonly (keyof UseView)[]

/** RFC 4180, with a byte order mark so that spreadsheets read Japanese, and nothing in it that one would calculate. */
export function usesCsv(uses: readonly UseView[]): string {
  const rows = uses.map(use =>
    columns.map(name => cell(name === 'logged' ? new Date(use.logged).toISOString() : use[name])),
  )
  return `\ufeff${[columns.map(cell), ...rows].map(row => row.join(',')).join('\r\n')}\r\n`
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  // A cell that begins so is a formula to spreadsheets: somebody's line may well be one.
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
