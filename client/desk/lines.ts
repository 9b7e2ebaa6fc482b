import type { LineView } from '../../server/contract.ts'
import type { Desk, Draft, Ms, Sift, State } from '../state.ts'

export const draftKey = (language: string, line: string): string => `${language}/${line}`

export const withDesk =
  (change: (desk: Desk) => Desk) =>
  (state: State): State =>
    state.desk === undefined ? state : { ...state, desk: change(state.desk) }

export const openLineOf = (desk: Desk | undefined): LineView | undefined =>
  desk?.lines?.find(line => line.id === desk.open)

export const draftOf = (desk: Desk, line: LineView): Draft | undefined =>
  desk.drafts[draftKey(line.language, line.id)]

/** The line as its person sees it: with what they wrote and did not save yet. */
export function asWritten(line: LineView, draft: Draft | undefined): LineView {
  if (draft === undefined) return line
  const { base: _, ...written } = draft
  return { ...line, ...written }
}

/** Lays fetched lines over those there are. Without `only`, the fetched are all there are. */
export function mergeLines(
  there: readonly LineView[] | undefined,
  fetched: readonly LineView[],
  only?: readonly string[],
): readonly LineView[] {
  if (there === undefined || only === undefined) return fetched
  const fresh = new Map(fetched.map(line => [line.id, line]))
  const asked = new Set(only)
  const kept = there
    .filter(line => fresh.has(line.id) || !asked.has(line.id))
    .map(line => newer(line, fresh.get(line.id)))
  const known = new Set(there.map(line => line.id))
  return [...kept, ...fetched.filter(line => !known.has(line.id))].sort((a, b) => a.start - b.start)
}

/** An answer that was long on its way never puts an older version over a newer one. */
const newer = (there: LineView, fetched: LineView | undefined): LineView =>
  fetched === undefined || fetched.version < there.version ? there : fetched

const sifts: Readonly<Record<Sift['only'], (line: LineView) => boolean>> = {
  all: () => true,
  empty: line => line.text.trim() === '',
  findings: line => line.findings.some(finding => finding.severity !== 'note'),
  withheld: line => line.take?.state === 'withheld',
  open: line => line.approval === undefined,
  approved: line => line.approval !== undefined,
}

/** The lines that the list shows, in order. */
export function sifted(lines: readonly LineView[], sift: Sift): readonly LineView[] {
  const wanted = sift.text.trim().toLowerCase()
  return lines.filter(
    line =>
      sifts[sift.only](line) &&
      (wanted === '' ||
        [line.text, line.source, line.speaker ?? ''].some(text => text.toLowerCase().includes(wanted))),
  )
}

export function countSifted(lines: readonly LineView[]): Readonly<Record<Sift['only'], number>> {
  const count = (only: Sift['only']) => lines.filter(sifts[only]).length
  return {
    all: lines.length,
    empty: count('empty'),
    findings: count('findings'),
    withheld: count('withheld'),
    open: count('open'),
    approved: count('approved'),
  }
}

/** The line `steps` after the open one in the list; with none open, the one at the playhead. */
export function stepFrom(desk: Desk, steps: number): LineView | undefined {
  const lines = sifted(desk.lines ?? [], desk.sift)
  const here = lines.findIndex(line => line.id === desk.open)
  if (here === -1) return lineAt(lines, desk.player.at) ?? lines[0]
  return lines[Math.max(0, Math.min(lines.length - 1, here + steps))]
}

/** The line spoken at an instant, else the next one after it. */
export function lineAt(lines: readonly LineView[], at: Ms): LineView | undefined {
  return lines.find(line => line.start <= at && at < line.end) ?? lines.find(line => line.start >= at)
}

/** The next line after the open one, round the end, with something still to mend on it. */
export function nextOpen(desk: Desk): LineView | undefined {
  const lines = desk.lines ?? []
  const here = lines.findIndex(line => line.id === desk.open)
  const round = [...lines.slice(here + 1), ...lines.slice(0, here + 1)]
  return round.find(line => sifts.empty(line) || sifts.findings(line))
}

/** Opens a line; the waveform comes along when the line is outside of it. */
export function openLine(desk: Desk, line: LineView): Desk {
  const { start, end } = desk.view
  const length = end - start
  const visible = line.start >= start && line.end <= end
  const from = Math.max(0, Math.round(line.start - length * 0.2))
  return {
    ...desk,
    open: line.id,
    view: visible ? desk.view : { start: from, end: from + length },
  }
}
