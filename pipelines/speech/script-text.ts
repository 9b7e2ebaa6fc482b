/** Bytes of a script as text: UTF-8 with or without its mark, UTF-16 with it, Shift_JIS or EUC-JP; otherwise undefined. */
export function decodeScript(bytes: Uint8Array): string | undefined {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8'
  const text = decodeAs(bytes, marked)
  if (text !== undefined) return text
  const [best] = ['shift_jis', 'euc-jp']
    .flatMap(encoding => decodeAs(bytes, encoding) ?? [])
    .sort((a, b) => likelihood(b) - likelihood(a))
  return best
}

function decodeAs(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Either of the two reads the other as half-width katakana and rare kanji: kana tell which was meant. */
const likelihood = (text: string) =>
  (text.match(/[ぁ-んァ-ヶー、。「」]/g)?.length ?? 0) - (text.match(/[｡-ﾟ]/g)?.length ?? 0)
