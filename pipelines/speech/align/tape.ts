import { open } from 'node:fs/promises'
import { classes } from '../../visemes/ears.ts'
import { bands, quietest } from './mel.ts'

/**
 * What is known of a sound, a row of bytes for every 10 ms, in a file: an hour of it is 15 MB, and no part is held that nobody
 * looks at.
 */
export type Tape = {
  /** Bytes a row: the bands, and what mouths say where they are heard. */
  readonly wide: number
  readonly frames: () => number
  readonly add: (rows: Uint8Array) => Promise<void>
  /** The rows [from, to), which must be there. */
  readonly read: (from: number, to: number) => Promise<Uint8Array>
  readonly close: () => Promise<void>
}

export async function openTape(path: string, mouths: boolean): Promise<Tape> {
  const file = await open(path, 'w+')
  const wide = bands + (mouths ? classes : 0)
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

/** Rows of log energies, and of the mouth model's answers as square roots, whose squared distances are Hellinger's. */
export function packRows(mel: Float32Array, mouths: Float32Array | undefined, count: number): Uint8Array {
  const wide = bands + (mouths ? classes : 0)
  const out = new Uint8Array(count * wide)
  for (let row = 0; row < count; row++) {
    for (let band = 0; band < bands; band++) {
      const byte = Math.round(((mel[row * bands + band] ?? 0) - quietest) / step)
      out[row * wide + band] = Math.max(0, Math.min(255, byte))
    }
    if (!mouths) continue
    for (let shape = 0; shape < classes; shape++)
      out[row * wide + bands + shape] = Math.round(255 * Math.sqrt(mouths[row * classes + shape] ?? 0))
  }
  return out
}

/** How many rows have which byte in which band. */
export type Counts = Uint32Array
export const noCounts = (): Counts => new Uint32Array(bands * 256)

export function count(counts: Counts, rows: Uint8Array, row: number, wide: number): void {
  for (let band = 0; band < bands; band++) {
    const at = band * 256 + (rows[row * wide + band] ?? 0)
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
