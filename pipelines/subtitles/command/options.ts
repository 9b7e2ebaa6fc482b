/** The options of the command: a table, of which each verb takes some. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { Rate } from '../../terms.ts'
import { formatNamed, formats } from '../formats/all.ts'
import type { Format } from '../formats/format.ts'
import { refuse } from './world.ts'

type Option = {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  /** How its value is called in the help. */
  readonly value?: string
  readonly says: string
}

export const options = {
  json: { type: 'boolean', says: 'report as JSON on standard output' },
  out: {
    type: 'string',
    short: 'o',
    value: 'PATH',
    says: 'write here: a file, - for standard output, or a folder that ends in /',
  },
  'in-place': { type: 'boolean', says: 'write over the file itself' },
  force: { type: 'boolean', says: 'write over another file that is there already' },
  to: { type: 'string', value: 'FORMAT', says: 'the format to write' },
  encoding: { type: 'string', value: 'NAME', says: 'the encoding to write (utf-8)' },
  bom: { type: 'boolean', says: 'begin with a byte order mark' },
  crlf: { type: 'boolean', says: 'end rows as Windows does' },
  strict: { type: 'boolean', says: 'end with 1 when something was lost' },
  house: {
    type: 'string',
    value: 'NAME|FILE',
    says: 'whose style (netflix), or a file that says what yours changes of one',
  },
  language: { type: 'string', value: 'TAG', says: 'the language of the subtitles' },
  audience: { type: 'string', value: 'WHO', says: 'adult, child, sdh-adult or sdh-child' },
  fps: { type: 'string', value: 'RATE', says: 'frames a second: 24, 23.976, 30000/1001' },
  media: {
    type: 'string',
    value: 'FILE',
    says: 'its film or sound: shots, frames and speech are taken from there',
  },
  glossary: {
    type: 'string',
    value: 'FILE',
    says: 'the series’ terms: a JSON list of {source, target, language}',
  },
  source: {
    type: 'string',
    value: 'FILE',
    says: 'the original’s subtitles: which terms are to be looked for',
  },
  only: {
    type: 'string',
    multiple: true,
    value: 'RULE',
    says: 'this rule alone; may be given more than once',
  },
  skip: { type: 'string', multiple: true, value: 'RULE', says: 'not this rule' },
  least: { type: 'string', value: 'SEVERITY', says: 'report note, warning or error and what is worse' },
  join: {
    type: 'boolean',
    says: 'make two captions one where nothing else mends what is too short or too near',
  },
  explain: { type: 'boolean', says: 'tell the clause, the figures and what a fix would do' },
  with: {
    type: 'string',
    value: 'FILE',
    says: 'what it is to be in sync with: a film, a sound, or other subtitles',
  },
  farthest: { type: 'string', value: 'SECONDS', says: 'how far apart the two may be (900)' },
  was: { type: 'string', value: 'FILE', says: 'the film or sound that it was made for' },
  is: { type: 'string', value: 'FILE', says: 'the later master, or the next episode' },
  into: { type: 'string', value: 'FILE', says: 'subtitles of the next episode that the songs go into' },
  document: { type: 'boolean', says: 'give the whole document as lossless JSON' },
} as const satisfies Readonly<Record<string, Option>>

export type OptionName = keyof typeof options
type Value<Name extends OptionName> = (typeof options)[Name] extends { readonly multiple: true }
  ? readonly string[]
  : (typeof options)[Name]['type'] extends 'boolean'
    ? boolean
    : string
export type Values = { readonly [Name in OptionName]?: Value<Name> }
export type Asked = { readonly values: Values; readonly files: readonly string[] }

/** @throws TypeError of node:util for an option that the verb does not take */
export function parse(args: readonly string[], takes: readonly OptionName[]): Asked {
  const config: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    takes.map(name => {
      const { type, short, multiple }: Option = options[name]
      return [name, { type, ...(short && { short }), ...(multiple && { multiple }) }]
    }),
  )
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: config })
  return { values: values as Values, files: positionals }
}

export const formatCalled = (name: string): Format => {
  const found = formatNamed(name) ?? formats.find(({ extensions }) => extensions.includes(name))
  if (found?.write) return found
  const written = formats.filter(format => format.write).map(format => format.name)
  throw refuse(`No format that can be written is called ${name}`, `Choose one of: ${written.join(', ')}.`)
}

/** Rates that are written with three digits mean the fraction they stand for. */
const decimals: Readonly<Record<string, Rate>> = {
  '23.976': { num: 24_000, den: 1001 },
  '23.98': { num: 24_000, den: 1001 },
  '29.97': { num: 30_000, den: 1001 },
  '47.952': { num: 48_000, den: 1001 },
  '59.94': { num: 60_000, den: 1001 },
}
export function rateOf(text: string): Rate {
  const known = Object.hasOwn(decimals, text) ? decimals[text] : undefined
  const [, num = '', den = '1'] = /^(\d{1,6})(?:\/(\d{1,6}))?$/.exec(text) ?? []
  const rate = known ?? { num: Number(num), den: Number(den) }
  if (num === '' && !known) throw badRate(text)
  if (rate.num < rate.den || rate.den === 0 || rate.num / rate.den > 1000) throw badRate(text)
  return rate
}
const badRate = (text: string) =>
  refuse(`${text} is no frame rate`, 'Write 24, 25, 23.976, 29.97 or a fraction such as 30000/1001.')

/** One of a list, or a refusal that names them all. */
export function oneOf<T extends string>(what: string, list: readonly T[], text: string): T {
  const found = list.find(one => one === text)
  if (found === undefined) throw refuse(`${text} is no ${what}`, `Choose one of: ${list.join(', ')}.`)
  return found
}
