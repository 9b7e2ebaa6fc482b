import type { Rough } from './coarse.ts'

/** Lines looked at together: those whose places count, the others beside them, and the frames they may lie in. */
export type Piece = {
  /** Numbers of the lines, in order. */
  readonly lines: readonly number[]
  readonly wanted: ReadonlySet<number>
  readonly start: number
  readonly end: number
}

/** Frames of a piece before the next line that was found begins another one. */
const longest = 12_000
/** Found lines on either side that are looked at too: where a piece ends must not matter to those that count. */
const beside = 2
/** Lines that were not found are looked for between their neighbours, where these are no farther apart than this, in frames. */
const gap = 6000

/**
 * Cuts the lines into pieces, so that only one of them need be held at a time.
 * @param lines those that are looked for at all, in order
 * @param rough of every line
 * @param lengths frames of every line in the reference
 * @param reach frames around the rough place in which a line may lie
 */
export function cutPieces(
  lines: readonly number[],
  rough: Rough,
  lengths: readonly number[],
  frames: number,
  reach: number,
  wanted: (line: number) => boolean,
): Piece[] {
  const order = withRoom(lines, rough, lengths, frames)
  const found = (at: number) => rough[order[at] ?? -1]
  const startOf = (at: number) => found(at)?.start ?? (at > 0 ? (found(at - 1)?.end ?? 0) : 0)
  const pieces: Piece[] = []
  for (let from = 0; from < order.length; ) {
    const isWanted = (at: number) => at < order.length && wanted(order[at] ?? -1)
    if (!isWanted(from)) {
      from++
      continue
    }
    let to = from + 1
    const begun = startOf(from)
    while (isWanted(to) && !(found(to - 1) && found(to) && (found(to)?.end ?? 0) - begun > longest)) to++
    const [first, last] = [stepOut(from, -1), stepOut(to - 1, 1)]
    const lines = order.slice(first, last + 1)
    const edges = lines.flatMap(line => rough[line] ?? [])
    const open = { start: !found(first), end: !found(last) }
    pieces.push({
      lines,
      wanted: new Set(order.slice(from, to)),
      start: Math.max(0, open.start ? 0 : (edges[0]?.start ?? 0) - 2 * reach),
      end: Math.min(frames, open.end ? frames : (edges.at(-1)?.end ?? 0) + 2 * reach),
    })
    from = to
  }
  return pieces

  /** So many found lines further, or to the end. */
  function stepOut(at: number, by: 1 | -1): number {
    let passed = 0
    let out = at
    while (passed < beside && out + by >= 0 && out + by < order.length) {
      out += by
      if (found(out)) passed++
    }
    return out
  }
}

/** Lines that were found, and those between that have room for being said. */
function withRoom(
  lines: readonly number[],
  rough: Rough,
  lengths: readonly number[],
  frames: number,
): number[] {
  const found = (at: number) => rough[lines[at] ?? -1]
  const order: number[] = []
  let before = 0
  for (let from = 0; from < lines.length; ) {
    const here = found(from)
    let to = from + 1
    if (!here) while (to < lines.length && !found(to)) to++
    const run = lines.slice(from, to)
    const room = (found(to)?.start ?? frames) - before
    const length = run.reduce((sum, line) => sum + (lengths[line] ?? 0), 0)
    if (here || (room <= gap && length <= 2 * room)) order.push(...run)
    before = here?.end ?? before
    from = to
  }
  return order
}
