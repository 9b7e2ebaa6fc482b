/** Cue and region settings of W3C WebVTT §6.4 and §6.2, in the words of the VTTCue and VTTRegion interfaces. */
import type { Place } from '../document.ts'

export type Settings = {
  vertical: '' | 'rl' | 'lr'
  line: number | 'auto'
  snapToLines: boolean
  lineAlign: 'start' | 'center' | 'end'
  position: number | 'auto'
  positionAlign: 'auto' | 'line-left' | 'center' | 'line-right'
  size: number
  align: 'start' | 'center' | 'end' | 'left' | 'right'
  region: string
}
export type Region = {
  id: string
  width: number
  lines: number
  regionAnchorX: number
  regionAnchorY: number
  viewportAnchorX: number
  viewportAnchorY: number
  scroll: '' | 'up'
}

const usual: Settings = {
  vertical: '',
  line: 'auto',
  snapToLines: true,
  lineAlign: 'start',
  position: 'auto',
  positionAlign: 'auto',
  size: 100,
  align: 'center',
  region: '',
}
const oneOf = <T extends string>(values: readonly T[], value: string | undefined): T | undefined =>
  values.find(one => one === value)

/** A setting that is none leaves everything as it was. The last of a kind that is one counts. */
const setters: Readonly<Record<string, (value: string, into: Settings) => void>> = {
  region: (value, into) => {
    into.region = value
  },
  vertical: (value, into) => {
    into.vertical = oneOf(['rl', 'lr'], value) ?? into.vertical
  },
  line: (value, into) => {
    const [written = '', aligned] = cut(value)
    const percent = written.endsWith('%')
    const line = percent ? percentage(written) : rowNumber(written)
    const align = oneOf(['start', 'center', 'end'], aligned)
    if (line === undefined || (aligned !== undefined && align === undefined)) return
    into.line = line
    into.snapToLines = !percent
    if (align) into.lineAlign = align
  },
  position: (value, into) => {
    const [written = '', aligned] = cut(value)
    const position = percentage(written)
    const align = oneOf(['line-left', 'center', 'line-right'], aligned)
    if (position === undefined || (aligned !== undefined && align === undefined)) return
    into.position = position
    if (align) into.positionAlign = align
  },
  size: (value, into) => {
    into.size = percentage(value) ?? into.size
  },
  align: (value, into) => {
    into.align = oneOf(['start', 'center', 'end', 'left', 'right'], value) ?? into.align
  },
}

/** `regions` are those the file defined; a cue that names another, or that places itself, is in none. */
export function readSettings(written: string, regions: ReadonlySet<string>): Settings {
  const settings = { ...usual }
  for (const [name, value] of pairs(written)) {
    if (Object.hasOwn(setters, name)) setters[name]?.(value, settings)
  }
  if (!regions.has(settings.region)) settings.region = ''
  // §6.3 step 2: a region places its cues itself.
  if (settings.line !== 'auto' || settings.size !== 100 || settings.vertical !== '') settings.region = ''
  return settings
}

const regionSetters: Readonly<Record<string, (value: string, into: Region) => void>> = {
  id: (value, into) => {
    into.id = value
  },
  width: (value, into) => {
    into.width = percentage(value) ?? into.width
  },
  lines: (value, into) => {
    if (/^\d{1,300}$/.test(value)) into.lines = Number(value)
  },
  regionanchor: (value, into) => {
    const [x, y] = anchor(value)
    if (x !== undefined && y !== undefined) Object.assign(into, { regionAnchorX: x, regionAnchorY: y })
  },
  viewportanchor: (value, into) => {
    const [x, y] = anchor(value)
    if (x !== undefined && y !== undefined) Object.assign(into, { viewportAnchorX: x, viewportAnchorY: y })
  },
  scroll: (value, into) => {
    if (value === 'up') into.scroll = 'up'
  },
}

export function readRegion(written: string): Region {
  const region: Region = {
    id: '',
    width: 100,
    lines: 3,
    regionAnchorX: 0,
    regionAnchorY: 100,
    viewportAnchorX: 0,
    viewportAnchorY: 100,
    scroll: '',
  }
  for (const [name, value] of pairs(written))
    if (Object.hasOwn(regionSetters, name)) regionSetters[name]?.(value, region)
  return region
}

export function printRegion(region: Region): string {
  const { id, width, lines, regionAnchorX, regionAnchorY, viewportAnchorX, viewportAnchorY, scroll } = region
  const rows = [
    `id:${id}`,
    `width:${width}%`,
    `lines:${BigInt(lines)}`,
    `regionanchor:${regionAnchorX}%,${regionAnchorY}%`,
    `viewportanchor:${viewportAnchorX}%,${viewportAnchorY}%`,
  ]
  return [...rows, ...(scroll ? ['scroll:up'] : [])].join('\n')
}

function* pairs(written: string): Generator<[name: string, value: string]> {
  for (const setting of written.split(/[\t\n\f\r ]+/)) {
    const colon = setting.indexOf(':')
    if (colon > 0 && colon < setting.length - 1) yield [setting.slice(0, colon), setting.slice(colon + 1)]
  }
}
function cut(value: string): [string, string?] {
  const comma = value.indexOf(',')
  return comma < 0 ? [value] : [value.slice(0, comma), value.slice(comma + 1)]
}
function percentage(written: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)%$/.exec(written)
  const value = found ? Number(found[1]) : Number.NaN
  return value >= 0 && value <= 100 ? value : undefined
}
/** Past what a double holds is no number; −0 is 0. */
function rowNumber(written: string): number | undefined {
  const value = /^-?\d+(?:\.\d+)?$/.test(written) ? Number(written) : Number.NaN
  return Number.isFinite(value) ? value || 0 : undefined
}
const anchor = (value: string) => cut(value).map(one => (one === undefined ? undefined : percentage(one)))

const edges = { start: 'top', center: 'middle', end: 'bottom' } as const

/** Rows counted from the top are the top, from the bottom the bottom. A percentage is a point the block hangs on. */
export function placeOf({
  line,
  snapToLines,
  lineAlign,
  align,
  vertical,
  region,
  position,
}: Settings): Place | undefined {
  const block = line === 'auto' ? 'bottom' : snapToLines ? (line >= 0 ? 'top' : 'bottom') : edges[lineAlign]
  const usual = align === 'left' || align === 'start' ? 0 : align === 'right' || align === 'end' ? 100 : 50
  const place: Place = {
    ...(block !== 'bottom' && { block }),
    ...(align !== 'center' && { inline: align }),
    ...(vertical && { vertical }),
    ...(line !== 'auto' && !snapToLines && { point: { x: position === 'auto' ? usual : position, y: line } }),
    ...(region && { region }),
  }
  return Object.keys(place).length > 0 ? place : undefined
}

export function printPlace({ block = 'bottom', inline = 'center', vertical, point, region }: Place): string {
  const settings: string[] = []
  const lineAlign = block === 'top' ? '' : block === 'middle' ? ',center' : ',end'
  if (vertical) settings.push(`vertical:${vertical}`)
  if (point) settings.push(`line:${percent(point.y)}${lineAlign}`, `position:${percent(point.x)}`)
  else if (block === 'top') settings.push('line:0')
  else if (block === 'middle') settings.push('line:50%,center')
  if (inline !== 'center') settings.push(`align:${inline}`)
  if (region) settings.push(`region:${region.replace(/\s/g, '')}`)
  return settings.join(' ')
}
const percent = (value: number): string => `${Math.round(Math.min(100, Math.max(0, value)) * 1000) / 1000}%`
