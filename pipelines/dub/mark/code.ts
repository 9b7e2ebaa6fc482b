/**
 * A 64-bit id as a word that bears errors: 24 bits of CRC (the polynomial of RFC 9580, section 6.1), then a convolutional
 * code of rate 1/3 and constraint length 9 (557, 663, 711 octal; Proakis, Digital Communications, table 8.3-2), ended
 * with zeros. Decoded by Viterbi's algorithm over soft values.
 */
const [idBits, crcBits, memory] = [64, 24, 8] as const
const states = 1 << memory
const generators = [0o557, 0o663, 0o711] as const
const steps = idBits + crcBits + memory
/** How many signs a word has. */
export const wordLength = steps * generators.length

const parity = (value: number): 0 | 1 => {
  let bits = value
  for (let shift = 8; shift > 0; shift >>= 1) bits ^= bits >> shift
  return (bits & 1) as 0 | 1
}
/** By state and next bit: the three signs that are sent, +1 for a 0. */
const sent = Int8Array.from({ length: states * 2 * 3 }, (_, at) => {
  const register = Math.floor(at / 3)
  return 1 - 2 * parity(register & (generators[at % 3] ?? 0))
})

function crc24(bits: readonly number[]): number[] {
  let crc = 0xb704ce
  for (const bit of bits) {
    const top = ((crc >> 23) & 1) ^ bit
    crc = (crc << 1) & 0xffffff
    if (top) crc ^= 0x864cfb
  }
  return Array.from({ length: crcBits }, (_, at) => (crc >> (crcBits - 1 - at)) & 1)
}

const bitsOf = (id: string) =>
  [...id].flatMap(digit => [3, 2, 1, 0].map(at => (Number.parseInt(digit, 16) >> at) & 1))
const idOf = (bits: readonly number[]) =>
  Array.from({ length: idBits / 4 }, (_, at) =>
    Number.parseInt(bits.slice(4 * at, 4 * at + 4).join(''), 2).toString(16),
  ).join('')

/** The signs (+1, −1) of an id of 16 hexadecimal digits. */
export function encode(id: string): Int8Array {
  const bits = bitsOf(id)
  const word = new Int8Array(wordLength)
  let state = 0
  for (const [step, bit] of [...bits, ...crc24(bits), ...new Array(memory).fill(0)].entries()) {
    const register = (state << 1) | bit
    for (let k = 0; k < 3; k++) word[3 * step + k] = sent[3 * register + k] ?? 0
    state = register & (states - 1)
  }
  return word
}

/** The id that the soft signs (their sign is the guess, their size how sure it is) are likeliest of, if its CRC agrees. */
export function decode(soft: Float32Array): string | undefined {
  let best = new Float64Array(states).fill(Number.NEGATIVE_INFINITY)
  best[0] = 0
  const came = new Uint8Array(steps * states)
  for (let step = 0; step < steps; step++) {
    const next = new Float64Array(states).fill(Number.NEGATIVE_INFINITY)
    const [a, b, c] = [soft[3 * step] ?? 0, soft[3 * step + 1] ?? 0, soft[3 * step + 2] ?? 0]
    for (let state = 0; state < states; state++) {
      const score = best[state] ?? 0
      if (score === Number.NEGATIVE_INFINITY) continue
      for (let bit = 0; bit < (step < idBits + crcBits ? 2 : 1); bit++) {
        const register = (state << 1) | bit
        const at = 3 * register
        const here = score + a * (sent[at] ?? 0) + b * (sent[at + 1] ?? 0) + c * (sent[at + 2] ?? 0)
        const to = register & (states - 1)
        if (here > (next[to] ?? 0)) {
          next[to] = here
          came[step * states + to] = state >> (memory - 1)
        }
      }
    }
    best = next
  }
  const bits: number[] = []
  let state = 0
  for (let step = steps - 1; step >= 0; step--) {
    bits.unshift(state & 1)
    state = (state >> 1) | ((came[step * states + state] ?? 0) << (memory - 1))
  }
  const [id, crc] = [bits.slice(0, idBits), bits.slice(idBits, idBits + crcBits)]
  return crc24(id).every((bit, at) => bit === crc[at]) ? idOf(id) : undefined
}
