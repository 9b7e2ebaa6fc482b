import type { LineEditBody, LineView } from '../../server/contract.ts'
import type { Desk, Draft } from '../state.ts'
import { draftKey, draftOf } from './lines.ts'

export const fields = ['text', 'start', 'end', 'speaker', 'kind', 'rights', 'screen', 'sung'] as const
export type Field = (typeof fields)[number]
export type Written = Pick<Draft, Field>

/** Of syllables each is looked at. */
const alike = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** Writes on a line without saving. What comes out as it was is no draft any more. */
export function write(desk: Desk, line: LineView, written: Written): Desk {
  const { base, ...before } = draftOf(desk, line) ?? { base: line }
  const after = Object.fromEntries(
    fields.flatMap(field => {
      const value = written[field] ?? before[field]
      return value === undefined || alike(value, line[field]) ? [] : [[field, value]]
    }),
  ) as Written
  const key = draftKey(line.language, line.id)
  return Object.keys(after).length === 0
    ? { ...desk, drafts: without(desk.drafts, key) }
    : { ...desk, drafts: { ...desk.drafts, [key]: { base, ...after } } }
}

/** Lets go of what was written on a line. */
export const discard = (desk: Desk, line: LineView): Desk => ({
  ...desk,
  drafts: without(desk.drafts, draftKey(line.language, line.id)),
})

/** What somebody else changed under a draft, field by field: where both wrote, and not the same. */
export function clashOf(line: LineView, draft: Draft | undefined): readonly Field[] {
  if (draft === undefined || draft.base.version === line.version) return []
  return fields.filter(
    field =>
      draft[field] !== undefined &&
      !alike(line[field], draft.base[field]) &&
      !alike(line[field], draft[field]),
  )
}

/** Says: I have seen theirs, and mine stands on it now. */
export function rebase(desk: Desk, line: LineView): Desk {
  const draft = draftOf(desk, line)
  if (draft === undefined) return desk
  return { ...desk, drafts: { ...desk.drafts, [draftKey(line.language, line.id)]: { ...draft, base: line } } }
}

/** What is asked of the server: the draft, on the version its person has seen. */
export function editOf(line: LineView, draft: Draft): LineEditBody {
  const { base: _, ...written } = draft
  return { version: line.version, ...written }
}

/** After a save: what was sent is saved; what was written since then stays a draft on the saved line. */
export function settle(desk: Desk, saved: LineView, sent: Draft): Desk {
  const now = draftOf(desk, saved)
  if (now === undefined) return desk
  const later = Object.fromEntries(
    fields.flatMap(field =>
      alike(now[field], sent[field]) || now[field] === undefined ? [] : [[field, now[field]]],
    ),
  ) as Written
  return Object.keys(later).length === 0 ? discard(desk, saved) : write(discard(desk, saved), saved, later)
}

const without = (drafts: Desk['drafts'], key: string): Desk['drafts'] =>
  Object.fromEntries(Object.entries(drafts).filter(([name]) => name !== key))
