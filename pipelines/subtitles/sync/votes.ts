/** Words that a track and a sound have in common say where a line belongs better than any pause. */
import type { Ms, Span, Word } from '../../terms.ts'

/** A line of the track and its words, in order. */
export type Said = Span & { readonly text: string }
/** A line's words were heard this much later than it has them. */
export type Vote = { readonly line: number; readonly offset: Ms }

/** Words in a row that make a place certain. */
const row = 3
/** A row of words that is said more often says too little. */
const mostPlaces = 4

const tokensOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu) ?? []

/** Every place where three words in a row of a line are heard. Times inside of a line are by the share of its words. */
export function votesOf(lines: readonly Said[], words: readonly Word[]): readonly Vote[] {
  const heard = words.flatMap(word => {
    const tokens = tokensOf(word.text)
    return tokens.map((token, i) => ({
      token,
      at: word.start + ((word.end - word.start) * i) / tokens.length,
    }))
  })
  const places = new Map<string, number[]>()
  for (let i = 0; i + row <= heard.length; i++) {
    const key = heard
      .slice(i, i + row)
      .map(({ token }) => token)
      .join(' ')
    const list = places.get(key)
    if (!list) places.set(key, [i])
    else if (list.length <= mostPlaces) list.push(i)
  }
  return lines.flatMap(({ start, end, text }, line) => {
    const tokens = tokensOf(text)
    const votes: Vote[] = []
    for (let i = 0; i + row <= tokens.length; i++) {
      const found = places.get(tokens.slice(i, i + row).join(' ')) ?? []
      if (found.length > mostPlaces) continue
      const own = start + ((end - start) * i) / tokens.length
      for (const place of found) votes.push({ line, offset: Math.round((heard[place]?.at ?? 0) - own) })
    }
    return votes
  })
}
