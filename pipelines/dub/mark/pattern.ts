import { createCipheriv, createHmac } from 'node:crypto'
import { encode, wordLength } from './code.ts'

/**
 * Where a mark's signs stand: on a grid of slots of 48 ms and bands of frequency, over and over. In each cell the sound
 * is raised or lowered a little. Which cell carries what, and with which sign, is the key's secret.
 */
export const bands = 30
/** One frame of the analysis is 16 ms after the last; a slot is three of them. */
export const framesInSlot = 3
export const frameSeconds = 0.016
/** A whole word with its pilot takes 9.6 s, then comes again: whoever has a piece that long has all of it. */
export const slots = 200
export const frames = slots * framesInSlot
/** The part of the cells that is the same in every mark of a key: by it the mark is found and its time measured. */
const pilotShare = 0.25

/** Frequencies that tell bands apart. Those under 3.6 kHz, 20 of them, are what a telephone or a low bit rate leaves. */
export const edges: readonly number[] = Array.from({ length: bands + 1 }, (_, at) => {
  const [low, high] = [Math.log1p(200 / 1500), Math.log1p(6800 / 1500)]
  return 1500 * Math.expm1(low + ((high - low) * at) / bands)
})

/** Cells are counted slot by slot: `slot × bands + band`. */
export type Pattern = {
  /** +1 or −1 in the pilot's cells, 0 in the others. */
  readonly pilot: Int8Array
  /** Which sign of the word a cell carries; −1 where the pilot is. */
  readonly place: Int16Array
  readonly sign: Int8Array
}

/** @param key 32 bytes */
export function patternOf(key: Uint8Array): Pattern {
  const cells = slots * bands
  const secret = createHmac('sha256', key).update('kotodama/watermark/pattern/1').digest()
  const stream = createCipheriv('aes-256-ctr', secret, Buffer.alloc(16)).update(Buffer.alloc(cells * 8))
  const order = Array.from({ length: cells }, (_, cell) => cell)
  for (let at = cells - 1; at > 0; at--) {
    const other = stream.readUInt32LE(at * 4) % (at + 1)
    ;[order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0]
  }
  const pattern = {
    pilot: new Int8Array(cells),
    place: new Int16Array(cells).fill(-1),
    sign: Int8Array.from({ length: cells }, (_, at) => 1 - 2 * ((stream[cells * 4 + at] ?? 0) & 1)),
  }
  const pilots = Math.round(cells * pilotShare)
  order.forEach((cell, at) => {
    if (at < pilots) pattern.pilot[cell] = pattern.sign[cell] ?? 0
    else pattern.place[cell] = (at - pilots) % wordLength
  })
  return pattern
}

/** +1 or −1 for every cell of the mark that carries this id. */
export function chipsOf({ pilot, place, sign }: Pattern, id: string): Int8Array {
  const word = encode(id)
  return pilot.map((value, cell) => value || (sign[cell] ?? 0) * (word[place[cell] ?? 0] ?? 0))
}

/** The cells that tell this id from others: all but the pilot's, which every mark of the key has. */
export function wordOf(pattern: Pattern, id: string): Int8Array {
  return chipsOf(pattern, id).map((chip, cell) => (pattern.pilot[cell] ? 0 : chip))
}
