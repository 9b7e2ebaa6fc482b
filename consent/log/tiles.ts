import { concat } from '../bytes.ts'
import type { Tree } from './tree.ts'

/** The tree on disk as anyone may fetch it: C2SP tlog-tiles, 256 hashes or entries a file. */
export const tileWidth = 256

/** Groups of three digits, all but the last with an x: 1234067 is x001/x234/067. */
export function tilePath(level: number | 'entries', index: number, width = tileWidth): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []
  const spelt = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${spelt}${width < tileWidth ? `.p/${width}` : ''}`
}

/** How many hashes the last tile of a level holds, and which tile it is, in a tree of this size. */
export const tilesOf = (size: number, level = 0): { readonly whole: number; readonly rest: number } => {
  const hashes = Math.floor(size / tileWidth ** level)
  return { whole: Math.floor(hashes / tileWidth), rest: hashes % tileWidth }
}

/** The hashes of one tile: each that of a complete subtree of 256 ** level leaves. */
export const hashTile = (tree: Tree, level: number, index: number, width: number): Uint8Array =>
  concat(...Array.from({ length: width }, (_, at) => tree.node(level * 8, index * tileWidth + at)))

/** Entries one after the other, each behind its length in two bytes. Throws a RangeError above 65,535 bytes. */
export const bundle = (entries: readonly Uint8Array[]): Uint8Array =>
  concat(
    ...entries.flatMap(entry => {
      if (entry.length > 0xffff) throw new RangeError('A log entry has at most 65,535 bytes.')
      return [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]
    }),
  )

/** Throws a TypeError on a torn bundle. */
export function unbundle(bytes: Uint8Array): readonly Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    at += 2
    if (at + length > bytes.length) throw new TypeError('A bundle of log entries is torn.')
    entries.push(bytes.slice(at, at + length))
    at += length
  }
  return entries
}
