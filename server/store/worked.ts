import type { Language, LineKind, Ms, Syllable } from '../../pipelines/terms.ts'

/** What a person set. What is absent is left to the machine. */
export type Change = {
  readonly text?: string
  readonly start?: Ms
  readonly end?: Ms
  readonly speaker?: string
  readonly kind?: LineKind
  /** Empty: nobody's. */
  readonly rights?: string
  readonly screen?: 'on' | 'off' | 'auto'
  readonly sung?: readonly Syllable[]
}
export type Remark = { readonly by: string; readonly at: number; readonly text: string }

/** People's hands on one line of one language. `version` counts the changes; 0 is a line nobody touched. */
export type Worked = {
  readonly line: string
  readonly language: Language
  readonly version: number
  readonly change: Change
  readonly by?: string
  readonly approval?: { readonly by: string; readonly at: number }
  readonly comments: readonly Remark[]
}
/** What is kept of a change: how it is sung is no model's to know. */
type Kept = Omit<Change, 'sung'> & { readonly sung?: unknown }
type Loose<T> = { readonly [K in keyof T]?: T[K] | null }
type Found = Loose<Kept> & {
  readonly line: string
  readonly language: string
  readonly version: number
  readonly by?: string | null
  readonly approval?: Loose<{ by: string; at: number }> | null
  readonly comments: readonly Loose<Remark>[]
}

export function toWorked(found: Found): Worked {
  const { line, language, version, by, approval, comments } = found
  return {
    line,
    language,
    version,
    change: toChange(found),
    ...(by ? { by } : {}),
    ...(approval?.by ? { approval: { by: approval.by, at: approval.at ?? 0 } } : {}),
    comments: comments.map(remark => ({ by: remark.by ?? '', at: remark.at ?? 0, text: remark.text ?? '' })),
  }
}

export function toChange({ text, start, end, speaker, kind, rights, screen, sung }: Loose<Kept>): Change {
  return {
    ...(text != null && { text }),
    ...(start != null && { start }),
    ...(end != null && { end }),
    ...(speaker != null && { speaker }),
    ...(kind != null && { kind }),
    ...(rights != null && { rights }),
    ...(screen != null && { screen }),
    ...(sung != null && { sung: sung as readonly Syllable[] }),
  }
}
