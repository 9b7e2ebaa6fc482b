import { openChild } from './child.ts'
import { Problem } from './problem.ts'
import type { Reading } from './reading/kana.ts'
import { type Hint, splitRuby } from './reading/ruby.ts'

/** Says how Japanese is read. Its dictionary lives in a process of its own, started with the first ask. */
export type Reader = {
  /**
   * Katakana for a text, with the readings it carries itself (`漢字《かんじ》`) or is given beside it. Positions are those
   * of the text as given without its readings (`plain`). Problem `reading-missing` names a word nobody knows.
   */
  readonly read: (
    text: string,
    hints: readonly Hint[],
    signal?: AbortSignal,
  ) => Promise<Reading & { readonly plain: string }>
  readonly close: () => void
}

export function openReader(): Reader {
  const child = openChild<{ text: string; hints: readonly Hint[] }, Reading>(
    new URL('./reading/tokenize.ts', import.meta.url),
    { name: 'kuromoji' },
  )
  return {
    read: async (text, hints, signal) => {
      const { plain, hints: own } = splitRuby(text.normalize('NFC'))
      const reading = await child.ask({ text: plain, hints: [...own, ...hints] }, signal)
      const [unread] = reading.unread
      if (unread !== undefined) throw new Problem('reading-missing', { text: unread })
      return { ...reading, plain }
    },
    close: child.close,
  }
}
