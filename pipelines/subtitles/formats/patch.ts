import type { Caption, Document, Origin, Part } from '../document.ts'
import { same } from '../document.ts'

export type Printer = {
  /** A caption alone, its newlines as \n. `was` is the part it was read from. */
  readonly caption: (caption: Caption, index: number, was?: Part) => string
  /** What must stand around a caption put in: a newline, a blank row, or nothing. */
  readonly between: '' | '\n' | '\n\n'
}

/**
 * The file again: every part as it was read, except for captions that were edited, taken out or put in. An edited one
 * keeps the newlines that followed it; one put in stands behind the caption that precedes it in the document.
 */
export function patch(document: Document, origin: Origin, print: Printer): string {
  const now = new Map(document.captions.map((caption, index) => [caption.id, { caption, index }]))
  const known = new Set(origin.parts.flatMap(part => captionsOf(part).map(({ id }) => id)))
  const fresh = newcomers(document.captions, known)
  const own = (text: string) => (origin.newline === '\n' ? text : text.replaceAll('\n', origin.newline))
  // What isn't made of rows may end in the byte of a newline, which is then its own.
  const bodyOf = (text: string) => (print.between === '' ? text : text.slice(0, bodyEnd(text)))
  const out: string[] = []
  const put = (caption: Caption, index: number) => {
    const printed = bodyOf(print.caption(caption, index))
    out.push((out.length > 0 ? missing(out, print.between, own) : '') + own(printed + print.between))
  }
  const putAfter = (id: string) => {
    for (const { caption, index } of fresh.get(id) ?? []) put(caption, index)
  }
  let begun = false
  for (const part of inOrder(document.captions, origin.parts)) {
    if (!part.caption) {
      out.push(part.raw)
      continue
    }
    if (!begun) putAfter('')
    begun = true
    const all = captionsOf(part)
    const found = all.flatMap(({ id }) => now.get(id) ?? [])
    const stands =
      found.length === all.length &&
      found.every(({ caption }, i) => caption === all[i] || same(caption, all[i]))
    if (stands) out.push(part.raw)
    else {
      const tail = part.raw.slice(bodyOf(part.raw).length)
      found.forEach(({ caption, index }, i) => {
        const end = i < found.length - 1 && tail === '' ? own(print.between) : tail
        out.push(own(bodyOf(print.caption(caption, index, part))) + end)
      })
    }
    for (const { id } of all) putAfter(id)
  }
  if (!begun) putAfter('')
  return out.join('')
}

/** Where the newlines at the end of a text begin. */
function bodyEnd(text: string): number {
  let end = text.length
  while (end > 0 && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--
  return end
}

const captionsOf = ({ caption, also = [] }: Part): readonly Caption[] => (caption ? [caption, ...also] : [])

/** Captions the file did not hold, by the one they follow (`''`: none). */
function newcomers(captions: readonly Caption[], known: ReadonlySet<string>) {
  const fresh = new Map<string, { caption: Caption; index: number }[]>()
  let after = ''
  captions.forEach((caption, index) => {
    if (known.has(caption.id)) after = caption.id
    else {
      const list = fresh.get(after) ?? []
      list.push({ caption, index })
      fresh.set(after, list)
    }
  })
  return fresh
}

/** Parts as they stood, or, when captions were moved past each other, in the captions' order, comments before theirs. */
function inOrder(captions: readonly Caption[], parts: readonly Part[]): readonly Part[] {
  const place = new Map(captions.map((caption, index) => [caption.id, index]))
  let last = -1
  let moved = false
  for (const { caption } of parts) {
    const index = caption && place.get(caption.id)
    if (index === undefined) continue
    if (index < last) moved = true
    last = Math.max(last, index)
  }
  if (!moved) return parts
  const groups: { at: number; parts: Part[] }[] = []
  let waiting: Part[] = []
  for (const part of parts) {
    waiting.push(part)
    if (!part.caption) continue
    groups.push({ at: place.get(part.caption.id) ?? Number.NEGATIVE_INFINITY, parts: waiting })
    waiting = []
  }
  const head = groups[0] ? groups[0].parts.splice(0, groups[0].parts.length - 1) : []
  return [...head, ...groups.sort((a, b) => a.at - b.at).flatMap(group => group.parts), ...waiting]
}

/** What of `between` the text doesn't end with yet. */
function missing(out: readonly string[], between: string, own: (text: string) => string): string {
  const end = out.slice(-3).join('')
  for (let keep = between.length; keep > 0; keep--)
    if (end.endsWith(own(between.slice(0, keep)))) return own(between.slice(keep))
  return own(between)
}
