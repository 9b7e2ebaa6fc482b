/** Lengths of TTML (TTML2 §10.3.17) as percentages of the picture. */
import type { Element } from './xml.ts'

export type Frame = {
  /** In pixels; 0 where the document counts none. */
  readonly width: number
  readonly height: number
  readonly columns: number
  readonly rows: number
  /** Width over height. */
  readonly aspect: number
}

export function frameOf(root: Element): Frame {
  const numbers = (name: string, shape: RegExp): readonly [number, number] => {
    const [, first, second] = shape.exec(root.attributes.get(name) ?? '') ?? []
    return [Number(first) || 0, Number(second) || 0]
  }
  const pair = /^\s*(\d{1,6})\s+(\d{1,6})\s*$/
  const [width, height] = numbers(
    'tts:extent',
    /^\s*(\d{1,6}(?:\.\d{1,6})?)px\s+(\d{1,6}(?:\.\d{1,6})?)px\s*$/,
  )
  const [columns, rows] = numbers('ttp:cellResolution', pair)
  const [wide, high] = ['ittp:aspectRatio', 'ttp:displayAspectRatio']
    .map(name => numbers(name, pair))
    .find(([a, b]) => a > 0 && b > 0) ?? [width || 16, height || 9]
  return { width, height, columns: columns || 32, rows: rows || 15, aspect: wide / high }
}

const length = /^([+-]?(?:\d{1,9}(?:\.\d{1,9})?|\.\d{1,9}))(%|px|c|em|rw|rh)$/

export const isLength = (written: string): boolean => length.test(written)

/** A length as a percentage of the picture's width or height. */
export function percentOf(written: string, axis: 'width' | 'height', frame: Frame): number | undefined {
  const [, number, unit] = length.exec(written) ?? []
  const value = Number(number)
  if (unit === 'px') return frame[axis] > 0 ? (100 * value) / frame[axis] : undefined
  if (unit === 'c') return (100 * value) / (axis === 'width' ? frame.columns : frame.rows)
  if (unit === 'rw') return axis === 'width' ? value : value * frame.aspect
  if (unit === 'rh') return axis === 'height' ? value : value / frame.aspect
  return unit === '%' ? value : undefined
}

/** The size of characters in percent of the picture's height; `outer` is that of what they stand in. */
export function sizeOf(written: string, outer: number, frame: Frame): number | undefined {
  const size = written.trim().split(/\s+/).at(-1) ?? ''
  const [, number, unit] = length.exec(size) ?? []
  if (unit === '%' || unit === 'em') return (Number(number) * outer) / (unit === '%' ? 100 : 1)
  return percentOf(size, 'height', frame)
}
