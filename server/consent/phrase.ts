import { randomInt } from 'node:crypto'

/** Everyday words, none of them anybody's name, that are said alike by everybody who reads them. */
const words = [
  ...['さくら', 'みずうみ', 'あおぞら', 'ゆきみち', 'かざぐるま', 'ほしぞら', 'あさつゆ', 'こもれび'],
  ...['ともしび', 'まつかぜ', 'なみおと', 'たけやぶ', 'ゆうやけ', 'はつゆき', 'いしだたみ', 'みかづき'],
  ...['すずむし', 'あまぐも', 'かわせみ', 'やまびこ', 'ふゆごもり', 'わたりどり', 'つきかげ', 'はるいちばん'],
] as const

/**
 * What somebody reads aloud so that their recording is theirs, and of today: five words of 24 in an order nobody could
 * foresee (23 bits), the company and the day.
 */
export function newPhrase(company: string, actor: string, at: number): string {
  const said = Array.from({ length: 5 }, () => words[randomInt(words.length)] ?? '').join('、')
  const day = new Intl.DateTimeFormat('ja', { dateStyle: 'long', timeZone: 'Asia/Tokyo' }).format(at)
  return `わたくし${actor}は、${day}、${company}に、自分の声の録音を預けます。合言葉は、${said}、です。`
}

/** How much of a text is in another, 0 to 1: one less the edits between them over the longer of the two. */
export function likeness(one: string, other: string): number {
  const [a, b] = [plain(one), plain(other)]
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0
  let before = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [row, letter] of a.entries()) {
    const now = [row + 1]
    for (const [column, against] of b.entries())
      now.push(
        Math.min(
          (now[column] ?? 0) + 1,
          (before[column + 1] ?? 0) + 1,
          (before[column] ?? 0) + (letter === against ? 0 : 1),
        ),
      )
    before = now
  }
  return 1 - (before[b.length] ?? 0) / Math.max(a.length, b.length)
}

/** Letters alone: how a model sets commas, or kana, says nothing about who spoke. */
const plain = (text: string) => [
  ...text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, kana => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/[^\p{L}\p{N}]/gu, ''),
]
