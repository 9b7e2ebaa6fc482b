import { readFileSync } from 'node:fs'

/** What others have published: trees, proofs and spellings that any verifier must come to. Bytes are hex. */
export const vectors: {
  readonly 'RFC 6962 / RFC 9162': {
    readonly leaves: readonly string[]
    readonly roots: readonly string[]
    readonly inclusions: readonly (readonly [index: number, size: number, proof: readonly string[]])[]
    readonly consistencies: readonly (readonly [from: number, size: number, proof: readonly string[]])[]
  }
  readonly 'RFC 8785': { readonly numbers: readonly (readonly [bits: string, spelt: string])[] }
} = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8'))
