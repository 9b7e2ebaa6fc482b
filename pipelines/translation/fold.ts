/**
 * A text as memories are compared: width, case, tags and row breaks folded. Nobody ever sees it.
 * `{\i1}` and `<i>` are marks of a subtitle's styling, no words.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\{\\[^}]*\}|<\/?[a-z][^>]*>/gi, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()

/** Its words alone: punctuation and spaces are gone, and with them what only a pair of eyes would tell apart. */
export const wordsOf = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}\p{M}ー]+/gu, ' ')
    .trim()

/** As `wordsOf`, for scripts that put no space between words: `ともれ　ともれ` is `ともれともれ`. */
export const solid = (text: string): string =>
  wordsOf(text).replace(
    /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]) | (?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])/gu,
    '',
  )

/** Whether it asks: `光った？` is another sentence than `光った！`. */
export const asks = (text: string): boolean => /[?؟;]\s*["'”’」』)]*\s*$/.test(text.normalize('NFKC'))
