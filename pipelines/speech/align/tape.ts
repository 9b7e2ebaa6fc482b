import { open } from 'node:fs/promises'
import { bands, quietest } from './mel.ts'

/**
 * What is known of a sound, a row of bytes for every 10 ms, in a file: an hour of it is 9 MB at most, and no part is held that nobody
 * looks at.
 */
export type Tape = {
  /** Bytes a row: what mouths say, or the bands. */
  readonly wide: number
  readonly frames: () => number
  readonly add: (rows: Uint8Array) => Promise<void>
  /** The rows [from, to), which must be there. */
  readonly read: (from: number, to: number) => Promise<Uint8Array>
  readonly close: () => Promise<void>
}

export async function openTape(path: string, wide: number): Promise<Tape> {
  const file = await open(path, 'w+')
  let frames = 0
  return {
    wide,
    frames: () => frames,
    async add(rows) {
      await file.write(rows, 0, rows.length, frames * wide)
      frames += rows.length / wide
    },
    async read(from, to) {
      const rows = new Uint8Array((to - from) * wide)
      const { bytesRead } = await file.read(rows, 0, rows.length, from * wide)
      if (bytesRead < rows.length) throw new Error('a tape that ends before its time')
      return rows
    },
    close: () => file.close(),
  }
}

/** Nats a byte: half a decibel, of which nothing is heard. */
const step = 0.115
export const energies = Float32Array.from({ length: 256 }, (_, byte) => quietest + step * byte)

/** Rows of log energies. */
export function packMel(mel: Float32Array): Uint8Array {
  const out = new Uint8Array(mel.length)
  for (let at = 0; at < out.length; at++)
    out[at] = Math.max(0, Math.min(255, Math.round(((mel[at] ?? 0) - quietest) / step)))
  return out
}

/** Rows of the mouth model's answers, as square roots. */
export function packMouths(shapes: Float32Array): Uint8Array {
  const out = new Uint8Array(shapes.length)
  for (let at = 0; at < out.length; at++) out[at] = Math.round(255 * Math.sqrt(shapes[at] ?? 0))
  return out
}

/** How many rows have which byte in which band. */
export type Counts = Uint32Array
export const noCounts = (): Counts => new Uint32Array(bands * 256)

export function count(counts: Counts, rows: Uint8Array, row: number): void {
  for (let band = 0; band < bands; band++) {
    const at = band * 256 + (rows[row * bands + band] ?? 0)
    counts[at] = (counts[at] ?? 0) + 1
  }
}

/** The energy below which so many per cent of the rows lie in a band. */
export function energyAt(counts: Counts, band: number, percent: number): number {
  const own = counts.subarray(band * 256, band * 256 + 256)
  const all = own.reduce((sum, rows) => sum + rows, 0)
  let left = Math.min(all - 1, Math.floor((all * percent) / 100))
  for (let byte = 0; byte < 256; byte++) {
    left -= own[byte] ?? 0
    if (left < 0) return energies[byte] ?? 0
  }
  return 0
}
