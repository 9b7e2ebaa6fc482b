import { createHash } from 'node:crypto'
import { canonical } from './canonical.ts'
import type { Use } from './terms.ts'

/** The one digest of this room: SHA-256 of canonical JSON, as base64url. */
export const digest = (value: unknown): string =>
  createHash('sha256').update(canonical(value)).digest('base64url')

/** Exactly these words at this place of the script. */
export const wordsOf = (
  place: Pick<Use, 'title' | 'episode' | 'language' | 'character' | 'line' | 'text'>,
): string => digest([place.title, place.episode, place.language, place.character, place.line, place.text])
