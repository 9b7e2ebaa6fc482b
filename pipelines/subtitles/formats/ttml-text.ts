/** Words of a TTML paragraph as runs. */
import { type Marks, plain, type Run, tidy } from '../document.ts'
import { lookOf } from './ttml-look.ts'
import { marksOf, painted } from './ttml-marks.ts'
import type { Look, Sheet } from './ttml-style.ts'
import { type Element, isElement, type Text } from './xml.ts'

export type Setting = {
  readonly sheet: Sheet
  /** The document's own language: only another one is a mark. */
  readonly language: string
  readonly agents: ReadonlyMap<string, string>
  /** The file, where the tags between words are to be kept as they are. */
  readonly source?: string
}
type Piece = { text: string; readonly marks: Marks; readonly keeps: boolean; kept: string }
/** Containers of readings a base is looked for in; people write one or two. */
const mostReadings = 4
type Where = {
  readonly look: Look
  readonly space: boolean
  readonly language: string
  readonly extra: Marks
}

/** Runs of a paragraph that holds only what is there at the time. */
export function readRuns(
  paragraph: Element,
  look: Look,
  setting: Setting,
  space: boolean,
  language: string,
): readonly Run[] {
  if (paragraph.opened === paragraph.closing) return []
  const [only] = paragraph.children
  if (only && !isElement(only) && only.start === paragraph.opened && only.end === paragraph.closing)
    return isHidden(look) ? [] : wordsAlone(only.text, look, setting, space, language)
  const pieces: Piece[] = []
  let seen = paragraph.opened
  let last: { own: Look; marks: Marks } | undefined
  const keep = (to: number) => {
    const kept = setting.source === undefined ? '' : setting.source.slice(seen, to)
    seen = Math.max(seen, to)
    return kept
  }
  const put = (text: string, { look: own, space: keeps, language: spoken, extra }: Where, kept: string) => {
    if (last?.own !== own) last = { own, marks: marksOf(own, look) }
    const marks = { ...last.marks, ...spokenIn(spoken, setting), ...extra }
    pieces.push({ text, marks: Object.keys(marks).length === 0 ? plain : marks, keeps, kept })
  }
  const walk = (nodes: readonly (Element | Text)[], where: Where): void => {
    for (const node of nodes) {
      if (isHidden(where.look) && !(isElement(node) && node.name === 'tt:span')) continue
      if (!isElement(node)) {
        const kept = keep(node.start)
        put(node.text, where, kept)
        seen = node.end
      } else if (node.name === 'tt:br') {
        put('\n', { ...where, space: true }, keep(node.start))
        seen = node.end
      } else if (node.name === 'tt:span') walkSpan(node, where)
    }
  }
  const walkSpan = (span: Element, where: Where): void => {
    const passed = lookOf(span, where.look, setting.sheet)
    const own = where.look === look ? passed : onBack(passed, where.look)
    if (own.get('tts:display') === 'none') return
    const inner = innerOf(span, { ...where, look: own }, setting)
    if (own.get('tts:ruby') === 'container') walkRuby(span, inner, where)
    else walk(span.children, inner)
  }
  /** Bases wear the readings that stand beside them, one each; a second reading is that of the other side. */
  const walkRuby = (container: Element, inner: Where, where: Where): void => {
    const bases: Element[] = []
    const texts: { side: string; text: string }[][] = []
    const collect = (element: Element, side: string) => {
      for (const child of element.children) {
        if (!isElement(child) || child.name !== 'tt:span') continue
        const look = lookOf(child, noPassing, setting.sheet)
        const [ruby, own] = [look.get('tts:ruby'), look.get('tts:rubyPosition') ?? side]
        if (ruby === 'base') bases.push(child)
        else if (ruby === 'baseContainer') collect(child, own)
        else if (ruby === 'textContainer') {
          texts.push([])
          collect(child, own)
        } else if (ruby === 'text') {
          if (texts.length === 0) texts.push([])
          texts.at(-1)?.push({ side: own, text: wordsIn(child, inner.space) })
        }
      }
    }
    collect(container, inner.look.get('tts:rubyPosition') ?? '')
    const kept = keep(container.start)
    bases.forEach((base, i) => {
      const [first, second] = texts.slice(0, mostReadings).flatMap(list => list[i] ?? [])
      const side = (['after', 'outside'] as const).find(one => one === first?.side)
      const ruby = first && { text: first.text, ...(side && { side }), ...(second && { other: second.text }) }
      const own = lookOf(base, inner.look, setting.sheet)
      if (isHidden(own)) return
      put(
        wordsIn(base, inner.space),
        { ...where, look: onBack(own, inner.look), extra: { ...inner.extra, ...(ruby && { ruby }) } },
        i === 0 ? kept : '',
      )
    })
    seen = container.end
  }
  walk(paragraph.children, { look, space, language, extra: plain })
  const rest = keep(paragraph.closing)
  return finished(pieces, rest, setting.source !== undefined)
}
const spokenIn = (language: string, setting: Setting): Marks =>
  language !== setting.language && language !== '' ? { language } : plain

/** Most paragraphs hold words and nothing else. */
function wordsAlone(
  text: string,
  look: Look,
  setting: Setting,
  space: boolean,
  language: string,
): readonly Run[] {
  const words = space ? text : text.replace(/[ \t\n\r]+/g, ' ').replace(/^ | $/g, '')
  if (words === '') return []
  const { marks: known } = setting.sheet
  const own = known.get(look) ?? marksOf(look, look)
  known.set(look, own)
  const marks = { ...own, ...spokenIn(language, setting) }
  return [{ text: words, marks: Object.keys(marks).length === 0 ? plain : marks }]
}
const noPassing: Look = new Map()

/** What can't be seen may hold what can. */
const isHidden = (look: Look): boolean => look.get('tts:visibility') === 'hidden'

/** What is painted behind a span stands behind the spans inside of it too. */
function onBack(own: Look, outer: Look): Look {
  const back = outer.get('tts:backgroundColor')
  return back === undefined || painted(own.get('tts:backgroundColor')) !== undefined
    ? own
    : new Map(own).set('tts:backgroundColor', back)
}

function innerOf(span: Element, where: Where, { agents }: Setting): Where {
  const space = span.attributes.get('xml:space')
  const voice = agents.get(span.attributes.get('ttm:agent') ?? '')
  return {
    ...where,
    space: space === undefined ? where.space : space === 'preserve',
    language: span.attributes.get('xml:lang') ?? where.language,
    extra: voice === undefined ? where.extra : { ...where.extra, voice },
  }
}

/** The words of a base or a reading; other than a paragraph's, their ends are nobody's row. */
const wordsIn = (element: Element, space: boolean): string =>
  element.children
    .map(child => {
      if (!isElement(child)) return space ? child.text : child.text.replace(/[ \t\n\r]+/g, ' ')
      return child.name === 'tt:br' ? '\n' : wordsIn(child, space)
    })
    .join('')

/** White space where it isn't preserved: any of it is one space, and none stands where rows begin and end. */
function finished(pieces: readonly Piece[], rest: string, keeps: boolean): readonly Run[] {
  let open = true
  let last: Piece | undefined
  for (const piece of pieces) {
    if (!piece.keeps) {
      piece.text = piece.text.replace(/[ \t\n\r]+/g, ' ')
      if (open) piece.text = piece.text.replace(/^ /, '')
    }
    if (piece.text === '') continue
    if (piece.text === '\n' && last && !last.keeps) last.text = last.text.replace(/ $/, '')
    open = /[ \n]$/.test(piece.text)
    last = piece
  }
  if (last && !last.keeps) last.text = last.text.replace(/ $/, '')
  const runs = pieces.map(
    ({ text, marks, kept }): Run => (keeps && kept !== '' ? { text, marks, kept } : { text, marks }),
  )
  return tidy(keeps && rest !== '' ? [...runs, { text: '', marks: plain, kept: rest }] : runs)
}
