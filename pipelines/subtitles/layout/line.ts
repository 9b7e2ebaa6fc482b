import type { LineKind, Span } from '../../terms.ts'
import type { Piece } from './split.ts'

/** A line as layout needs it. `heard`: its words or phrases and when they are said. */
export type TimedLine = Span & {
  readonly id: string
  readonly kind: LineKind
  readonly speaker?: string
  readonly rights?: string
  readonly text: string
  readonly heard: readonly Piece[]
}

/** What will stand in one caption: a piece of a line, or two lines of two speakers. */
export type Part = Piece & { readonly id: string; readonly lines: readonly TimedLine[] }
