/** How long a row is, and how much there is to read in it: in what a reader sees as one character. */
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
/** Scripts whose characters each are one grapheme, so that nothing has to be segmented. */
const simple =
  /^[\x20-\x7e\n\u00a0-\u02ff\u0370-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u3000-\u3029\u3030-\u3098\u309b-\u30ff\u4e00-\u9fff\uff00-\uff9d]*$/

/** What a profile counts. `half`: half-width characters count half (Netflix Japanese). `letters`: spaces don't count. */
export type Weigh = 'graphemes' | 'half' | 'letters'

export function widthOf(text: string, weigh: Weigh): number {
  if (weigh === 'half') {
    let width = 0
    if (simple.test(text)) {
      for (let i = 0; i < text.length; i++) width += isNarrow(text.charCodeAt(i)) ? 0.5 : 1
      return width
    }
    for (const char of graphemes(text)) width += narrow.test(char) ? 0.5 : 1
    return width
  }
  const counted = weigh === 'letters' ? text.replace(/\s+/g, '') : text
  return simple.test(counted) ? counted.length : [...segmenter.segment(counted)].length
}

const isNarrow = (code: number): boolean =>
  (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0x2ff) || (code >= 0xff61 && code <= 0xff9f)
/** Latin, digits, half-width katakana: what takes half a cell beside kanji. */
const narrow = /^[\x20-\x7e\u00a0-\u02ff\uff61-\uff9f]/

export const graphemes = (text: string): readonly string[] =>
  simple.test(text) ? [...text] : [...segmenter.segment(text)].map(({ segment }) => segment)
