import type { Hint } from '../reading/ruby.ts'

const kanji = /[\p{sc=Han}々ヶ]/u
/** A hiragana that begins a word of its own; any other after a kanji is the kanji's ending (`消《き》え`). */
const particle = /[はがをにでともへのやよねかだ]/

const remembered = 1000

/**
 * A memory of the readings a script gives: once given, a reading holds for the same writing later, until another is
 * given. The same writing is not part of a longer run of kanji (石 in 宝石), and a single kanji before its ending is not
 * remembered: 消《き》え says nothing about 消す.
 */
export function remember(): (text: string, own: readonly Hint[]) => readonly Hint[] {
  const known = new Map<string, string>()
  return (text, own) => {
    const hints = [...own]
    const taken = (at: number, length: number) =>
      hints.some(hint => at < hint.at + hint.length && hint.at < at + length)
    for (const [writing, kana] of [...known].sort(([a], [b]) => b.length - a.length))
      for (let at = text.indexOf(writing); at >= 0; at = text.indexOf(writing, at + writing.length))
        if (alone(text, at, writing) && !taken(at, writing.length))
          hints.push({ at, length: writing.length, kana })
    for (const { at, length, kana } of own) {
      const writing = text.slice(at, at + length)
      const next = text[at + length] ?? ''
      const ending = [...writing].length === 1 && /[ぁ-ん]/.test(next) && !particle.test(next)
      if (!ending) known.set(writing, kana)
      const [oldest] = known.keys()
      if (known.size > remembered && oldest !== undefined) known.delete(oldest)
    }
    return hints.sort((a, b) => a.at - b.at)
  }
}

function alone(text: string, at: number, writing: string): boolean {
  const joins = (inner: string | undefined, outer: string | undefined) =>
    inner !== undefined && outer !== undefined && kanji.test(inner) && kanji.test(outer)
  return !joins(writing[0], text[at - 1]) && !joins(writing.at(-1), text[at + writing.length])
}
