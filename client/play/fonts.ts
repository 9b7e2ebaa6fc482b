/// <reference types="vite/client" />
import ranges from '@fontsource/biz-udpgothic/unicode.json' with { type: 'json' }

/** BIZ UDPGothic, cut into some hundred files by the characters that are in them. */
const files = import.meta.glob<string>(
  [
    '../../node_modules/@fontsource/biz-udpgothic/files/biz-udpgothic-*-400-normal.woff2',
    '!**/biz-udpgothic-japanese-400-normal.woff2',
  ],
  { query: '?url', import: 'default', eager: true },
)

/** The files that hold the characters of a text, and no others: libass takes all of one family together. */
export function fontsFor(text: string): string[] {
  const wanted = new Set([...`${text}\u0020?`].map(char => char.codePointAt(0) ?? 0))
  return Object.entries(ranges as Readonly<Record<string, string>>)
    .filter(([, range]) => holdsAny(range, wanted))
    .flatMap(([part]) => files[fileOf(part)] ?? [])
}

const fileOf = (part: string) =>
  `../../node_modules/@fontsource/biz-udpgothic/files/biz-udpgothic-${part.replace(/^\[(\d+)\]$/, '$1')}-400-normal.woff2`

/** Whether a CSS `unicode-range` holds one of the code points. */
export function holdsAny(range: string, points: ReadonlySet<number>): boolean {
  const spans = range.split(',').map(part => {
    const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
  })
  return [...points].some(point => spans.some(([from, to]) => point >= from && point <= to))
}
