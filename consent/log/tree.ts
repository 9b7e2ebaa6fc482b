import { createHash } from 'node:crypto'
import { type Bytes, equal } from '../bytes.ts'

/**
 * The Merkle tree of RFC 9162 section 2.1 (the same as RFC 6962's): leaves are hashed with 0x00 before them, nodes with
 * 0x01, so that neither passes for the other.
 */

export type Hash = Bytes

export const sha256 = (...parts: readonly Uint8Array[]): Hash => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

const zero = Uint8Array.of(0)
const one = Uint8Array.of(1)
export const leafHash = (entry: Uint8Array): Hash => sha256(zero, entry)
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(one, left, right)
export const emptyRoot: Hash = sha256()

/** A growing tree that remembers the root of every complete subtree: 64 bytes a leaf. */
export type Tree = {
  readonly size: () => number
  readonly grow: (leaf: Hash) => void
  /** The hash of the complete subtree `index` of `2 ** level` leaves. */
  readonly node: (level: number, index: number) => Hash
  /** The root of the first `size` leaves. */
  readonly root: (size?: number) => Hash
  /** The path that proves leaf `index` in the tree of `size` leaves. RFC 9162 2.1.3. Throws a RangeError outside it. */
  readonly inclusion: (index: number, size?: number) => readonly Hash[]
  /** The proof that the tree of `size` leaves begins with that of `from`. RFC 9162 2.1.4. Throws a RangeError. */
  readonly consistency: (from: number, size?: number) => readonly Hash[]
}

export function growTree(): Tree {
  const levels: Hash[][] = [[]]
  const leaves = () => levels[0]?.length ?? 0

  function grow(leaf: Hash): void {
    let hash = leaf
    for (let level = 0; ; level++) {
      const row = levels[level] ?? []
      levels[level] = row
      row.push(hash)
      const left = row[row.length - 2]
      if (row.length % 2 === 1 || !left) return
      hash = nodeHash(left, hash)
    }
  }

  function node(level: number, index: number): Hash {
    const hash = levels[level]?.[index]
    if (!hash) throw new RangeError(`The tree has no node ${index} on level ${level}.`)
    return hash
  }

  /** The root of the leaves from `start` to `end`, where `start` is a multiple of the power of two that holds them. */
  function range(start: number, end: number): Hash {
    const width = end - start
    if (width === 0) return emptyRoot
    const level = Math.log2(width)
    if (Number.isInteger(level)) return node(level, start / width)
    const left = split(width)
    return nodeHash(range(start, start + left), range(start + left, end))
  }

  function path(index: number, start: number, end: number): readonly Hash[] {
    if (end - start === 1) return []
    const middle = start + split(end - start)
    return index < middle
      ? [...path(index, start, middle), range(middle, end)]
      : [...path(index, middle, end), range(start, middle)]
  }

  function growth(from: number, start: number, end: number, whole: boolean): readonly Hash[] {
    if (from === end) return whole ? [] : [range(start, end)]
    const middle = start + split(end - start)
    return from <= middle
      ? [...growth(from, start, middle, whole), range(middle, end)]
      : [...growth(from, middle, end, false), range(start, middle)]
  }

  function within(size: number): number {
    if (!Number.isSafeInteger(size) || size < 0 || size > leaves())
      throw new RangeError(`The tree has ${leaves()} leaves.`)
    return size
  }

  return {
    size: leaves,
    grow,
    node,
    root: (size = leaves()) => range(0, within(size)),
    inclusion: (index, size = leaves()) => {
      if (!Number.isSafeInteger(index) || index < 0 || index >= within(size))
        throw new RangeError(`There is no leaf ${index} among ${size}.`)
      return path(index, 0, size)
    },
    consistency: (from, size = leaves()) => {
      if (!Number.isSafeInteger(from) || from < 0 || from > within(size))
        throw new RangeError(`A tree of ${size} does not begin with one of ${from}.`)
      return from === 0 || from === size ? [] : growth(from, 0, size, true)
    },
  }
}

/** The greatest power of two below `width`. */
function split(width: number): number {
  let left = 1
  while (left * 2 < width) left *= 2
  return left
}

/** True when the path leads from the leaf to the root. RFC 9162 2.1.3.2. Total: nonsense is false. */
export function includes(
  leaf: Hash,
  index: number,
  size: number,
  proof: readonly Hash[],
  root: Hash,
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false
  let at = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== 32) return false
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else hash = nodeHash(hash, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && equal(hash, root)
}

/** True when the later root's tree begins with the earlier one. RFC 9162 2.1.4.2. Total: nonsense is false. */
export function extend(
  from: number,
  earlier: Hash,
  size: number,
  later: Hash,
  proof: readonly Hash[],
): boolean {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(size) || from < 0 || from > size) return false
  if (from === 0) return proof.length === 0 && equal(earlier, emptyRoot)
  if (from === size) return proof.length === 0 && equal(earlier, later)
  const path = Number.isInteger(Math.log2(from)) ? [earlier, ...proof] : [...proof]
  const first = path.shift()
  if (first?.length !== 32) return false
  let at = from - 1
  let last = size - 1
  while (at % 2 === 1) [at, last] = [half(at), half(last)]
  let [before, after] = [first, first]
  for (const hash of path) {
    if (last === 0 || hash.length !== 32) return false
    if (at % 2 === 1 || at === last) {
      before = nodeHash(hash, before)
      after = nodeHash(hash, after)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else after = nodeHash(after, hash)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && equal(before, earlier) && equal(after, later)
}

const half = (n: number) => Math.floor(n / 2)
