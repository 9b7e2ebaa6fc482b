/** What style sheets of WebVTT say of classes and voices, as far as marks can say it too. Everything else is kept. */
import type { Marks } from '../document.ts'
import { readColor } from './colors.ts'

/** W3C WebVTT §5: classes every player knows without a style sheet. Black is what stands behind by default. */
const named: Readonly<Record<string, string>> = {
  white: '#ffffff',
  lime: '#00ff00',
  cyan: '#00ffff',
  red: '#ff0000',
  yellow: '#ffff00',
  magenta: '#ff00ff',
  blue: '#0000ff',
  black: '#000000',
}
export type Sheet = {
  readonly classes: ReadonlyMap<string, Marks>
  readonly voices: ReadonlyMap<string, Marks>
}

export function readSheet(css: string): Sheet {
  const classes = new Map<string, Marks>()
  const voices = new Map<string, Marks>()
  for (const [selectors, body] of rulesOf(css)) {
    const marks = declarations(body)
    if (Object.keys(marks).length === 0) continue
    for (const selector of selectors.split(',')) {
      const inside = /^\s*::cue\(\s*([^()]{1,200}?)\s*\)\s*$/.exec(selector)?.[1] ?? ''
      const name = /^(?:c)?\.([\w-]+)$/.exec(inside)?.[1]
      const voice = /^v\[\s*voice\s*=\s*"([^"]*)"\s*\]$/.exec(inside)?.[1]
      if (name !== undefined) classes.set(name, { ...classes.get(name), ...marks })
      if (voice !== undefined) voices.set(voice, { ...voices.get(voice), ...marks })
    }
  }
  return { classes, voices }
}

/** Rules without nesting, each of a bounded length: a sheet is no program. */
function* rulesOf(css: string): Generator<readonly [selectors: string, body: string]> {
  const bare = css.replace(/\/\*[^*]{0,9999}\*\//g, '')
  for (let from = 0; ; ) {
    const open = bare.indexOf('{', from)
    const close = open < 0 ? -1 : bare.indexOf('}', open)
    if (close < 0) return
    // Of braces inside of braces the innermost are read.
    const inner = bare.lastIndexOf('{', close)
    const before = Math.max(from, inner === open ? from : bare.lastIndexOf('{', inner - 1) + 1)
    if (inner - before <= 500 && close - inner <= 2000)
      yield [bare.slice(before, inner), bare.slice(inner + 1, close)]
    from = close + 1
  }
}

function declarations(body: string): Marks {
  const said = new Map<string, string>()
  for (const [, name = '', value = ''] of body.matchAll(/([\w-]{1,40})\s*:\s*([^;]{1,200})/g))
    said.set(name.toLowerCase(), value.trim().toLowerCase())
  const [color, background] = [
    readColor(said.get('color')),
    readColor(said.get('background-color') ?? said.get('background')),
  ]
  const decoration = said.get('text-decoration') ?? said.get('text-decoration-line') ?? ''
  return {
    ...(color && { color }),
    ...(background && { background }),
    ...(said.get('font-style') === 'italic' && { italic: true }),
    ...(/^(?:bold|[6-9]00)$/.test(said.get('font-weight') ?? '') && { bold: true }),
    ...(decoration.includes('underline') && { underline: true }),
    ...(decoration.includes('line-through') && { strike: true }),
  }
}

/** What the classes of an element say, by the sheet or by their well-known names. */
export function marksOfClasses(classes: readonly string[], sheet: Sheet): Marks {
  const marks: { -readonly [Name in keyof Marks]: Marks[Name] } = {}
  for (const name of classes) {
    if (Object.hasOwn(named, name)) marks.color = named[name]
    else if (name.startsWith('bg_') && Object.hasOwn(named, name.slice(3)))
      marks.background = named[name.slice(3)]
    Object.assign(marks, sheet.classes.get(name))
  }
  return marks
}

/** The marks of an element with classes; a class that says nothing but a mark is not kept besides it. */
export function readClasses(classes: readonly string[], sheet: Sheet): Marks {
  const others = classes.filter(name =>
    sheet.classes.has(name) ? !ours.test(name) : !Object.hasOwn(named, name.replace(/^bg_/, '')),
  )
  return { ...marksOfClasses(classes, sheet), ...(others.length > 0 && { classes: others }) }
}
const ours = /^(?:(?:color|background)-[\da-f]{6,8}|strike)$/

/** Marks that WebVTT has no tag for, and the classes that say them: well-known ones, else ones of our own. */
export function classesOf(marks: Marks): readonly string[] {
  const classes: string[] = []
  const known = (color: string) =>
    Object.entries(named).find(([, value]) => value === color.toLowerCase())?.[0]
  if (marks.color !== undefined) classes.push(known(marks.color) ?? `color-${marks.color.slice(1)}`)
  if (marks.background !== undefined) {
    const name = known(marks.background)
    classes.push(name ? `bg_${name}` : `background-${marks.background.slice(1)}`)
  }
  if (marks.strike) classes.push('strike')
  return classes.filter(name => /^[\w-]+$/.test(name))
}

/** The sheet that makes classes of our own mean what they say; empty when none is needed. */
export function sheetOf(classes: Iterable<string>): string {
  const rules = [...new Set(classes)].sort().flatMap(name => {
    const [, property, value] = /^(color|background)-([\da-f]{6,8})$/.exec(name) ?? []
    if (name === 'strike') return '::cue(.strike) { text-decoration: line-through }'
    return value === undefined
      ? []
      : `::cue(.${name}) { ${property === 'color' ? 'color' : 'background-color'}: #${value} }`
  })
  return rules.join('\n')
}
