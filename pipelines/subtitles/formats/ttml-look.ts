/** How elements of TTML look: what they say, computed inside of what stands around them (TTML2 §8.4, §10.4). */
import { sizeOf } from './ttml-lengths.ts'
import { childrenOf, fontSize, type Look, ownOnly, type Sheet, saidBy, specified } from './ttml-style.ts'
import type { Element } from './xml.ts'

const textDecoration = 'tts:textDecoration'

/** How an element looks inside of what has `outer`: inherited, said, animated by `sets`. */
export function lookOf(
  element: Element,
  outer: Look,
  sheet: Sheet,
  sets: readonly Element[] = childrenOf(element, 'tt:set'),
): Look {
  const said = saidBy(element, sheet)
  const own = sets.length === 0 ? said : new Map([...said, ...sets.flatMap(specified)])
  if (own.size === 0) return silentIn(outer, sheet)
  const look = new Map(silentIn(outer, sheet))
  for (const [name, value] of own) {
    const computed = compute(name, value, outer.get(name), sheet)
    if (computed !== undefined) look.set(name, computed)
  }
  return look
}

/** The same for what many paragraphs stand in, found once while nothing around it changes. */
export function lookAround(element: Element, outer: Look, sheet: Sheet, sets: readonly Element[]): Look {
  const known = sheet.looks.get(element)
  if (sets.length === 0 && known?.outer === outer) return known.look
  const look = lookOf(element, outer, sheet, sets)
  if (sets.length === 0) sheet.looks.set(element, { outer, look })
  return look
}

function silentIn(outer: Look, sheet: Sheet): Look {
  const known = sheet.silent.get(outer)
  if (known) return known
  const passed = [...outer].filter(([name]) => !ownOnly.has(name))
  const same = sheet.initialOwn.size === 0 && passed.length === outer.size
  const look = same ? outer : new Map([...sheet.initialOwn, ...passed])
  sheet.silent.set(outer, look)
  return look
}

/** What a value comes to inside of what has `outer`: sizes count from it, lines are drawn besides its own. */
function compute(name: string, value: string, outer: string | undefined, sheet: Sheet): string | undefined {
  if (name === fontSize) {
    const size = sizeOf(value, Number.parseFloat(outer ?? '') || 100 / sheet.frame.rows, sheet.frame)
    return size === undefined ? undefined : `${size}rh`
  }
  return name === textDecoration ? decorated(value, outer) : value
}

/** `noUnderline` takes away what `underline` of an outer element put there, and nothing else (TTML2 §10.2.37). */
function decorated(value: string, outer = ''): string {
  const [said, before] = [value, outer].map(words => new Set(words.trim().split(/\s+/)))
  if (!said || said.has('none')) return 'none'
  return ['underline', 'lineThrough', 'overline']
    .filter(
      line =>
        said.has(line) ||
        (before?.has(line) && !said.has(`no${line.charAt(0).toUpperCase()}${line.slice(1)}`)),
    )
    .join(' ')
}
