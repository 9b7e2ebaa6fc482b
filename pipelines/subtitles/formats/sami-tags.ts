/** HTML as people wrote it for SAMI: tags never closed, attributes without quotes, comments anywhere. Nothing is refused. */
import { decodeHTML } from 'entities'

export type Token =
  | { readonly type: 'text'; readonly text: string; readonly at: number }
  | {
      readonly type: 'tag'
      /** Lower case; of a closing tag with its slash. */
      readonly name: string
      readonly written: string
      readonly at: number
    }
  | { readonly type: 'comment'; readonly text: string; readonly at: number }

/** A longer tag is a text that happens to hold a bracket. */
const longest = 1000

export function* tokensOf(text: string): Generator<Token> {
  let close = -1
  let comment = -1
  let from = 0
  for (let at = text.indexOf('<'); at >= 0; ) {
    if (text.startsWith('<!--', at)) {
      if (comment < at + 4 && comment !== text.length) comment = indexOrEnd(text, '-->', at + 4)
      if (at > from) yield { type: 'text', text: text.slice(from, at), at: from }
      yield { type: 'comment', text: text.slice(at + 4, comment), at }
      from = Math.min(text.length, comment + 3)
      at = text.indexOf('<', from)
      continue
    }
    if (close < at && close !== text.length) close = indexOrEnd(text, '>', at)
    const next = text.indexOf('<', at + 1)
    const name = close < text.length ? nameAt(text, at + 1) : ''
    // A bracket before this one is closed: then this one is text, or a tag that somebody forgot to close.
    const end = next >= 0 && next < close ? next : close
    if (name === '' || end - at > longest || (end === next && !/^\/?[a-z]/.test(name))) {
      at = next
      continue
    }
    if (at > from) yield { type: 'text', text: text.slice(from, at), at: from }
    yield { type: 'tag', name, written: text.slice(at + 1 + name.length, end), at }
    from = end === close ? end + 1 : end
    at = text.indexOf('<', from)
  }
  if (from < text.length) yield { type: 'text', text: text.slice(from), at: from }
}

function indexOrEnd(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? text.length : found
}

const name = /\/?[a-z][a-z0-9]{0,20}(?=[\s/>=<]|$)|[!?]/iy
function nameAt(text: string, at: number): string {
  name.lastIndex = at
  return name.exec(text)?.[0].toLowerCase() ?? ''
}

/** The value of an attribute, with or without quotes, its entities resolved. */
export function attributeOf(written: string, attribute: string): string | undefined {
  if (written === '') return undefined
  const found = new RegExp(
    `(?:^|[\\s"'/])${attribute}\\s{0,20}=\\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`,
    'i',
  ).exec(written)
  const value = found?.[1] ?? found?.[2] ?? found?.[3]
  return value === undefined ? undefined : decodeHTML(value).trim()
}

/** Text as HTML shows it: runs of white space are one space, and only entities make others. */
export const shownText = (text: string): string => {
  const narrow = text.replace(/[ \t\r\n\f]+/g, ' ')
  return narrow.includes('&') ? decodeHTML(narrow) : narrow
}
