/** Lines of an ASS script as rows. */
import type { Caption, Part } from '../document.ts'
import { styleOfKind } from '../kinds.ts'
import { clean, fieldsOf, printTime, type Shape } from './ass-rows.ts'
import { type Frame, printText, spellings } from './ass-text.ts'
import { ninthOfPlace, padOfPlace } from './place.ts'

/** A new row. */
export function printLine(caption: Caption, shape: Shape, frame: Frame): string {
  const words = wordsOf(caption, frame)
  return `Dialogue: ${shape.map((name, i) => uncut(words.get(name) ?? '', i, shape)).join(',')}`
}

/** A row again, with only those fields changed whose words changed, and of its text only what changed. */
export function printEdited(
  caption: Caption,
  was: Part & { readonly caption: Caption },
  shape: Shape,
  frame: Frame,
): string {
  const row = was.raw.replace(/[\r\n]+$/, '')
  const colon = row.indexOf(':')
  const fields = fieldsOf(row, colon, shape)
  const spelled = spellings(fields[shape.indexOf('text')] ?? '', frame)
  const [now, before] = [wordsOf(caption, frame, spelled), wordsOf(was.caption, frame, spelled)]
  const written = shape.map((name, i) => {
    const [word, old] = [now.get(name), before.get(name)]
    return word === undefined || word === old ? (fields[i] ?? '') : uncut(word, i, shape)
  })
  return (/^[^:]*: */.exec(row)?.[0] ?? 'Dialogue: ') + written.join(',')
}

/** Only the last field may hold commas: before others a text gets a mark that looks like one. */
const uncut = (word: string, i: number, shape: Shape): string =>
  i < shape.length - 1 ? word.replaceAll(',', '\u201a') : word

/** What a caption says in each field. A script may call its fields anything, `constructor` too. */
function wordsOf(
  caption: Caption,
  frame: Frame,
  spelled?: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const { start, end, style, speaker, layer, kind, beside } = caption
  return new Map(
    Object.entries({
      layer: String(layer ?? 0),
      marked: 'Marked=0',
      start: printTime(start),
      end: printTime(end),
      style: clean(style ?? styleOfKind(kind)),
      name: clean(speaker ?? ''),
      actor: clean(speaker ?? ''),
      marginl: '0',
      marginr: '0',
      marginv: '0',
      effect: clean(beside?.['ass.effect'] ?? ''),
      text: placeTags(caption, frame) + printText(caption.runs, Math.max(0, end - start), frame, spelled),
    }),
  )
}

/** Place, where no override that was kept says it already. */
function placeTags({ place, runs }: Caption, { size }: Frame): string {
  if (!place || runs.some(({ kept }) => kept !== undefined && /\\(?:an?\d|pos|move)/.test(kept))) return ''
  const pad = place.box ? ninthOfPlace(place) : padOfPlace(place)
  const { point } = place
  const pos = point ? `\\pos(${round((point.x * size.x) / 100)},${round((point.y * size.y) / 100)})` : ''
  return pad === 2 && pos === '' ? '' : `{\\an${pad}${pos}}`
}
const round = (value: number): number => Math.round(value * 100) / 100
