import { createHash } from 'node:crypto'
import type { Digest } from './terms.ts'

/** SHA-256 of the value's JSON with its keys in order; what is undefined counts as absent. */
export function digestOf(value: unknown): Digest {
  return createHash('sha256').update(ordered(value)).digest('hex')
}

/** The value's JSON with its keys in order, so that equal values are equal texts. */
export function ordered(value: unknown): string {
  return JSON.stringify(value, inOrder) ?? 'null'
}

function inOrder(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
