/** What the command meets outside of itself, so that it can be called without a process around it. */
import { Problem } from '../../problem.ts'
import type { Ms, Rate, Span } from '../../terms.ts'
import type { Print } from '../songs/print.ts'

/** What ears and eyes find in a recording: where someone speaks, where shots begin, how many frames a second there are. */
export type Heard = { readonly speech: readonly Span[]; readonly shots: readonly Ms[]; readonly rate?: Rate }

export type World = {
  /** Paths are of this folder, and patterns begin in it. */
  readonly folder: string
  /** All of what was piped in. */
  readonly piped: () => Promise<Uint8Array>
  readonly out: (what: string | Uint8Array) => Promise<void>
  readonly err: (text: string) => Promise<void>
  /** Whether somebody watches `err`: progress is for them alone. */
  readonly watched: boolean
  /** Listens to a recording, and looks for its cuts where `pictures` are asked for; @throws Problem when it can't be read. */
  readonly listen: (path: string, asked: { readonly pictures: boolean }) => Promise<Heard>
  /** A recording's fingerprint; @throws Problem when it can't be read. */
  readonly print: (path: string) => Promise<{ readonly print: Print; readonly rate?: Rate }>
}

/** 0: nothing to say. 1: findings, differences, or a refusal. 2: it was asked wrongly, or a file can't be read. */
export type Exit = 0 | 1 | 2
export const exits = { clean: 0, found: 1, wrong: 2 } as const
export const worst = (all: readonly Exit[]): Exit => all.reduce<Exit>((a, b) => (b > a ? b : a), 0)

export const refuse = (reason: string, mend: string): Problem =>
  new Problem('command-refused', { reason, mend })
