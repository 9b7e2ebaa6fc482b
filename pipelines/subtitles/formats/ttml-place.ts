/** Where regions of TTML stand, in percentages of the picture. */
import type { Place } from '../document.ts'
import { type Frame, percentOf } from './ttml-lengths.ts'
import type { Look } from './ttml-style.ts'

/** The area regions of ours have: it says nothing but the picture's margins. */
export const safeArea = { x: 10, y: 10, width: 80, height: 80 } as const

/** Two lengths; `auto` is all of the picture, or its corner. */
function pair(
  written: string | undefined,
  auto: number,
  frame: Frame,
): readonly [number, number] | undefined {
  if (written === undefined || written.trim() === 'auto') return [auto, auto]
  const [first = '', second = ''] = written.trim().split(/\s+/)
  const [x, y] = [percentOf(first, 'width', frame), percentOf(second, 'height', frame)]
  return x === undefined || y === undefined ? undefined : [x, y]
}

const horizontal = new Set(['left', 'right'])
const vertical = new Set(['top', 'bottom'])

/** `tts:position`: percentages are of the room that is left, and count from the edge that is named before them. */
function positioned(
  written: string,
  [width, height]: readonly [number, number],
  frame: Frame,
): readonly [number, number] | undefined {
  const words = written.trim().split(/\s+/)
  const isEdge = (word: string) => horizontal.has(word) || vertical.has(word)
  const free: string[] = []
  let [x, y]: (readonly [edge: string, offset: string] | undefined)[] = []
  for (let i = 0; i < words.length; i++) {
    const [word = '', next = 'center'] = [words[i], words[i + 1]]
    if (!isEdge(word)) {
      free.push(word)
      continue
    }
    const offset = words.length > 2 && next !== 'center' && !isEdge(next) ? next : '0%'
    if (offset === next) i++
    if (horizontal.has(word)) x = [word, offset]
    else y = [word, offset]
  }
  const rest = (edge: string) => [edge, free.shift() ?? 'center'] as const
  const [h, v] = [x ?? rest('left'), y ?? rest('top')]
  const along = ([edge, offset]: readonly [string, string], axis: 'width' | 'height', size: number) => {
    const room = 100 - size
    const percent = offset === 'center' ? 50 : /^([+-]?[\d.]+)%$/.exec(offset)?.[1]
    const from = percent === undefined ? percentOf(offset, axis, frame) : (Number(percent) * room) / 100
    return from !== undefined && (edge === 'right' || edge === 'bottom') ? room - from : from
  }
  const [left, top] = [along(h, 'width', width), along(v, 'height', height)]
  return left === undefined || top === undefined ? undefined : [left, top]
}

const blocks = { before: 'top', center: 'middle', after: 'bottom' } as const
const round = (value: number) => Math.round(value * 1000) / 1000

export function placeOf(region: Look, paragraph: Look, id: string | undefined, frame: Frame): Place {
  const [extent, position, corner] = ['extent', 'position', 'origin'].map(name => region.get(`tts:${name}`))
  const size = pair(extent, 100, frame)
  const origin = position !== undefined && size ? positioned(position, size, frame) : pair(corner, 0, frame)
  const said = [extent, position, corner].some(one => one !== undefined && one.trim() !== 'auto')
  const box = said &&
    origin &&
    size && { x: round(origin[0]), y: round(origin[1]), width: round(size[0]), height: round(size[1]) }
  const block =
    Object.entries(blocks).find(([name]) => name === (region.get('tts:displayAlign') ?? 'before'))?.[1] ??
    'top'
  const align = paragraph.get('tts:textAlign') ?? 'start'
  const inline = (['left', 'center', 'right', 'start', 'end'] as const).find(one => one === align) ?? 'start'
  const mode = region.get('tts:writingMode')
  const vertical = mode === 'tbrl' || mode === 'tb' ? 'rl' : mode === 'tblr' ? 'lr' : undefined
  const usual =
    box &&
    box.x === safeArea.x &&
    box.y === safeArea.y &&
    box.width === safeArea.width &&
    box.height === safeArea.height
  return {
    ...(block !== 'bottom' && { block }),
    ...(inline !== 'center' && { inline }),
    ...(vertical && { vertical }),
    ...(box && !usual && { box }),
    ...(id !== undefined && !/^place\d+$/.test(id) && { region: id }),
  }
}
