import type { Line, MemoryEntry } from '../terms.ts'
import { distance } from './distance.ts'
import { asks, fold, solid } from './fold.ts'

/** What a memory says to a line, best first. */
export type Recalled = { readonly line: string; readonly matches: readonly Match[] }
export type Match = {
  readonly source: string
  readonly target: string
  readonly origin: string
  /**
   * 1: the same text. From 0.98: the same words, and nothing but punctuation apart. Under it: the share of characters
   * that need not be changed (1 − edit distance ÷ the longer length).
   */
  readonly score: number
}

/** The same words, punctuation apart. */
export const sameWords = 0.98
/** Words that differ, or a question against a statement, never reach `sameWords`. */
const mostAlike = 0.97
const leastAlike = 0.7
const mostMatches = 3
const mostCandidates = 64

/** Finds for every line what the memory says of it or of something like it. Lines it knows nothing of are left out. */
export function recall(entries: readonly MemoryEntry[], lines: readonly Line[]): Recalled[] {
  const index = indexOf(entries)
  return lines
    .map(line => ({ line: line.id, matches: matchesOf(line.text, index) }))
    .filter(({ matches }) => matches.length > 0)
}

type Known = { readonly text: string; readonly key: string; readonly entries: readonly MemoryEntry[] }
type Index = {
  /** Shortest first, so that the texts of a length lie together. */
  readonly known: readonly Known[]
  readonly lengths: Uint32Array
  /** For every pair of neighbouring characters the texts that have it, by their places in `known`, in order. */
  readonly holders: ReadonlyMap<number, readonly number[]>
  /** Room to count in. */
  readonly shared: Uint16Array
}

function indexOf(entries: readonly MemoryEntry[]): Index {
  const texts = new Map<string, MemoryEntry[]>()
  for (const entry of entries) {
    const text = fold(entry.source)
    if (text === '' || entry.target.trim() === '') continue
    const same = texts.get(text)
    if (same) same.push(entry)
    else texts.set(text, [entry])
  }
  const known = [...texts]
    .map(([text, same]) => ({ text, key: solid(text) || text, entries: same }))
    .toSorted((a, b) => a.key.length - b.key.length)
  const holders = new Map<number, number[]>()
  for (const [at, { key }] of known.entries())
    for (const pair of new Set(pairsOf(key))) {
      const list = holders.get(pair)
      if (list) list.push(at)
      else holders.set(pair, [at])
    }
  const lengths = Uint32Array.from(known, ({ key }) => key.length)
  return { known, lengths, holders, shared: new Uint16Array(known.length) }
}

function matchesOf(text: string, index: Index): Match[] {
  const folded = fold(text)
  if (folded === '') return []
  const key = solid(folded) || folded
  const scored = candidates(key, index)
    .map(known => ({ known, score: scoreOf(folded, key, known) }))
    .filter(({ score }) => score >= leastAlike)
    .toSorted((a, b) => b.score - a.score)
  const matches = scored.flatMap(({ known, score }) =>
    // What was said last is what people hold to now.
    known.entries.toReversed().map(({ source, target, origin }) => ({ source, target, origin, score })),
  )
  return matches
    .filter((match, at) => matches.findIndex(other => other.target === match.target) === at)
    .slice(0, mostMatches)
}

function scoreOf(folded: string, key: string, known: Known): number {
  if (known.text === folded) return 1
  // `……！` and `……？` are alike to the eye alone.
  if (!/[\p{L}\p{N}]/u.test(key)) return 0
  const longer = Math.max(key.length, known.key.length)
  const alike = 1 - distance(key, known.key, Math.floor((1 - leastAlike) * longer)) / longer
  const score = alike === 1 ? (sameWords + 1) / 2 : alike
  return asks(folded) === asks(known.text) && alike === 1 ? score : Math.min(mostAlike, score)
}

/**
 * The texts that can be near enough, at most 64 of them: those that share most. A text at edit distance d of another,
 * the longer of length n, shares at least n − 1 − 2d pairs of characters with it (Ukkonen's q-gram lemma).
 */
function candidates(key: string, { known, lengths, holders, shared }: Index): Known[] {
  const longest = Math.floor(key.length / leastAlike)
  const from = lowerBound(lengths.length, at => lengths[at]! >= key.length * leastAlike)
  const until = lowerBound(lengths.length, at => lengths[at]! > longest)
  for (const pair of pairsOf(key)) {
    const places = holders.get(pair) ?? []
    for (let i = lowerBound(places.length, at => places[at]! >= from); i < places.length; i++) {
      const at = places[i]!
      if (at >= until) break
      shared[at]! += 1
    }
  }
  const near: { readonly known: Known; readonly share: number }[] = []
  for (let at = from; at < until; at++) {
    const longer = Math.max(key.length, lengths[at]!)
    if (shared[at]! >= longer - 1 - 2 * Math.floor((1 - leastAlike) * longer))
      near.push({ known: known[at]!, share: shared[at]! / longer })
  }
  shared.fill(0, from, until)
  return near
    .toSorted((a, b) => b.share - a.share)
    .slice(0, mostCandidates)
    .map(one => one.known)
}

/** The first place at which it holds, of places where it holds from somewhere on. */
function lowerBound(length: number, holds: (at: number) => boolean): number {
  let [from, until] = [0, length]
  while (from < until) {
    const middle = (from + until) >> 1
    if (holds(middle)) until = middle
    else from = middle + 1
  }
  return from
}

/** Two neighbouring characters in one number. A text of one character is its own pair. */
function pairsOf(key: string): number[] {
  if (key.length < 2) return [key.charCodeAt(0)]
  return Array.from(
    { length: key.length - 1 },
    (_, at) => key.charCodeAt(at) * 65_536 + key.charCodeAt(at + 1),
  )
}
