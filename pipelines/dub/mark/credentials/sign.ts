/** Content credentials as they are written: into a WAV, or beside any other file. Nothing foreign takes part in it. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Pen } from './cose.ts'
import { chunkOf, longestRiff, readRiff } from './riff.ts'
import { type Assertion, type Binding, storeOf } from './store.ts'

/** What is said of a file that a machine speaks in. No name of a person is in it. */
export type Claim = {
  readonly title: string
  /** `dialogue` is a machine's alone; a mix has people's work in it as well. */
  readonly of: 'dialogue' | 'mix'
  readonly voices: readonly {
    readonly language: string
    readonly watermark: string
    /** Entries in the log of consents. None where all voices are nobody's. */
    readonly consents: readonly string[]
  }[]
}

const source = (of: Claim['of']) =>
  `http://cv.iptc.org/newscodes/digitalsourcetype/${of === 'dialogue' ? 'trainedAlgorithmicMedia' : 'compositeWithTrainedAlgorithmicMedia'}`

/** C2PA 2.1, 18.15 (actions); CAWG training and data mining 1.1; and ours. */
const assertionsOf = ({ of, voices }: Claim): readonly Assertion[] => [
  {
    label: 'c2pa.actions.v2',
    data: { actions: [{ action: 'c2pa.created', digitalSourceType: source(of) }], allActionsIncluded: true },
  },
  {
    label: 'cawg.training-mining',
    data: {
      entries: {
        'cawg.ai_generative_training': { use: 'notAllowed' },
        'cawg.ai_training': { use: 'notAllowed' },
      },
    },
  },
  { label: 'org.kotodama.voices', data: { voices } },
]

const made = (claim: Claim, binding: Binding, pen: Pen) =>
  storeOf(claim.title, assertionsOf(claim), binding, pen)

/** How long the chunk will be that begins at `start`: its own length is written in it. */
function fit(claim: Claim, start: number, pen: Pen): Omit<Binding, 'hash'> & Pick<Required<Binding>, 'but'> {
  const hash = Buffer.alloc(32)
  let binding = { but: { start, length: 0 }, pad: 0 }
  for (;;) {
    const { length } = made(claim, { hash, ...binding }, pen)
    const pad = length % 2 === 0 ? binding.pad : 1 - binding.pad
    if (pad === binding.pad && binding.but.length === 8 + length) return binding
    binding = { but: { start, length: 8 + length }, pad }
  }
}

/** The bytes of a WAV with credentials in it. @throws TypeError for what is no such WAV */
export function attach(wav: Uint8Array, claim: Claim, pen: Pen): Uint8Array {
  const bytes = Buffer.from(wav)
  if (bytes.length % 2 !== 0 || bytes.length > longestRiff || bytes.toString('latin1', 0, 4) !== 'RIFF')
    throw new TypeError('Credentials are put into a RIFF WAV of an even length.')
  const binding = fit(claim, bytes.length, pen)
  bytes.writeUInt32LE(bytes.length + binding.but.length - 8, 4)
  const hash = createHash('sha256').update(bytes).digest()
  return Buffer.concat([bytes, chunkOf(made(claim, { hash, ...binding }, pen))])
}

/**
 * Puts credentials into a WAV where it lies, its sound untouched.
 * @returns false where it can't bear them: it is no RIFF WAV, too long for one, or has some already
 */
export async function attachTo(path: string, claim: Claim, pen: Pen): Promise<boolean> {
  const file = await open(path, 'r+')
  try {
    const riff = await readRiff(file)
    if (!riff || riff.store || riff.size % 2 !== 0 || riff.size > longestRiff) return false
    const binding = fit(claim, riff.size, pen)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(riff.size + binding.but.length - 8)
    await file.write(length, 0, 4, 4)
    const hash = await digestBut(path)
    await file.write(chunkOf(made(claim, { hash, ...binding }, pen)), 0, undefined, riff.size)
    return true
  } finally {
    await file.close()
  }
}

/** What stands beside a file that can't bear credentials: a manifest store for a `.c2pa`. */
export const beside = async (path: string, claim: Claim, pen: Pen): Promise<Uint8Array> =>
  made(claim, { hash: await digestBut(path) }, pen)

/** SHA-256 of a file, without one stretch of it. */
export async function digestBut(
  path: string,
  but?: { readonly start: number; readonly length: number },
  signal?: AbortSignal,
): Promise<Buffer> {
  const hash = createHash('sha256')
  const parts: readonly { start: number; end?: number }[] = but
    ? [{ start: 0, end: but.start - 1 }, { start: but.start + but.length }]
    : [{ start: 0 }]
  for (const part of parts) {
    await pipeline(
      createReadStream(path, { ...part, highWaterMark: 1 << 20 }),
      async chunks => {
        for await (const chunk of chunks) hash.update(chunk)
      },
      ...(signal ? [{ signal }] : []),
    )
  }
  return hash.digest()
}
