/** ISO-2022-JP, the Japanese of old mail: seven bits, and escapes between alphabets (RFC 1468). The coder's tables are EUC-JP's. */
import iconv from 'iconv-lite'

const escapes: Readonly<Record<string, 'ascii' | 'kanji' | 'kana'>> = {
  '(B': 'ascii',
  '(J': 'ascii',
  '(I': 'kana',
  $B: 'kanji',
  '$@': 'kanji',
}
const escapeByte = 0x1b

/** Bytes that can't be anything else: no file of seven bits holds these escapes by chance. */
export const isIso2022Jp = (bytes: Uint8Array): boolean =>
  /\u001b\$[B@]/.test(Buffer.from(bytes.subarray(0, 65_536)).toString('latin1')) &&
  !bytes.some(byte => byte > 0x7f)

/** Every row begins in ASCII, whatever the one before ended in. */
export function decodeIso2022Jp(bytes: Uint8Array): string {
  const wide: number[] = []
  let alphabet: 'ascii' | 'kanji' | 'kana' = 'ascii'
  for (let at = 0; at < bytes.length; at++) {
    const [byte = 0, next = 0] = [bytes[at], bytes[at + 1]]
    const named = byte === escapeByte && String.fromCharCode(next, bytes[at + 2] ?? 0)
    if (named && Object.hasOwn(escapes, named)) {
      alphabet = escapes[named] ?? 'ascii'
      at += 2
      continue
    }
    if (byte === 10 || byte === 13) alphabet = 'ascii'
    const isWord = byte > 0x20 && byte < 0x7f
    if (alphabet === 'kanji' && isWord && next > 0x20 && next < 0x7f) {
      wide.push(byte | 0x80, next | 0x80)
      at++
    } else if (alphabet === 'kana' && isWord) wide.push(0x8e, byte | 0x80)
    else wide.push(byte)
  }
  return iconv.decode(Buffer.from(wide), 'euc-jp')
}

/** What there are no bytes for becomes a question mark, as the coder does. */
export function encodeIso2022Jp(text: string): Buffer {
  const out: number[] = []
  let inKanji = false
  const enter = (kanji: boolean) => {
    if (kanji !== inKanji) out.push(escapeByte, ...Buffer.from(kanji ? '$B' : '(B'))
    inKanji = kanji
  }
  const wide = iconv.encode(text, 'euc-jp')
  for (let at = 0; at < wide.length; at++) {
    const [byte = 0, next = 0] = [wide[at], wide[at + 1]]
    if (byte > 0xa0) {
      enter(true)
      out.push(byte & 0x7f, next & 0x7f)
      at++
    } else {
      enter(false)
      // Half-width kana and the second table of kanji are not in this encoding.
      const lone = byte > 0x7f
      out.push(lone ? 0x3f : byte)
      if (lone) at += byte === 0x8f ? 2 : 1
    }
  }
  enter(false)
  return Buffer.from(out)
}
