/** Override blocks of ASS. A block is read into its tags so that their meaning is known; printing it back is its raw text. */

/** `name` without the backslash; `value` as written, parentheses included. Text between tags is a comment. */
export type AssTag = { readonly name: string; readonly value: string }
export type Piece =
  | { readonly type: 'text'; readonly raw: string }
  | { readonly type: 'block'; readonly raw: string; readonly tags: readonly AssTag[] }

/** Longer names first, so that `\fscx` isn't read as `\fs` of `cx`. Case counts: `\K` and `\k` differ. */
const names = [
  'iclip',
  'xbord',
  'ybord',
  'xshad',
  'yshad',
  'alpha',
  'fscx',
  'fscy',
  'blur',
  'bord',
  'clip',
  'fade',
  'move',
  'shad',
  'fax',
  'fay',
  'fad',
  'frx',
  'fry',
  'frz',
  'fsc',
  'fsp',
  'org',
  'pbo',
  'pos',
  '1c',
  '2c',
  '3c',
  '4c',
  '1a',
  '2a',
  '3a',
  '4a',
  'an',
  'be',
  'fe',
  'fn',
  'fr',
  'fs',
  'kf',
  'ko',
  'kt',
  'K',
  'a',
  'b',
  'c',
  'i',
  'k',
  'p',
  'q',
  'r',
  's',
  't',
  'u',
] as const
const byLetter = new Map<string, string[]>()
for (const name of names) byLetter.set(name.charAt(0), [...(byLetter.get(name.charAt(0)) ?? []), name])

/** A text as text and `{…}` blocks. A brace behind a backslash, or never closed, is text, as libass shows it. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (let open = braceIn(text, 0); open >= 0; ) {
    const close = text.indexOf('}', open)
    if (close < 0) break
    if (open > from) pieces.push({ type: 'text', raw: text.slice(from, open) })
    const raw = text.slice(open, close + 1)
    pieces.push({ type: 'block', raw, tags: raw.includes('\\') ? tagsOf(raw.slice(1, -1)) : [] })
    from = close + 1
    open = braceIn(text, from)
  }
  if (from < text.length) pieces.push({ type: 'text', raw: text.slice(from) })
  return pieces
}

function braceIn(text: string, from: number): number {
  let at = text.indexOf('{', from)
  while (at > from && text.charCodeAt(at - 1) === 0x5c) at = text.indexOf('{', at + 1)
  return at
}

/** Tags of a block's inside. Those within a `\t(…)` belong to its value: they are not yet so when the line begins. */
export function tagsOf(inside: string): readonly AssTag[] {
  const tags: AssTag[] = []
  for (let at = inside.indexOf('\\'); at >= 0 && at < inside.length; ) {
    let begin = at + 1
    while (/[ \t]/.test(inside.charAt(begin))) begin++
    const name = (byLetter.get(inside.charAt(begin)) ?? []).find(one => inside.startsWith(one, begin)) ?? ''
    const end = endOfTag(inside, begin + name.length)
    tags.push({ name, value: inside.slice(begin + name.length, end) })
    at = inside.indexOf('\\', end)
  }
  return tags
}

function endOfTag(inside: string, from: number): number {
  let depth = 0
  for (let at = from; at < inside.length; at++) {
    const char = inside.charAt(at)
    if (char === '(') depth++
    else if (char === ')' && depth > 0) depth--
    else if (char === '\\' && depth === 0) return at
  }
  // An unclosed parenthesis swallows the rest, as in every player.
  return inside.length
}
