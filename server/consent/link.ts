import type { Ask, Ledger, Use } from '../../consent/index.ts'

/**
 * What is said between a worker, which may be killed at any moment and owns nothing, and its keeper, who owns the
 * register. The worker weighs by itself what the keeper tells it; it is told nothing that it did not ask for.
 */
export type FromLink = {
  readonly type: 'consent'
  readonly id: number
} /** `anew`: an answer was lost, so that every entry has to be sent again. */ & (
  | { readonly ask: 'about'; readonly actor: string; readonly title: string; readonly anew: boolean }
  | { readonly ask: 'hold' }
  | { readonly ask: 'enter'; readonly hold: number; readonly spent: unknown; readonly use: Ask }
  | { readonly ask: 'end'; readonly hold: number }
  | { readonly ask: 'wrap'; readonly owner: string; readonly key: string }
  | { readonly ask: 'unwrap'; readonly owner: string; readonly key: string; readonly use: Use }
)
/** An answer, or that there is none. Why not stays with the keeper. */
export type ToLink = { readonly type: 'consent'; readonly id: number } & (
  | { readonly answer: unknown }
  | { readonly refused: true }
)

type Book = Awaited<ReturnType<Ledger['about']>>
/** A book as it travels: entries by name, with those in full that this worker has not been sent yet. */
export type Told = {
  readonly actor: string
  readonly title: string
  readonly ids: readonly string[]
  readonly fresh: readonly unknown[]
  readonly tallies: readonly (readonly [id: string, lines: readonly string[], milliseconds: number])[]
  readonly epoch: number
}

/** Entries never change: each is sent once, and `sent` says which were. */
export function pack(actor: string, title: string, book: Book, sent: Set<string>): Told {
  const fresh = book.entries.filter(({ id }) => !sent.has(id))
  for (const { id } of fresh) sent.add(id)
  const yeses = book.entries.filter(({ kind }) => kind === 'grant' || kind === 'licence')
  return {
    actor,
    title,
    ids: book.entries.map(({ id }) => id),
    fresh,
    tallies: yeses.flatMap(({ id }) => {
      const tally = book.tallies.get(id)
      return tally ? [[id, [...tally.lines], tally.milliseconds] as const] : []
    }),
    epoch: book.epoch,
  }
}
