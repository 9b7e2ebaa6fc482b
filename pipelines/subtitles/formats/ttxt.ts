/** TTXT: 3GPP Timed Text (ISO/IEC 14496-17) as GPAC writes it in XML. A sample stands until the next. Only read. */
import type { Ms } from '../../terms.ts'
import { type Caption, type Marks, type Place, plain, type Reading, type Run, tidy } from '../document.ts'
import { isSong } from '../kinds.ts'
import { type Complaints, complaining, type TextFormat } from './format.ts'
import { originOf, rowOf, rowsOf } from './rows.ts'
import { type Element, isElement, readXml } from './xml.ts'
import { xmlComplaints } from './xml-faults.ts'

const complaints = {
  ...xmlComplaints,
  'root-missing': ['error', 'The file has no element TextStream.', 'Nothing was read.'],
  'time-odd': ['error', 'The sample has no time: {}.', 'It was left out; it stays in the file.'],
  'time-backward': [
    'warning',
    'The sample is earlier than the one before it: {}.',
    'It was read where it stands.',
  ],
  'end-missing': ['note', 'Nothing ends the last sample.', 'It ends after five seconds.'],
} as const satisfies Complaints<string>

const usualLength: Ms = 5000

function read(text: string): Reading {
  const rows = rowsOf(text)
  const { diagnostics, complain: say } = complaining(complaints)
  const complain = (code: keyof typeof complaints, at: number, found?: string) => {
    const row = rowOf(rows, at)
    say(code, row + 1, at - (rows.starts[row] ?? 0) + 1, found)
  }
  const { root, faults } = readXml(text, new Map())
  for (const { code, at, found } of faults) complain(code, at, found)
  const origin = originOf('ttxt', rows)
  if (root === undefined || local(root) !== 'TextStream') {
    if (text.trim() !== '') complain('root-missing', 0)
    return { document: { captions: [], origin }, diagnostics }
  }
  const looks = inside(root, 'TextStreamHeader')
    .flatMap(one => inside(one, 'TextSampleDescription'))
    .map(lookOf)
  const samples = inside(root, 'TextSample').flatMap(element => {
    const written = element.attributes.get('sampleTime') ?? ''
    const start = timeOf(written)
    if (start === undefined) complain('time-odd', element.start, written)
    return start === undefined ? [] : [{ element, start }]
  })
  const captions = samples.flatMap(({ element, start }, i): Caption[] => {
    const next = samples[i + 1]?.start
    if (next !== undefined && next < start)
      complain('time-backward', samples[i + 1]?.element.start ?? 0, String(next))
    const words = wordsOf(element)
    if (words.trim() === '') return []
    if (next === undefined) complain('end-missing', element.start)
    const end = next === undefined ? start + usualLength : Math.max(start, next)
    const look =
      looks[Math.max(0, Number(element.attributes.get('sampleDescriptionIndex') ?? 1) - 1)] ?? looks[0]
    const runs = runsOf(words, element, look, end - start)
    const kind = isSong(words) ? 'song' : 'dialogue'
    return [{ id: '', start, end, kind, runs, ...(look?.place && { place: look.place }) }]
  })
  return {
    document: { captions: captions.map((one, i) => ({ ...one, id: String(i + 1) })), origin },
    diagnostics,
  }
}

const local = ({ name }: Element): string => name.replace(/^(?:\{[^}]*\}|[^:]*:)/, '')
const inside = (element: Element, name: string): readonly Element[] =>
  element.children.filter(isElement).filter(child => local(child) === name)

/** `00:00:01.000`, or seconds. */
function timeOf(written: string): Ms | undefined {
  const [, hours = '0', minutes = '0', seconds, fraction = ''] =
    /^\s*(?:(\d{1,4}):(\d{1,2}):)?(\d{1,9})(?:[.:](\d{1,9}))?\s*$/.exec(written.slice(0, 60)) ?? []
  if (seconds === undefined) return undefined
  const whole = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000
  return whole + Number(fraction.slice(0, 3).padEnd(3, '0'))
}

/** Older files quote each row in an attribute: `'one''two'`. */
function wordsOf(element: Element): string {
  const quoted = element.attributes.get('text')
  const written = quoted ?? element.children.map(node => (isElement(node) ? '' : node.text)).join('')
  const trimmed = written.trim()
  if (trimmed.startsWith("'") && trimmed.endsWith("'") && trimmed.length > 1)
    return trimmed.slice(1, -1).replaceAll("''", '\n')
  if (quoted !== undefined || element.attributes.get('xml:space') === 'preserve')
    return written.replace(/\n$/, '')
  return trimmed
}

type Look = { readonly marks: Marks; readonly usual: Marks; readonly place?: Place }
const inlines: ReadonlyMap<string, Place['inline']> = new Map([
  ['left', 'left'],
  ['right', 'right'],
])
const blocks: ReadonlyMap<string, Place['block']> = new Map([
  ['top', 'top'],
  ['center', 'middle'],
])

/** How all samples of a description look, and where they stand. Its own colour and font are what is usual there. */
function lookOf(description: Element): Look {
  const style = inside(description, 'Style')[0]
  const usual = style ? marksOf(style) : plain
  const inline = inlines.get(description.attributes.get('horizontalJustification') ?? '')
  const block = blocks.get(description.attributes.get('verticalJustification') ?? '')
  const { color: _, ...marks } = usual
  return {
    marks,
    usual,
    ...((inline || block) && { place: { ...(block && { block }), ...(inline && { inline }) } }),
  }
}

function marksOf(style: Element): Marks {
  const words = new Set((style.attributes.get('styles') ?? '').toLowerCase().split(/\s+/))
  const color = colorOf(style.attributes.get('color') ?? '')
  return {
    ...(words.has('bold') && { bold: true }),
    ...(words.has('italic') && { italic: true }),
    ...((words.has('underlined') || words.has('underline')) && { underline: true }),
    ...(color !== undefined && { color }),
  }
}
/** `ff 0 0 ff`: red, green, blue and how solid, in hexadecimal. */
function colorOf(written: string): string | undefined {
  const parts = written.trim().split(/\s+/)
  if (parts.length < 3 || !parts.every(part => /^[\da-f]{1,2}$/i.test(part))) return undefined
  return `#${parts
    .slice(0, 3)
    .map(part => part.padStart(2, '0'))
    .join('')}`.toLowerCase()
}

/** Styles and syllables are said of characters by number; where two speak of one character the later counts. */
function runsOf(words: string, sample: Element, look: Look | undefined, length: Ms): readonly Run[] {
  const edges = new Set([0, words.length])
  const spans: { from: number; to: number; marks: Marks }[] = []
  const span = (element: Element, marks: Marks) => {
    const at = (name: string, usual: number) =>
      Math.min(words.length, Math.max(0, Math.round(Number(element.attributes.get(name) ?? usual)) || 0))
    const [from, to] = [at('fromChar', 0), at('toChar', words.length)]
    if (to <= from || spans.length >= mostSpans) return
    edges.add(from).add(to)
    spans.push({ from, to, marks })
  }
  for (const style of inside(sample, 'Style')) {
    const { color, ...marks } = marksOf(style)
    span(style, { ...marks, ...(color !== undefined && color !== look?.usual.color && { color }) })
  }
  for (const karaoke of inside(sample, 'Karaoke')) {
    let start = timeOf(karaoke.attributes.get('startTime') ?? '') ?? 0
    for (const range of inside(karaoke, 'KaraokeRange')) {
      const end = timeOf(range.attributes.get('endTime') ?? '') ?? start
      const sung = { start: Math.min(start, length), end: Math.min(Math.max(start, end), length) }
      span(range, { sung })
      start = end
    }
  }
  const cuts = [...edges].sort((a, b) => a - b)
  return tidy(
    cuts.slice(0, -1).map((from, i): Run => {
      const own = spans.filter(one => one.from <= from && from < one.to).map(({ marks }) => marks)
      const marks: Marks = Object.assign({}, look?.marks, ...own)
      return { text: words.slice(from, cuts[i + 1]), marks: Object.keys(marks).length === 0 ? plain : marks }
    }),
  )
}
/** Every character of a long caption in a style of its own is more than anybody writes. */
const mostSpans = 200

export const ttxt: TextFormat = {
  kind: 'text',
  name: 'ttxt',
  title: '3GPP Timed Text',
  extensions: ['ttxt', 'xml'],
  type: 'application/x-ttxt',
  looksLike: head => (/<TextStream[\s>]/.test(head) ? 1 : 0),
  read,
}
