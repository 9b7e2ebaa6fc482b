/** Names that Windows keeps for its devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i
/** File systems take 255 bytes of a name; the rest is for what comes after it. */
const longest = 120

/**
 * A user's words as the beginning of a file name that is one on every system: no separators, no signs that a shell, a
 * file system or a reader's eye may take for something else, never empty.
 */
export function safeName(words: string): string {
  const plain = words
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{C}\p{Zl}\p{Zp}]/gu, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.\-~]+|[\s.]+$/gu, '')
  let name = ''
  for (const sign of plain) {
    if (Buffer.byteLength(name + sign) > longest) break
    name += sign
  }
  name = name.trimEnd()
  return name === '' || reserved.test(name) ? `episode_${name}` : name
}
