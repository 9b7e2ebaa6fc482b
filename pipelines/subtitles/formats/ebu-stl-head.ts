/** What the first block of an EBU STL file says about all others, and what of it a document has words for. */
import type { Language, Ms, Rate } from '../../terms.ts'
import type { Beside, Document } from '../document.ts'
import { msOf, nominal, type Timecode } from '../timecode.ts'
import type { Gsi, GsiField } from './ebu-stl-blocks.ts'
import { type CodeTable, codeTable, latinTable } from './ebu-stl-codes.ts'
import { codeOf, languageOf } from './ebu-stl-languages.ts'

export type Head = {
  readonly rate: Rate
  /** When the programme starts on its tape's clock. */
  readonly start: Ms
  readonly table: CodeTable
  readonly teletext: boolean
  /** Rows of the picture. */
  readonly rows: number
  readonly language: Language | undefined
}

/** `STL25.01` counts 25 frames a second. Some write 23 and 29 for rates that are no whole number. */
export function rateOf(format: string): Rate | undefined {
  const frames = Number(/^STL(\d\d)\.\d\d$/.exec(format)?.[1] ?? 0)
  if (frames === 23 || frames === 29) return { num: (frames + 1) * 1000, den: 1001 }
  return frames > 0 ? { num: frames, den: 1 } : undefined
}
export const usualRate: Rate = { num: 25, den: 1 }

export function headOf(gsi: Gsi): Head {
  const rate = rateOf(gsi.DFC) ?? usualRate
  const language = languageOf(gsi.LC)
  return {
    rate,
    start: startOf(gsi.TCP, rate),
    table: codeTable(gsi.CCT) ?? latinTable,
    teletext: gsi.DSC === '1' || gsi.DSC === '2',
    rows: Number(/^\d\d$/.exec(gsi.MNR)?.[0] ?? 0) || 23,
    language,
  }
}
function startOf(written: string, rate: Rate): Ms {
  const found = /^(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(written)
  if (!found) return 0
  const [h = 0, m = 0, s = 0, f = 0] = found.slice(1).map(Number)
  return isTimecode([h, m, s, f], rate) ? msOf([h, m, s, f], { rate, drop: false }) : 0
}
export const isTimecode = ([h, m, s, f]: Timecode, rate: Rate): boolean =>
  h < 24 && m < 60 && s < 60 && f < nominal(rate)

/** Fields that people fill in, and what they hold. */
const said: Readonly<Partial<Record<GsiField, string>>> = {
  OET: 'original episode title',
  TPT: 'translated title',
  TET: 'translated episode title',
  TN: "translator's name",
  TCD: "translator's contact",
  SLR: 'reference code',
  CD: 'creation date',
  RD: 'revision date',
  RN: 'revision number',
  CO: 'country of origin',
  PUB: 'publisher',
  EN: "editor's name",
  ECD: "editor's contact",
}
const saidFields = Object.keys(said) as readonly GsiField[]
export const besides: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(said).map(([field, called]) => [`stl.${field}`, called])),
  'stl.row': 'exact row',
  'stl.justification': 'justification',
  'stl.cumulative': 'cumulative set',
  'stl.group': 'group',
  'stl.comment': 'comments',
}

export const besideOf = (gsi: Gsi): Beside =>
  Object.fromEntries(
    saidFields.flatMap(field => {
      const value = gsi[field].trimEnd()
      return value === '' ? [] : [[`stl.${field}`, value]]
    }),
  )

/** The fields whose words a document has, as it has them. */
export const fieldsOf = ({ title, language, beside = {} }: Document): Partial<Record<GsiField, string>> => ({
  OPT: title ?? '',
  LC: codeOf(language),
  ...Object.fromEntries(saidFields.map(field => [field, beside[`stl.${field}`] ?? ''])),
})
