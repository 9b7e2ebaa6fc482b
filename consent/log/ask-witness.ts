import { base64 } from '../bytes.ts'
import { type NoteVerifier, readNote } from './note.ts'
import type { Hash } from './tree.ts'

/** A witness outside, by C2SP tlog-witness: where it is asked, and the key it signs with. */
export type Outsider = { readonly address: string; readonly key: NoteVerifier }
export type Asked =
  /** Its signature line, checked. */
  | { readonly line: string }
  /** It has seen another size than was said. */
  | { readonly has: number }

const longest = 10_000

/**
 * Asks a witness to co-sign a checkpoint that extends the one of `from` entries. Throws an Error that names the witness
 * when it does not answer, refuses, or signs something else.
 */
export async function askWitness(
  { address, key }: Outsider,
  note: string,
  from: number,
  proof: readonly Hash[],
  post: typeof fetch = fetch,
): Promise<Asked> {
  const body = `old ${from}\n${proof.map(hash => `${base64(hash)}\n`).join('')}\n${note}`
  const answer = await post(`${address}/add-checkpoint`, {
    method: 'POST',
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(20_000),
  }).catch((cause: unknown) => {
    throw new Error(`The witness ${key.name} does not answer.`, { cause })
  })
  const text = await answer.text()
  if (answer.status === 409 && /^\d{1,15}\n?$/.test(text)) return { has: Number(text) }
  if (answer.status !== 200 || text.length > longest)
    throw new Error(`The witness ${key.name} refuses (${answer.status}).`)
  for (const line of text.split('\n').filter(Boolean)) {
    const signed = `${note.slice(0, note.lastIndexOf('\n\n') + 2)}${line}\n`
    if (readNote(signed, [key]).signatures.length > 0) return { line: `${line}\n` }
  }
  throw new Error(`The witness ${key.name} answers without its signature.`)
}
