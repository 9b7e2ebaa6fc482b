/** TTML and its dialects as formats: one reader, one writer, and a row of differences each. */
import type { Caption, Document, Marks, Place } from '../document.ts'
import type { TextFormat } from './format.ts'
import { patch } from './patch.ts'
import { attributesBeside, besides } from './ttml-beside.ts'
import { type Dialect, dialects, film } from './ttml-dialects.ts'
import {
  attributesOf,
  clockTime,
  frameTime,
  type Hand,
  printEdited,
  printParagraph,
  printRegion,
} from './ttml-print.ts'
import { readTtml } from './ttml-read.ts'
import { escapeAttribute, escapeText } from './xml-text.ts'

const namespaces: readonly (readonly [string, string])[] = [
  ['xmlns', 'http://www.w3.org/ns/ttml'],
  ['xmlns:ttp', 'http://www.w3.org/ns/ttml#parameter'],
  ['xmlns:tts', 'http://www.w3.org/ns/ttml#styling'],
  ['xmlns:ttm', 'http://www.w3.org/ns/ttml#metadata'],
]

function write(document: Document, dialect: Dialect): string {
  const { origin, beside = {} } = document
  if (origin?.format !== dialect.name) return writeNew(document, dialect)
  const prefix = beside['ttml.prefix']
  const hand: Hand = {
    tag: prefix === undefined ? '' : `${prefix}:`,
    styling: beside['ttml.styling'] ?? 'tts',
    time: beside['ttml.smpte'] === undefined ? clockTime : at => frameTime(at, document.rate ?? film),
    ...(dialect.referred && {
      styleOf: (marks: Marks) => document.styles?.find(style => said(style.marks) === said(marks))?.name,
    }),
  }
  const caption = (
    one: Caption,
    index: number,
    was?: { raw: string; caption?: Caption; also?: readonly Caption[] },
  ) =>
    was?.caption && !was.also
      ? printEdited(one, { ...was, caption: was.caption }, hand, dialect)
      : printParagraph(
          one,
          index,
          hand,
          { ...dialect, ids: false, roles: false, forced: false },
          one.place?.region,
          new Map(),
        )
  return patch(document, origin, { caption, between: '' })
}

const said = (marks: Marks): string => JSON.stringify(attributesOf(marks))

function writeNew(document: Document, dialect: Dialect): string {
  const { captions, language = '', title } = document
  const rate = document.rate ?? film
  const agents = agentsOf(captions)
  const regions = placesOf(captions, dialect)
  const looks = dialect.referred ? looksOf(captions, dialect) : []
  const hand: Hand = {
    tag: '',
    styling: 'tts',
    time: dialect.frames ? at => frameTime(at, rate) : clockTime,
    ...(dialect.referred && {
      styleOf: marks =>
        attributesOf(marks).length === 0
          ? undefined
          : `look${looks.findIndex(look => said(look) === said(marks)) + 1}`,
    }),
  }
  const root = [
    ...namespaces,
    ...dialect.root(document),
    ['xml:lang', language] as const,
    ['xml:space', 'preserve'] as const,
  ]
  const metadata = [
    title === undefined ? '' : `<ttm:title>${escapeText(title)}</ttm:title>`,
    ...[...agents].map(
      ([name, id]) =>
        `<ttm:agent xml:id="${id}" type="character"><ttm:name type="full">${escapeText(name)}</ttm:name></ttm:agent>`,
    ),
  ].join('')
  const rows = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<tt${root.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('')}>`,
    '  <head>',
    ...(metadata === '' ? [] : [`    ${metadata}`]),
    ...(dialect.metadata === undefined ? [] : [`    ${dialect.metadata}`]),
    '    <styling>',
    '      <style xml:id="base" tts:color="#ffffff" tts:fontFamily="sansSerif" tts:fontSize="100%" tts:lineHeight="normal"/>',
    ...looks.map(
      (look, i) =>
        `      <style xml:id="look${i + 1}"${attributesOf(look)
          .map(([name, value]) => ` tts:${name}="${escapeAttribute(value)}"`)
          .join('')}/>`,
    ),
    '    </styling>',
    '    <layout>',
    ...[...regions.values()].map(region => `      ${printRegion(region, dialect, language)}`),
    '    </layout>',
    '  </head>',
    '  <body style="base">',
    '    <div>',
    ...captions.map(
      (caption, i) =>
        `      ${printParagraph(caption, i, hand, dialect, regionOf(regions, caption, dialect), agents)}`,
    ),
    '    </div>',
    '  </body>',
    '</tt>',
    '',
  ]
  return rows.join('\n')
}

/** Names that can stand in a file, by who speaks. */
function agentsOf(captions: readonly Caption[]): ReadonlyMap<string, string> {
  const names = captions
    .flatMap(({ speaker, runs }) => [speaker, ...runs.map(({ marks }) => marks.voice)])
    .filter(name => name !== undefined)
  return new Map([...new Set(names)].map((name, i) => [name, `agent${i + 1}`]))
}

type Region = { readonly name: string; readonly place: Place; readonly beside: string }
const where = ({ place = {} }: Caption): Place => {
  const { block = 'bottom', inline = 'center', vertical, box, region } = place
  return {
    block,
    inline,
    ...(vertical && { vertical }),
    ...(box && { box }),
    ...(region !== undefined && { region }),
  }
}
/** What tells one region from another. */
const key = ({ place, beside }: Omit<Region, 'name'>): string =>
  JSON.stringify([place.block, place.inline, place.vertical, place.box, place.region, beside])

const standing = (caption: Caption, dialect: Dialect): Omit<Region, 'name'> => ({
  place: where(caption),
  beside: attributesBeside(caption.beside, 'region', dialect.beside),
})
const usual: Omit<Region, 'name'> = { place: { block: 'bottom', inline: 'center' }, beside: '' }

/** Every place that captions stand in, once. */
function placesOf(captions: readonly Caption[], dialect: Dialect): ReadonlyMap<string, Region> {
  const regions = new Map<string, Region>()
  const taken = new Set<string>()
  for (const one of [usual, ...captions.map(caption => standing(caption, dialect))]) {
    if (regions.has(key(one))) continue
    const { region = '' } = one.place
    const wanted = /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(region) ? region : ''
    const name = wanted === '' || taken.has(wanted) ? `place${regions.size + 1}` : wanted
    taken.add(name)
    regions.set(key(one), { name, ...one })
  }
  return regions
}
const regionOf = (
  regions: ReadonlyMap<string, Region>,
  caption: Caption,
  dialect: Dialect,
): string | undefined => regions.get(key(standing(caption, dialect)))?.name

/** Every look that words have, once, for dialects that only refer to styles. */
function looksOf(captions: readonly Caption[], { marks: allowed }: Dialect): readonly Marks[] {
  const looks = new Map<string, Marks>()
  for (const { runs } of captions)
    for (const { marks } of runs) {
      const look: Marks = Object.fromEntries(
        Object.entries(marks).filter(([name]) => allowed.some(one => one === name)),
      )
      if (attributesOf(look).length > 0 && !looks.has(said(look))) looks.set(said(look), look)
    }
  return [...looks.values()]
}

const isTtml = /<(?:\w+:)?tt[\s>][^<]*(?:\/ns\/ttml|2006\/(?:04|10)\/ttaf1)/

export const ttmlFormats: readonly TextFormat[] = dialects.map(
  (dialect): TextFormat => ({
    kind: 'text',
    name: dialect.name,
    title: dialect.title,
    extensions: dialect.extensions,
    type: dialect.type,
    besides,
    looksLike: head => (isTtml.test(head) ? dialect.looksLike(head) : 0),
    read: text => readTtml(text, dialect.name),
    write: document => write(document, dialect),
  }),
)
