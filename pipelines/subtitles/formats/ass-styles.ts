import { type Beside, type Named, type Place, plain } from '../document.ts'
import { padOfLegacy, readColor } from './ass-text.ts'
import { placeOfPad } from './place.ts'

/** The styles a script of ours begins with: what is said, written, sung, noted and told. Fields as in `styleFormat`. */
export const styleFormat =
  'Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding'
const row = (name: string, colour: string, italic: number, alignment: number) =>
  `Style: ${name},Noto Sans,72,${colour},&H000000FF,&H00000000,&H80000000,0,${italic},0,0,100,100,0,0,1,4,1,${alignment},96,96,54,1`
export const ourStyles = [
  row('Default', '&H00FFFFFF', 0, 2),
  row('Sign', '&H00FFFFFF', 0, 8),
  row('Song', '&H00FFF0D0', -1, 8),
  row('Note', '&H00C0C0C0', 0, 8),
  row('Narration', '&H00FFFFFF', -1, 2),
].join('\n')

/** A `Style:` row by its section's `Format:` row. */
export function readStyle(fields: Readonly<Map<string, string>>, legacy: boolean): Named {
  const value = (name: string) => fields.get(name)?.trim() ?? ''
  const on = (name: string) => Number(value(name)) !== 0 && value(name) !== ''
  const alignment = Number(value('alignment'))
  const place = placeOfPad(legacy ? padOfLegacy(alignment) : alignment)
  const color = readColor(value('primarycolour'))
  const marks = {
    ...(on('bold') && { bold: true }),
    ...(on('italic') && { italic: true }),
    ...(on('underline') && { underline: true }),
    ...(on('strikeout') && { strike: true }),
    ...(value('fontname') !== '' && { font: value('fontname') }),
    ...(value('fontsize') !== '' && { size: value('fontsize') }),
    ...(color !== undefined && { color }),
  }
  const beside: Beside = {
    'ass.style': [...fields].map(([name, written]) => `${name}=${written}`).join('\n'),
  }
  return {
    name: value('name').replace(/^\*+/, ''),
    marks: marks ?? plain,
    ...(place && { place: place satisfies Place }),
    beside,
  }
}
