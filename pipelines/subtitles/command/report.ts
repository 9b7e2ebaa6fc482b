/** How things are said on a terminal: a row each, with the file and the place in front, as compilers do. */
import type { Ms } from '../../terms.ts'
import type { Remark } from '../check/check.ts'
import { type Caption, type Diagnostic, same, textOf } from '../document.ts'
import type { Read, Unread } from './files.ts'
import { type Exit, exits, type World } from './world.ts'

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0')

/** `00:01:02.003`; what is before the beginning has a minus. */
export function clock(ms: Ms): string {
  const at = Math.abs(Math.round(ms))
  const [hours, minutes, seconds] = [at / 3_600_000, at / 60_000, at / 1000].map(Math.floor) as [
    number,
    number,
    number,
  ]
  return `${ms < 0 ? '-' : ''}${pad(hours)}:${pad(minutes % 60)}:${pad(seconds % 60)}.${pad(at % 1000, 3)}`
}
/** `+1.234 s` */
export const shift = (ms: Ms): string => `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / 1000).toFixed(3)} s`

/** Text in one row. Control characters would act on the terminal that shows them. */
export const oneRow = (text: string): string =>
  text.replaceAll('\n', ' ⏎ ').replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '�')

export const sayUnread = ({ name, says }: Unread): string => `${oneRow(name)}: error unreadable: ${says}\n`

export const sayDiagnostic = (
  name: string,
  { line, column, severity, code, says, did }: Diagnostic,
): string => `${oneRow(name)}:${line}:${column}: ${severity} ${code}: ${oneRow(`${says} ${did}`)}\n`

/** Names of captions as people count them, from 1, in the order of the file. */
export const numbersOf = (captions: readonly Caption[]): ReadonlyMap<string, number> =>
  new Map(captions.map(({ id }, i) => [id, i + 1]))

export const sayRemark = (name: string, number: number, { severity, rule, says, place }: Remark): string =>
  `${oneRow(name)}: #${number} ${clock(place.span?.start ?? 0)}: ${severity} ${rule}: ${oneRow(says)}\n`

/** What a caption was and what it becomes, as rows that begin with - and +; only what differs. */
export function sayChange(before: Caption, after: Caption, indent = 4): string {
  const rows: [was: string, is: string][] = []
  const times = ({ start, end }: Caption) => `${clock(start)} --> ${clock(end)}`
  if (before.start !== after.start || before.end !== after.end) rows.push([times(before), times(after)])
  if (textOf(before) !== textOf(after)) rows.push([oneRow(textOf(before)), oneRow(textOf(after))])
  else if (!same(before.runs, after.runs)) rows.push([marksSaid(before), marksSaid(after)])
  const others = (['place', 'kind', 'speaker', 'style'] as const).filter(
    name => !same(before[name], after[name]),
  )
  for (const name of others)
    rows.push([`${name} ${JSON.stringify(before[name])}`, `${name} ${JSON.stringify(after[name])}`])
  const edge = ' '.repeat(indent)
  return rows.map(([was, is]) => `${edge}- ${was}\n${edge}+ ${is}\n`).join('')
}
const marksSaid = ({ runs }: Caption): string =>
  runs
    .map(({ text, marks }) => {
      const names = Object.entries(marks).map(([name, value]) =>
        value === true ? name : `${name} ${JSON.stringify(value)}`,
      )
      return names.length === 0 ? oneRow(text) : `${oneRow(text)} (${names.join(', ')})`
    })
    .join(' | ')

/** Diagnostics of a reading, or why there is none. `least` leaves out what is milder. */
export function sayReading(file: Read | Unread, least: Diagnostic['severity'] = 'warning'): string {
  if (!isRead(file)) return sayUnread(file)
  return file.diagnostics
    .filter(({ severity }) => atLeast(severity, least))
    .map(one => sayDiagnostic(file.name, one))
    .join('')
}

export const isRead = (file: Read | Unread): file is Read => 'document' in file
const order = ['note', 'warning', 'error'] as const
export const atLeast = (one: Diagnostic['severity'], least: Diagnostic['severity']): boolean =>
  order.indexOf(one) >= order.indexOf(least)
export const severities = order

/** The report as JSON on standard output. */
export const sayJson = (world: World, report: unknown): Promise<void> =>
  world.out(`${JSON.stringify(report, null, 2)}\n`)

export const unreadJson = ({ name, says }: Unread) => ({ file: name, unreadable: says })
export const exitOf = (file: Read | Unread): Exit => (isRead(file) ? exits.clean : exits.wrong)
