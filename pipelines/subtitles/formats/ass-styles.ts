import type { Named } from '../document.ts'
import { clean, type Shape, shapeOf } from './ass-rows.ts'
import { pointsOf, printColor, readColor, usualPoints } from './ass-text.ts'
import { padOfLegacy, padOfPlace, placeOfPad } from './place.ts'

export const styleFormat =
  'Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding'
export const usualStyle = shapeOf(styleFormat)

const row = (name: string, colour: string, italic: number, alignment: number) =>
  `Style: ${name},Noto Sans,72,${colour},&H000000FF,&H00000000,&H80000000,0,${italic},0,0,100,100,0,0,1,4,1,${alignment},96,96,54,1`
/** The styles a script of ours begins with: what is said, written, sung, noted and told. */
export const ourStyles: readonly string[] = [
  row('Default', '&H00FFFFFF', 0, 2),
  row('Sign', '&H00FFFFFF', 0, 8),
  row('Song', '&H00FFF0D0', -1, 8),
  row('Note', '&H00C0C0C0', 0, 8),
  row('Narration', '&H00FFFFFF', -1, 2),
]

/** A `Style:` row's fields by its section's shape. Outside of `[V4 Styles]` alignment is a number pad's. */
export function readStyle(fields: readonly string[], shape: Shape, legacy: boolean): Named {
  const values = new Map(shape.map((name, i) => [name, fields[i]?.trim() ?? '']))
  const value = (name: string) => values.get(name) ?? ''
  const on = (name: string) => Number(value(name)) !== 0 && value(name) !== ''
  const alignment = Number(value('alignment'))
  const place = placeOfPad(legacy ? padOfLegacy(alignment) : alignment)
  const [color, outline] = [readColor(value('primarycolour')), readColor(value('outlinecolour'))]
  return {
    name: value('name').replace(/^\*+/, ''),
    marks: {
      ...(on('bold') && { bold: true }),
      ...(on('italic') && { italic: true }),
      ...(on('underline') && { underline: true }),
      ...(on('strikeout') && { strike: true }),
      ...(value('fontname') !== '' && { font: value('fontname') }),
      ...(value('fontsize') !== '' && { size: value('fontsize') }),
      ...(color !== undefined && { color }),
      ...(outline !== undefined && { outline }),
    },
    ...(place && { place }),
    beside: { 'ass.style': shape.map((name, i) => `${name}=${fields[i] ?? ''}`).join('\n') },
  }
}

/** A style of another document, in our own shape: what it doesn't say is as in our Default. */
export function printStyle({ name, marks, place }: Named): string {
  const usual = (ourStyles[0] ?? '').slice('Style: '.length).split(',')
  const said: Readonly<Record<string, string | undefined>> = {
    name: clean(name),
    fontname: marks.font && clean(marks.font),
    fontsize: marks.size && String(pointsOf(marks.size) || usualPoints),
    primarycolour: marks.color && `&H00${printColor(marks.color).slice(2, 8)}`,
    outlinecolour: marks.outline && `&H00${printColor(marks.outline).slice(2, 8)}`,
    bold: marks.bold ? '-1' : undefined,
    italic: marks.italic ? '-1' : undefined,
    underline: marks.underline ? '-1' : undefined,
    strikeout: marks.strike ? '-1' : undefined,
    alignment: place && String(padOfPlace(place)),
  }
  return `Style: ${usualStyle.map((field, i) => said[field] ?? usual[i] ?? '').join(',')}`
}
