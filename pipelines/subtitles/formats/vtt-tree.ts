/** Cue text of W3C WebVTT §6.4–6.5: the tokenizer and the tree, to the letter. */
import { decodeHTML } from 'entities'
import type { Ms } from '../../terms.ts'
import { readTimestamp } from './vtt-times.ts'

export type Node =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'time'; readonly at: Ms; readonly written: string }
  | {
      readonly type: Element
      readonly classes: readonly string[]
      /** Of `v` the voice, of `lang` the language. */
      readonly annotation: string
      readonly children: Node[]
    }
const elements = ['c', 'i', 'b', 'u', 'ruby', 'rt', 'v', 'lang'] as const
export type Element = (typeof elements)[number]
export type Branch = Extract<Node, { children: Node[] }>
type Root = { readonly type: 'root'; readonly children: Node[] }

/** A text of n open tags is a tree n deep: more than anybody writes would break whoever walks it. */
const deepest = 200

export function readTree(text: string): readonly Node[] {
  const root: Root = { type: 'root', children: [] }
  const path: (Root | Branch)[] = [root]
  for (let at = 0; at < text.length; ) {
    const tag = text.indexOf('<', at)
    if (tag !== at) {
      const words = text.slice(at, tag < 0 ? text.length : tag)
      path.at(-1)?.children.push({ type: 'text', text: words.includes('&') ? decodeHTML(words) : words })
      at = tag < 0 ? text.length : tag
      continue
    }
    const close = text.indexOf('>', at)
    const end = close < 0 ? text.length : close
    const inside = text.slice(at + 1, end)
    at = close < 0 ? text.length : close + 1
    if (inside.startsWith('/')) closeTag(path, inside.slice(1))
    else if (/^\d/.test(inside)) {
      const stamp = readTimestamp(inside, 0)
      if (!('refused' in stamp) && stamp.after === inside.length)
        path.at(-1)?.children.push({ type: 'time', at: stamp.ms, written: inside })
    } else openTag(path, inside)
  }
  return root.children
}

const isElement = (name: string): name is Element => (elements as readonly string[]).includes(name)
const none: readonly string[] = []

function openTag(path: (Root | Branch)[], inside: string): void {
  const space = inside.length > 1 ? inside.search(/[\t\n\f ]/) : -1
  const head = space < 0 ? inside : inside.slice(0, space)
  const dot = head.indexOf('.')
  const type = dot < 0 ? head : head.slice(0, dot)
  const parent = path.at(-1)
  if (!isElement(type) || !parent || (type === 'rt' && parent.type !== 'ruby')) return
  const classes =
    dot < 0
      ? none
      : head
          .slice(dot + 1)
          .split('.')
          .filter(one => one !== '')
  const annotation = space < 0 ? '' : annotationOf(inside.slice(space))
  const branch: Branch = { type, classes, annotation, children: [] }
  parent.children.push(branch)
  if (path.length < deepest) path.push(branch)
}

const annotationOf = (written: string): string =>
  (written.includes('&') ? decodeHTML(written) : written).replace(/[\t\n\f\r ]+/g, ' ').trim()

function closeTag(path: (Root | Branch)[], name: string): void {
  const type = path.at(-1)?.type
  if (path.length < 2) return
  if (type === name) path.pop()
  else if (name === 'ruby' && type === 'rt') path.length -= 2
}
