import { base64, fromBase64 } from '../bytes.ts'
import type { Hash } from './tree.ts'

/** The state of a log in one line of figures: C2SP tlog-checkpoint. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Hash }

export const writeCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${base64(root)}\n`

/** Reads the body of a checkpoint's note. Lines after the third are extensions and passed over. Throws when it is none. */
export function readCheckpoint(body: string): Checkpoint {
  const [origin = '', size = '', spelt = '', ...more] = body.split('\n')
  const root = fromBase64(spelt)
  if (!origin || !/^(?:0|[1-9]\d{0,15})$/.test(size) || root.length !== 32 || more.at(-1) !== '')
    throw new TypeError('This is no checkpoint.')
  if (!Number.isSafeInteger(Number(size))) throw new TypeError('This is no checkpoint.')
  return { origin, size: Number(size), root }
}
