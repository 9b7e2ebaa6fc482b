import { base, spaced } from '../language.ts'
import { segmenterOf } from '../phrases.ts'
import type { Language, Ms, Word } from '../terms.ts'

/** What a line of words may be. Speech in anime is short: a longer line is hard to read, to fit and to speak. */
const longest: Ms = 6000
/** Half a row of subtitle over two rows: 84 letters, 40 where a letter is a syllable or a word. */
const letters = { spaced: 84, unspaced: 40 }
/** A silence that parts two lines whatever the words are. */
const pause: Ms = 700
/** A silence within which a new picture, or a full stop, parts them. */
const breath: Ms = 200
/** A line shorter than this is not left alone by a full stop. */
const shortest: Ms = 800

const stop = /[.!?。！？…][”’"'」』）)]*$/u
const comma = /[,;:、，；：—–-][”’"'」』）)]*$/u

/** Cuts words into lines: at pauses, full stops and new pictures, and where a line would be too long at its best place. */
export function cutWords(words: readonly Word[], shots: readonly Ms[], language: Language): Word[][] {
  const lines: Word[][] = []
  let line: Word[] = []
  for (const [at, word] of words.entries()) {
    line.push(word)
    const next = words[at + 1]
    if (!next || !parts(line, word, next, shots)) continue
    lines.push(line)
    line = []
  }
  if (line.length > 0) lines.push(line)
  return lines.flatMap(long => shorten(long, language))
}

function parts(line: readonly Word[], word: Word, next: Word, shots: readonly Ms[]): boolean {
  const gap = next.start - word.end
  if (gap >= pause) return true
  const picture = gap >= breath && shots.some(shot => shot > word.end - breath && shot < next.start + breath)
  const said = word.end - (line[0]?.start ?? word.start)
  return picture || (stop.test(word.text) && said >= shortest)
}

/** Halves a line that is too long, and its halves, where it breathes most and is least torn. */
function shorten(line: Word[], language: Language): Word[][] {
  const first = line[0]
  const last = line.at(-1)
  if (!first || !last || line.length < 2) return [line]
  const text = join(line, language)
  const room = spaced(language) ? letters.spaced : letters.unspaced
  if (last.end - first.start <= longest && [...text].length <= room) return [line]

  const joints = jointsOf(line, language)
  let best = 1
  let most = Number.NEGATIVE_INFINITY
  for (let at = 1; at < line.length; at++) {
    const before = line[at - 1]
    const after = line[at]
    if (!before || !after) continue
    const uneven = Math.abs((before.end + after.start) / 2 - (first.start + last.end) / 2)
    const worth =
      after.start -
      before.end +
      (stop.test(before.text) ? 1500 : comma.test(before.text) ? 700 : 0) -
      (joints.has(at) ? 0 : 2000) -
      uneven / 4
    if (worth > most) [most, best] = [worth, at]
  }
  return [...shorten(line.slice(0, best), language), ...shorten(line.slice(best), language)]
}

/** The indexes of words before which the language may break. Japanese breaks between phrases, never before a particle. */
function jointsOf(line: readonly Word[], language: Language): ReadonlySet<number> {
  const segmenter = base(language) === 'ja' ? segmenterOf(language) : undefined
  if (!segmenter) return new Set(line.keys())
  const phrases = segmenter().parse(join(line, language))
  const ends = new Set(phrases.map((_, at) => phrases.slice(0, at + 1).join('').length))
  const joints = new Set<number>()
  let at = 0
  line.forEach((word, index) => {
    if (ends.has(at)) joints.add(index)
    at += word.text.length
  })
  return joints
}

export const join = (words: readonly Word[], language: Language): string =>
  words.map(word => word.text).join(spaced(language) ? ' ' : '')
