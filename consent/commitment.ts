import { createHash } from 'node:crypto'
import { fromBase64url } from './bytes.ts'
import { canonical } from './canonical.ts'
import type { Signed } from './records.ts'

/** What a leaf of the log says: a salted commitment to a statement, and when it was put there. Never a name. */
export type Leaf = { readonly commitment: string; readonly logged: number }
/** What stays in the house beside the log: the statement and the salt that opens the commitment. */
export type Kept = { readonly salt: string; readonly signed: Signed }

export const commitmentOf = ({ salt, signed }: Kept): string =>
  createHash('sha256').update(fromBase64url(salt)).update(canonical(signed)).digest('base64url')
