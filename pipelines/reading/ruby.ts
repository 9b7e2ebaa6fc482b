/** How a stretch of a text is read. Positions are UTF-16 units of the plain text. */
export type Hint = { readonly at: number; readonly length: number; readonly kana: string }
export type Ruby = { readonly plain: string; readonly hints: readonly Hint[] }

/**
 * Takes the readings out of a text and remembers what they belong to: in `灯り石《いし》` the unbroken run of kanji
 * before it (with 々, ヶ and digits), in `｜灯り石《あかりいし》` everything since the bar.
 */
export function splitRuby(text: string): Ruby {
  const hints: Hint[] = []
  let plain = ''
  let bar: number | undefined
  for (const [piece] of text.matchAll(/《[^》]*》|[｜|]|[^《｜|]+|《/gu)) {
    if (piece === '｜' || piece === '|') bar = plain.length
    else if (/^《.+》$/su.test(piece)) {
      const at = bar ?? plain.length - (/[\p{sc=Han}々ヶヵ\p{Nd}]*$/u.exec(plain)?.[0].length ?? 0)
      if (at < plain.length) hints.push({ at, length: plain.length - at, kana: piece.slice(1, -1) })
      bar = undefined
    } else if (piece !== '《》') plain += piece
  }
  return { plain, hints }
}
