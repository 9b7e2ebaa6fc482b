/**
 * As much of XML as subtitles need, with every element's place in the text. No document types and no entities but the
 * five of XML itself are believed; depth, attributes and names are bounded. Broken documents are read as far as they go.
 */

import type { XmlFault } from './xml-faults.ts'
import { resolveEntities } from './xml-text.ts'

export type Text = { readonly text: string; readonly start: number; readonly end: number }
export type Element = {
  /** With its namespace's usual prefix, `tt:p`; `{uri}name` for namespaces nobody here knows. */
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: (Element | Text)[]
  readonly start: number
  /** Behind the opening tag; the same as `end` for an element that is empty at once. */
  readonly opened: number
  /** Where the closing tag begins. */
  closing: number
  end: number
}
/** Nobody's go deeper than fifteen; whatever asks for what stands around a paragraph takes as many steps. */
const deepest = 30
const mostAttributes = 100
const longestName = 200

/** Prefixes an element declares, and those of the one around it: copies would grow with both. */
type Scope = {
  readonly own: ReadonlyMap<string, string>
  readonly outer?: Scope
  /** Elements by what they are called in the file. */
  readonly names: Map<string, string>
}
const xmlItself: ReadonlyMap<string, string> = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']])
const tagName = new RegExp(String.raw`[\p{L}_:][\p{L}\p{N}\p{M}_:.\-·]{0,${longestName}}`, 'uy')
const attribute = new RegExp(
  String.raw`\s*([\p{L}_:][\p{L}\p{N}\p{M}_:.\-·]{0,${longestName}})\s*=\s*(?:"([^"<]*)"|'([^'<]*)')`,
  'uy',
)

/** The root element, if there is one. `prefixes` gives the usual prefix of a namespace. */
export function readXml(
  text: string,
  prefixes: ReadonlyMap<string, string>,
): { readonly root: Element | undefined; readonly faults: readonly XmlFault[] } {
  const faults: XmlFault[] = []
  const fault = (code: XmlFault['code'], at: number, found = '') => {
    if (faults.length < 200) faults.push({ code, at, found })
  }
  const noScope: Scope = { own: xmlItself, names: new Map() }
  const scopes: Scope[] = [noScope]
  const open: { element: Element; raw: string }[] = []
  let root: Element | undefined
  let skipped = 0
  const words = (from: number, to: number) => {
    const parent = open.at(-1)?.element
    if (to > from && parent && skipped === 0)
      parent.children.push({
        text: resolveEntities(text.slice(from, to), at => fault('entity', from + at)),
        start: from,
        end: to,
      })
  }
  /** Words begin at `from`; a < that begins no element is one of them. */
  let [at, from] = [0, 0]
  for (;;) {
    const tag = text.indexOf('<', at)
    if (tag < 0) {
      words(from, text.length)
      break
    }
    const special = skipSpecial(text, tag)
    if (special) {
      words(from, tag)
      if (special.cdata && open.length > 0)
        open.at(-1)?.element.children.push({
          text: text.slice(tag + 9, special.words),
          start: tag,
          end: special.end,
        })
      if (special.doctype) fault('doctype', tag)
      at = from = special.end
      continue
    }
    const closes = text.charAt(tag + 1) === '/'
    tagName.lastIndex = tag + (closes ? 2 : 1)
    const raw = tagName.exec(text)?.[0]
    if (raw === undefined) {
      fault('stray', tag)
      at = tag + 1
      continue
    }
    words(from, tag)
    if (closes) {
      const end = text.indexOf('>', tag)
      at = from = end < 0 ? text.length : end + 1
      const depth = open.findLastIndex(one => one.raw === raw)
      if (skipped > 0) skipped--
      else if (depth < 0) fault('unopened', tag, raw)
      else
        while (open.length > depth) {
          const closed = open.pop()
          scopes.pop()
          if (!closed) break
          if (open.length > depth) fault('unclosed', closed.element.start, closed.raw)
          closed.element.closing = tag
          closed.element.end = open.length > depth ? tag : at
        }
      continue
    }
    const { attributes, end, empty } = readAttributes(text, tagName.lastIndex, fault)
    at = from = end
    if (open.length >= deepest) {
      if (skipped === 0) fault('deep', tag, raw)
      if (!empty) skipped++
      continue
    }
    const scope = scopeOf(attributes, scopes.at(-1) ?? noScope)
    const name = scope.names.get(raw) ?? named(raw, scope, prefixes, true)
    scope.names.set(raw, name)
    const element: Element = {
      name,
      attributes: namedAttributes(attributes, scope, prefixes),
      children: [],
      start: tag,
      opened: end,
      closing: end,
      end,
    }
    open.at(-1)?.element.children.push(element)
    root ??= element
    if (empty) continue
    open.push({ element, raw })
    scopes.push(scope)
  }
  for (const { element, raw } of open.reverse()) {
    fault('unclosed', element.start, raw)
    element.closing = element.end = text.length
  }
  return { root, faults }
}

/** Comments, processing instructions, CDATA and document types. */
function skipSpecial(
  text: string,
  at: number,
): { end: number; cdata?: boolean; words?: number; doctype?: boolean } | undefined {
  const second = text.charAt(at + 1)
  if (second === '?') return { end: behind(text, '?>', at + 2) }
  if (second !== '!') return undefined
  if (text.startsWith('<!--', at)) return { end: behind(text, '-->', at + 4) }
  if (text.startsWith('<![CDATA[', at)) {
    const close = text.indexOf(']]>', at + 9)
    // What is never closed is words up to the end.
    const words = close < 0 ? text.length : close
    return { end: Math.min(words + 3, text.length), cdata: true, words }
  }
  // An internal subset stands in brackets, and is passed over.
  const close = behind(text, '>', at)
  const bracket = text.slice(at, close).indexOf('[')
  return {
    end: bracket >= 0 ? behind(text, '>', behind(text, ']', at + bracket)) : close,
    doctype: true,
  }
}

function behind(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? text.length : found + mark.length
}

function readAttributes(
  text: string,
  from: number,
  fault: (code: 'attributes' | 'entity', at: number) => void,
) {
  if (text.charAt(from) === '>') return { attributes: noAttributes, end: from + 1, empty: false }
  if (text.startsWith('/>', from)) return { attributes: noAttributes, end: from + 2, empty: true }
  const attributes = new Map<string, string>()
  let at = from
  for (;;) {
    attribute.lastIndex = at
    const found = attribute.exec(text)
    if (!found) break
    const [, name = '', double, single = ''] = found
    at = attribute.lastIndex
    if (attributes.size < mostAttributes)
      attributes.set(
        name,
        resolveEntities((double ?? single).replace(/[\t\r\n]/g, ' '), () => fault('entity', at)),
      )
  }
  const close = text.indexOf('>', at)
  const end = close < 0 ? text.length : close + 1
  if (text.slice(at, end).replace(/[\s/>]/g, '') !== '') fault('attributes', at)
  return { attributes, end, empty: text.charAt(end - 2) === '/' || close < 0 }
}

const noAttributes: ReadonlyMap<string, string> = new Map()

/** Attributes but those that declare prefixes, by their usual names. */
function namedAttributes(
  written: ReadonlyMap<string, string>,
  scope: Scope,
  prefixes: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  if (written.size === 0) return noAttributes
  const attributes = new Map<string, string>()
  for (const [name, value] of written)
    if (!name.startsWith('xmlns')) attributes.set(named(name, scope, prefixes, false), value)
  return attributes
}

function scopeOf(attributes: ReadonlyMap<string, string>, outer: Scope): Scope {
  if (attributes.size === 0) return outer
  const own = new Map<string, string>()
  for (const [name, value] of attributes)
    if (name === 'xmlns' || name.startsWith('xmlns:')) own.set(name.slice(6), value)
  return own.size === 0 ? outer : { own, outer, names: new Map() }
}
function uriOf(prefix: string, scope: Scope): string | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const uri = at.own.get(prefix)
    if (uri !== undefined) return uri
  }
  return undefined
}

function named(raw: string, scope: Scope, prefixes: ReadonlyMap<string, string>, isElement: boolean): string {
  const colon = raw.indexOf(':')
  if (colon < 0 && !isElement) return raw
  const uri = uriOf(colon < 0 ? '' : raw.slice(0, colon), scope)
  const local = raw.slice(colon + 1)
  if (uri === undefined) return raw
  const prefix = prefixes.get(uri)
  return prefix === undefined ? `{${uri}}${local}` : `${prefix}:${local}`
}

export const isElement = (node: Element | Text): node is Element => 'name' in node
