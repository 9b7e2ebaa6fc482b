import { createRequire } from 'node:module'

type Tt = { readonly getMediaTimeEvents: () => readonly number[] }
type Isd = { readonly contents: readonly IsdElement[] }
export type IsdElement = {
  readonly kind: string
  readonly text?: string
  readonly contents?: readonly IsdElement[]
  /** Computed, by namespace and name with a space between. */
  readonly styleAttrs: Readonly<Record<string, unknown>>
}

/** imscJS without its browser half: the package itself wants a window. */
const require = createRequire(import.meta.url)
const doc: { fromXML: (xml: string, handler?: object) => Tt } = require('imsc/src/main/js/doc.js')
const isd: { generateISD: (tt: Tt, at: number) => Isd } = require('imsc/src/main/js/isd.js')

/** When what a document shows may change, in seconds, as imscJS has it. */
export const imscTimes = (xml: string): readonly number[] => [...doc.fromXML(xml).getMediaTimeEvents()]

/** The words imscJS shows at a time, rows broken as it breaks them. */
export function imscWords(xml: string, at: number): string {
  const walk = (element: IsdElement): string =>
    element.kind === 'br' ? '\n' : (element.text ?? '') + (element.contents ?? []).map(walk).join('')
  return isd.generateISD(doc.fromXML(xml), at).contents.map(walk).join('')
}

/** The words of every paragraph that imscJS shows at a time, of a document it has read. */
export function imscParagraphs(tt: Tt, at: number): readonly string[] {
  const walk = (element: IsdElement): string =>
    element.kind === 'br' ? '\n' : (element.text ?? '') + (element.contents ?? []).map(walk).join('')
  const find = (element: IsdElement): readonly string[] =>
    element.kind === 'p' ? [walk(element)] : (element.contents ?? []).flatMap(find)
  return isd.generateISD(tt, at).contents.flatMap(find)
}
/** What is shown at a time, in seconds: regions with what stands in them. */
export const isdAt = (tt: Tt, at: number): Isd => isd.generateISD(tt, at)
export const imscDocument = (xml: string): Tt => doc.fromXML(xml)
