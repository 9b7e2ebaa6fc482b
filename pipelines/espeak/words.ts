import type { Piece } from '../language.ts'
import type { Ms, Span } from '../terms.ts'

/** What the synthesizer reports while it speaks: a word begins at this place of the text, a sound begins. Times in ms. */
export type Mark =
  | { readonly kind: 'word'; readonly place: number; readonly at: Ms }
  | { readonly kind: 'phone'; readonly ipa: string; readonly at: Ms }

/** A single sound in IPA, stress mark included. */
export type Phone = Span & { readonly ipa: string }
/** A word of the text, with the place in it where it begins. */
export type SpokenWord = Span & { readonly text: string; readonly at: number }

/**
 * Makes a text plain words for the synthesizer, which would obey markup, `[[phonemes]]` and control characters in it.
 * Every place stays where it was.
 */
export const plainText = (text: string): string =>
  text.replace(/[<>[\]\p{Cc}]/gu, ' ').replace(/&(?=#?\w+;)/g, ' ')

/** The sounds, each until the next begins. Pauses and changes of language are no sounds. */
export function phonesOf(marks: readonly Mark[], end: Ms): Phone[] {
  const phones = marks.filter(mark => mark.kind === 'phone')
  return phones.flatMap(({ ipa, at }, index) => {
    const until = Math.min(phones[index + 1]?.at ?? end, end)
    const sounds = /\p{L}/u.test(ipa.replace(/\(.*?\)/g, ''))
    return sounds && until > at ? [{ start: at, end: until, ipa }] : []
  })
}

/**
 * When each piece of a text is said. `places` are the pieces' beginnings in the text that was spoken. The synthesizer
 * joins some words (`of the`) and parts others (`25`): a piece has the time from the first mark in it, and pieces that
 * share a mark share its time by their length. A piece ends with its last sound, before any pause.
 */
export function wordsOf(
  pieces: readonly Piece[],
  places: readonly number[],
  marks: readonly Mark[],
  phones: readonly Phone[],
  spokenLength: number,
): SpokenWord[] {
  const words = marks.filter(mark => mark.kind === 'word')
  const [first] = words
  const last = phones.at(-1)
  if (!first || !last) return []
  const owner = (place: number) => {
    let found = first
    for (const word of words) if (word.place <= place) found = word
    return found
  }
  const starts = pieces.map((_, index) => {
    const from = places[index] ?? 0
    const to = places[index + 1] ?? spokenLength
    const own = words.find(word => word.place >= from && word.place < to)
    if (own) return own.at
    const shared = owner(from)
    const next = words[words.indexOf(shared) + 1]
    const until = soundEnd(shared.at, next?.at ?? last.end)
    const length = (next?.place ?? spokenLength) - shared.place
    return shared.at + ((until - shared.at) * (from - shared.place)) / Math.max(1, length)
  })

  function soundEnd(from: Ms, to: Ms): Ms {
    const said = phones.filter(phone => phone.start >= from - 1 && phone.start < to)
    return Math.min(to, said.at(-1)?.end ?? to)
  }

  return pieces.map(({ at, text }, index) => {
    const start = Math.min(starts[index] ?? 0, last.end)
    const next = Math.max(start, starts[index + 1] ?? last.end)
    return { start: Math.round(start), end: Math.round(Math.max(start, soundEnd(start, next))), text, at }
  })
}
