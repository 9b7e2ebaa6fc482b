/** Styles that songs wear, brought along into the script they are sung in again. */
import type { Document, Named } from '../document.ts'

/** A style's own row as its script writes it, by name. */
const rowOf = ({ origin }: Document, name: string): string | undefined => {
  for (const { raw } of origin?.format === 'ass' ? origin.parts : [])
    for (const row of raw.matchAll(/^[ \t]*Style[ \t]*:[ \t]*([^,\r\n]{1,200}),[^\r\n]*/gim))
      if (row[1]?.trim() === name) return row[0]
  return undefined
}

/** The track with these styles too. Between two ASS scripts their rows go over as they are written. */
export function withStyles(into: Document, of: Document, added: readonly Named[]): Document {
  if (added.length === 0) return into
  const styles = [...(into.styles ?? []), ...added]
  const { origin } = into
  const rows = added.flatMap(({ name }) => rowOf(of, name) ?? [])
  if (origin?.format !== 'ass' || rows.length === 0) return { ...into, styles }
  const last = origin.parts.findLastIndex(({ raw }) => /^[ \t]*Style[ \t]*:/im.test(raw))
  const parts = origin.parts.map((part, i) => {
    if (i !== last) return part
    // Behind the last style there is, in the row ends of the file.
    const raw = part.raw.replace(
      /([\s\S]*^[ \t]*Style[ \t]*:[^\r\n]*)/im,
      head => head + rows.map(row => origin.newline + row).join(''),
    )
    return { ...part, raw }
  })
  return { ...into, styles, origin: { ...origin, parts } }
}
