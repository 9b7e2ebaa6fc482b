import type { Language } from '../../terms.ts'
import type { Marks, Place } from '../document.ts'
import { readColor } from './colors.ts'

/** What a SAMI style says of a class: how it is called, whose language it is, how it looks. */
export type SamiClass = {
  readonly name: string
  readonly title?: string
  readonly language?: Language
  readonly marks: Marks
  readonly place?: Place
}

/** Longer than the styles of any file; each rule is looked at once. */
const mostRules = 200

/** Rules of a style sheet by their selector as written: `P`, `.ENCC`, `#Source`. */
export function rulesOf(css: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const rules = new Map<string, ReadonlyMap<string, string>>()
  let at = 0
  while (rules.size < mostRules) {
    const open = css.indexOf('{', at)
    if (open < 0) break
    const close = css.indexOf('}', open)
    const body = css.slice(open + 1, close < 0 ? css.length : close)
    const selector = css
      .slice(at, open)
      .replace(/\/\*[^*]*\*\//g, '')
      .trim()
    const said = new Map(
      body.split(';').flatMap((one): [string, string][] => {
        const colon = one.indexOf(':')
        return colon < 0 ? [] : [[one.slice(0, colon).trim().toLowerCase(), one.slice(colon + 1).trim()]]
      }),
    )
    for (const one of selector.slice(0, 400).split(',')) rules.set(one.trim(), said)
    if (close < 0) break
    at = close + 1
  }
  return rules
}

export function classesOf(rules: ReturnType<typeof rulesOf>): readonly SamiClass[] {
  return [...rules].flatMap(([selector, said]): SamiClass[] => {
    const name = /^(?:p)?\.([\w-]{1,60})$/i.exec(selector)?.[1]
    if (name === undefined) return []
    const [title, language, place] = [unquoted(said.get('name')), unquoted(said.get('lang')), placeOf(said)]
    return [
      {
        name,
        ...(title !== undefined && { title }),
        ...(language !== undefined && { language: tagOf(language) }),
        marks: marksOf(said),
        ...(place && { place }),
      },
    ]
  })
}
const unquoted = (value: string | undefined): string | undefined =>
  value?.replace(/^["']|["']$/g, '').trim() || undefined

/** `en-US` however it is written: `EN_us`. */
function tagOf(written: string): Language {
  const [language = '', ...rest] = written.replaceAll('_', '-').split('-')
  return [language.toLowerCase(), ...rest.map(one => (one.length === 2 ? one.toUpperCase() : one))].join('-')
}

function marksOf(said: ReadonlyMap<string, string>): Marks {
  const [color, font, size] = [
    colorOf(said.get('color')),
    unquoted(said.get('font-family')),
    said.get('font-size'),
  ]
  return {
    ...(color !== undefined && { color }),
    ...(font !== undefined && { font }),
    ...(size !== undefined && size !== '' && { size }),
    ...(/^(?:bold|[6-9]00)/i.test(said.get('font-weight') ?? '') && { bold: true }),
    ...(/^(?:italic|oblique)/i.test(said.get('font-style') ?? '') && { italic: true }),
    ...(/underline/i.test(said.get('text-decoration') ?? '') && { underline: true }),
  }
}

/** Centred is how every caption stands. */
function placeOf(said: ReadonlyMap<string, string>): Place | undefined {
  const inline = /^(left|right)$/i.exec(said.get('text-align') ?? '')?.[1]?.toLowerCase()
  return inline === 'left' || inline === 'right' ? { inline } : undefined
}

/** With or without its mark. */
export function colorOf(written: string | undefined): string | undefined {
  const value = written?.trim() ?? ''
  return readColor(/^[\da-f]{6}$/i.test(value) ? `#${value}` : value)
}
