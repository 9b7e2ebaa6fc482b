import type { Caption, Document, Marks, Named, Run } from './document.ts'
import { plain, same, tidy } from './document.ts'

/** What of a style's look its words need to mean the same where there are no styles. */
const meant = ['bold', 'italic', 'underline', 'strike'] as const
/** What is decoration, and said only where it tells one style from the one most lines wear. */
const decor = ['color'] as const

/** The document with what its named styles say said by its runs and places, for formats that have no styles. */
export function worn(document: Document): Document {
  const styles = new Map((document.styles ?? []).map(style => [style.name, style]))
  if (styles.size === 0) return document
  const main = styles.get(commonest(document.captions))
  const looks = new Map([...styles].map(([name, style]) => [name, lookOf(style, main)]))
  return { ...document, captions: document.captions.map(caption => undressed(caption, styles, looks)) }
}

function undressed(
  caption: Caption,
  styles: ReadonlyMap<string, Named>,
  looks: ReadonlyMap<string, Marks>,
): Caption {
  const place = styles.get(caption.style ?? '')?.place
  const unusual = place && (place.block !== 'bottom' || place.inline !== 'center') ? place : undefined
  const runs = tidy(caption.runs.map(run => ({ ...run, marks: dress(run, caption.style, looks) })))
  const { style: _, ...rest } = caption
  return { ...rest, runs, ...((unusual || caption.place) && { place: { ...unusual, ...caption.place } }) }
}

function dress({ marks }: Run, style: string | undefined, looks: ReadonlyMap<string, Marks>): Marks {
  const { style: own, ...others } = marks
  const look = looks.get(own ?? style ?? '') ?? plain
  const dressed = Object.fromEntries(
    Object.entries({ ...look, ...others }).filter(([, value]) => value !== undefined && value !== false),
  )
  return Object.keys(dressed).length === 0 ? plain : dressed
}

function lookOf({ marks }: Named, main: Named | undefined): Marks {
  const of = (names: readonly (keyof Marks)[]) =>
    names.filter(name => marks[name] !== undefined && marks[name] !== false)
  const told = of(decor).filter(name => !same(marks[name], main?.marks[name]))
  return Object.fromEntries([...of(meant), ...told].map(name => [name, marks[name]]))
}

function commonest(captions: readonly Caption[]): string {
  const counts = new Map<string, number>()
  for (const { style = '' } of captions) counts.set(style, (counts.get(style) ?? 0) + 1)
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0] as [string, number])[0]
}
