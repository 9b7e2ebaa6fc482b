import type { Language } from './terms.ts'

/** Languages written without spaces between words. */
const unspaced = new Set(['ja', 'zh', 'yue', 'cmn', 'th', 'lo', 'km', 'my'])

/** `pt` of `pt-BR`. */
export const base = (language: Language): string => language.toLowerCase().split('-')[0] ?? ''

/** True where words stand apart: their pieces are joined with a space, and not otherwise. */
export const spaced = (language: Language): boolean => !unspaced.has(base(language))

/** A piece of a text and where it begins, in UTF-16 units. */
export type Piece = { readonly at: number; readonly text: string }

/**
 * The words of a text with the punctuation that leans on them (`“Hello,`), so that put together with spaces, or without
 * where the language has none, they are the text again.
 */
export function piecesOf(text: string, language: Language): Piece[] {
  if (spaced(language))
    return leaning(
      text,
      [...text.matchAll(/\S+/g)].map(match => ({ at: match.index, text: match[0] })),
    )
  const segments = new Intl.Segmenter(language, { granularity: 'word' }).segment(text)
  return leaning(
    text,
    [...segments].map(({ index, segment }) => ({ at: index, text: segment })),
  )
}

/** Gives what can't be said (`—`, `「`) to a neighbour: an opening sign to the word after it, the rest to the one before. */
export function leaning(text: string, raw: readonly Piece[]): Piece[] {
  const pieces: { at: number; end: number }[] = []
  let opening: number | undefined
  for (const { at, text: piece } of raw) {
    const end = at + piece.length
    const last = pieces.at(-1)
    if (/[\p{L}\p{N}]/u.test(piece)) {
      pieces.push({ at: opening ?? at, end })
      opening = undefined
    } else if (!last || opening !== undefined || /^[\p{Ps}\p{Pi}]+$/u.test(piece)) opening ??= at
    else last.end = end
  }
  // An opening sign that nothing follows has only the word before it to lean on.
  const [last, tail] = [pieces.at(-1), raw.at(-1)]
  if (last && tail && opening !== undefined) last.end = tail.at + tail.text.length
  return pieces
    .map(({ at, end }) => text.slice(at, end))
    .map((piece, index) => ({
      at: (pieces[index]?.at ?? 0) + piece.length - piece.trimStart().length,
      text: piece.trim(),
    }))
}
