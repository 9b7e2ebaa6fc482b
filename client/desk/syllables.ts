/** Syllables of a song as a person times them. Pure; what can't be done gives the list back as it was. */
import type { Syllable } from '../../server/contract.ts'
import type { Ms } from '../state.ts'

export type Sung = readonly Syllable[]

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
export const lettersOf = (text: string): readonly string[] =>
  [...letters.segment(text)].map(({ segment }) => segment)

/** Moves the end of a syllable, and the beginning of the next where they touch, no further than either's other edge. */
export function moveEnd(sung: Sung, index: number, end: Ms, length: Ms): Sung {
  const [one, next] = [sung[index], sung[index + 1]]
  if (one === undefined) return sung
  const touching = next?.start === one.end
  const most = next === undefined ? length : touching ? next.end : next.start
  const edge = Math.max(one.start, Math.min(Math.round(end), most))
  return sung.map((each, at) =>
    at === index ? { ...each, end: edge } : at === index + 1 && touching ? { ...each, start: edge } : each,
  )
}

/** Two of one, before its `count`th character; they share its time by how much each says. */
export function splitAt(sung: Sung, index: number, count: number): Sung {
  const one = sung[index]
  const all = lettersOf(one?.text ?? '')
  if (one === undefined || count < 1 || count >= all.length) return sung
  const edge = Math.round(one.start + ((one.end - one.start) * count) / all.length)
  const parts = [
    { text: all.slice(0, count).join(''), start: one.start, end: edge },
    { text: all.slice(count).join(''), start: edge, end: one.end },
  ]
  return sung.toSpliced(index, 1, ...parts)
}

/** One of a syllable and the next. */
export function joinNext(sung: Sung, index: number): Sung {
  const [one, next] = [sung[index], sung[index + 1]]
  if (one === undefined || next === undefined) return sung
  return sung.toSpliced(index, 2, { text: one.text + next.text, start: one.start, end: next.end })
}

/** Where nobody timed any: word by word where there are spaces, else character by character, by how much each says. */
export function spread(text: string, length: Ms): Sung {
  const pieces = /\s/.test(text.trim()) ? (text.match(/\s*\S+\s*/g) ?? []) : lettersOf(text)
  const whole = Math.max(1, lettersOf(text).length)
  let said = 0
  return pieces.map(piece => {
    const start = Math.round((length * said) / whole)
    said += lettersOf(piece).length
    return { text: piece, start, end: Math.round((length * said) / whole) }
  })
}
