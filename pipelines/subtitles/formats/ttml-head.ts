/** What a TTML document says before its words: regions, who speaks, and what a writer into the same file has to know. */
import type { Beside } from '../document.ts'
import { prefixes } from './ttml-names.ts'
import { childrenOf } from './ttml-style.ts'
import { type Activity, activityOf, clockOf } from './ttml-time.ts'
import { type Element, isElement, readXml } from './xml.ts'

/** The elements something stands in, the outermost first. */
export type Path = readonly Element[]

/** What a writer into the same file has to know: how it counts time, and what it calls the namespaces. */
export function besideOf(root: Element, text: string): Beside {
  const tag = text.slice(root.start, root.opened)
  const styling = /\sxmlns:(\w+)\s*=\s*["'][^"']*(?:#styling|#style)["']/.exec(tag)?.[1]
  const prefix = /^<(\w+):/.exec(tag)?.[1]
  return {
    ...(styling !== undefined && { 'ttml.styling': styling }),
    ...(prefix !== undefined && { 'ttml.prefix': prefix }),
    ...(root.attributes.get('ttp:timeBase') === 'smpte' && {
      'ttml.smpte': root.attributes.get('ttp:dropMode') ?? 'nonDrop',
    }),
  }
}

export function regionsOf(head: Element | undefined): ReadonlyMap<string, Element> {
  const regions = new Map<string, Element>()
  for (const region of childrenOf(childrenOf(head, 'tt:layout')[0], 'tt:region')) {
    const id = region.attributes.get('xml:id')
    if (id !== undefined && !regions.has(id)) regions.set(id, region)
  }
  return regions
}

/** Every picture of a body, with the words that stand for it, if anybody wrote them. */
export function picturesOf(
  element: Element,
  found: { readonly at: number; readonly called: string }[] = [],
): typeof found {
  if (element.name === 'tt:image' || element.name === 'tt:div') {
    const called = pictureIn(element)
    if (called !== undefined) found.push({ at: element.start, called })
  }
  for (const child of element.children) if (isElement(child)) picturesOf(child, found)
  return found
}

function pictureIn(element: Element): string | undefined {
  const source = ['smpte:backgroundImage', 'tts:backgroundImage', 'src']
    .map(name => element.attributes.get(name))
    .find(one => one !== undefined)
  if (element.name !== 'tt:image' && source === undefined) return undefined
  const words = [element, ...childrenOf(element, 'tt:metadata')]
    .flatMap(one => childrenOf(one, 'ittm:altText'))
    .map(wordsOf)
    .find(one => one !== '')
  return words ?? source ?? element.name
}

/** What is odd about the whole of a document: of a profile without words, or on a clock of its own. */
export function oddities(root: Element): readonly (readonly ['image-profile' | 'clock-odd', string])[] {
  const value = (name: string) => root.attributes.get(`ttp:${name}`) ?? ''
  const clock = value('timeBase') === 'clock' ? 'clock' : value('markerMode')
  return [
    ...(/imsc1(?:\.\d)?\/image/.test(value('profile') + value('contentProfiles'))
      ? [['image-profile', ''] as const]
      : []),
    ...(clock === 'clock' || clock === 'discontinuous' ? [['clock-odd', clock] as const] : []),
  ]
}

export const wordsOf = (element: Element): string =>
  element.children
    .map(child => (isElement(child) ? wordsOf(child) : child.text))
    .join('')
    .trim()

export function agentsOf(head: Element | undefined): ReadonlyMap<string, string> {
  const agents = new Map<string, string>()
  for (const place of [head, ...childrenOf(head, 'tt:metadata')])
    for (const agent of childrenOf(place, 'ttm:agent'))
      agents.set(agent.attributes.get('xml:id') ?? '', childrenOf(agent, 'ttm:name').map(wordsOf)[0] ?? '')
  return agents
}

type Found = { readonly paragraph: Element; readonly path: Path }
/** Gathered, not yielded: generators inside of generators take every paragraph through all of them. */
export function paragraphsOf(element: Element, path: Path, found: Found[] = []): readonly Found[] {
  const inside = [...path, element]
  for (const child of element.children) {
    if (!isElement(child)) continue
    if (child.name === 'tt:p') found.push({ paragraph: child, path: inside })
    else if (child.name === 'tt:div') paragraphsOf(child, inside, found)
  }
  return found
}

/**
 * The instants, in seconds, at which what a document shows may change: the times of its intermediate documents
 * (TTML2 §11.3.1.3, "Intermediate Synchronic Document Construction").
 */
export function renderTimes(text: string): readonly number[] {
  const { root } = readXml(text, prefixes)
  if (root?.name !== 'tt:tt') return []
  const clock = clockOf(root)
  const regions = regionsOf(childrenOf(root, 'tt:head')[0])
  const active: Activity[] = [...regions.values(), ...childrenOf(root, 'tt:body').slice(0, 1)].map(element =>
    activityOf(element, clock),
  )
  const times = new Set<number>(regions.size === 0 ? [0] : [])
  for (const activity of active)
    for (const { begin, end } of activity.values())
      if (end > begin) {
        times.add(begin)
        if (Number.isFinite(end)) times.add(end)
      }
  return [...times].sort((a, b) => a - b)
}
