/** Where things stand in a text that is known to be JSON. */

export type Range = { readonly from: number; readonly to: number }

/** The elements of the array that is the value of a key of the outermost object. */
export function elementsOf(text: string, key: string): readonly Range[] {
  const found: Range[] = []
  let [depth, inside, from, wanted]: [number, boolean, number, boolean] = [0, false, -1, false]
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '"') {
      const end = stringEnd(text, at)
      if (depth === 1 && !inside) wanted = JSON.parse(text.slice(at, end)) === key && isKey(text, end)
      if (inside && depth === 2 && from < 0) from = at
      at = end - 1
    } else if (char === '[' || char === '{') {
      if (inside && depth === 2 && from < 0) from = at
      if (depth === 1 && wanted && char === '[') {
        // Of two keys that are alike the last counts, as it does for everybody who reads JSON.
        found.length = 0
        inside = true
      }
      depth++
    } else if (char === ']' || char === '}') {
      depth--
      if (inside && depth === 1) {
        if (from >= 0) found.push({ from, to: trimmed(text, at) })
        ;[inside, wanted, from] = [false, false, -1]
      }
    } else if (char === ',' && inside && depth === 2) {
      if (from >= 0) found.push({ from, to: trimmed(text, at) })
      from = -1
    } else if (inside && depth === 2 && from < 0 && !/\s/.test(char ?? '')) from = at
  }
  return found
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}
const isKey = (text: string, at: number): boolean => /^\s*:/.test(text.slice(at, at + 100))
function trimmed(text: string, end: number): number {
  let at = end
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--
  return at
}

/** What may stand next. */
type Wanted = 'value' | 'first' | 'key' | 'first key' | 'colon' | 'next' | 'end'
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const white = /[ \t\r\n]*/y

/** Where a text stops being JSON. (`JSON.parse` does not tell.) */
export function brokenAt(text: string): number {
  const open: string[] = []
  let wanted: Wanted = 'value'
  let at = 0
  const skip = () => {
    white.lastIndex = at
    white.test(text)
    at = white.lastIndex
  }
  const after = (): Wanted => (open.length > 0 ? 'next' : 'end')
  for (skip(); at < text.length; skip()) {
    const char = text[at] ?? ''
    const closes = char === ']' || char === '}'
    const value: boolean = wanted === 'value' || wanted === 'first'
    if (closes && (wanted === 'next' || wanted === (char === ']' ? 'first' : 'first key'))) {
      if (open.pop() !== (char === ']' ? '[' : '{')) return at
      at++
      wanted = after()
    } else if (value && (char === '[' || char === '{')) {
      open.push(char)
      at++
      wanted = char === '[' ? 'first' : 'first key'
    } else if (char === '"' && (value || wanted === 'key' || wanted === 'first key')) {
      const end = stringEnd(text, at)
      if (!isString(text.slice(at, end))) return at
      at = end
      wanted = value ? after() : 'colon'
    } else if (char === ':' && wanted === 'colon') {
      at++
      wanted = 'value'
    } else if (char === ',' && wanted === 'next') {
      at++
      wanted = open.at(-1) === '[' ? 'value' : 'key'
    } else if (value) {
      scalar.lastIndex = at
      if (!scalar.test(text)) return at
      at = scalar.lastIndex
      wanted = after()
    } else return at
  }
  return at
}
function isString(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'string'
  } catch {
    return false
  }
}

/** Tells line and column of places, both from 1. Places asked for in their order are found in one pass. */
export function placer(text: string): (at: number) => readonly [line: number, column: number] {
  let [line, start] = [1, 0]
  return at => {
    if (at < start) [line, start] = [1, 0]
    for (let next = text.indexOf('\n', start); next >= 0 && next < at; next = text.indexOf('\n', start)) {
      line++
      start = next + 1
    }
    return [line, at - start + 1]
  }
}
