import { languages } from './names/languages.ts'
import { regions } from './names/regions.ts'

/**
 * Names, amounts and instants as people read them. Made here and never by the machine's own tables (ICU), which change
 * from version to version: a text that was signed must read the same for ever.
 */
export type Tongue = 'ja' | 'en'
export type Both = { readonly [tongue in Tongue]: string }

const tableOf = (spelt: string): ReadonlyMap<string, Both> =>
  new Map(
    spelt.split(';').map(row => {
      const [code = '', en = '', ja = ''] = row.trim().split('|')
      return [code, { en, ja }]
    }),
  )
const tables = { region: tableOf(regions), language: tableOf(languages) }

/** A language or a country by its name, the code beside it: Spanish of Mexico is `es-MX`. An unknown one by its code. */
export function nameOf(code: string, tongue: Tongue): string {
  const [first = '', ...more] = code.split('-')
  const type = /^[A-Z]{2}$/.test(first) ? 'region' : 'language'
  const name = tables[type].get(first)?.[tongue]
  if (name === undefined) return code
  const where = more.flatMap(part => tables.region.get(part)?.[tongue] ?? [])
  const inside = [...where, code].join(tongue === 'ja' ? '、' : ', ')
  return tongue === 'ja' ? `${name}（${inside}）` : `${name} (${inside})`
}

export const listOf = (all: readonly string[], tongue: Tongue): string =>
  all.join(tongue === 'ja' ? '、' : ', ')

/** ISO 4217: currencies whose minor unit is not a hundredth. */
const digits: ReadonlyMap<string, number> = new Map(
  Object.entries({
    0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
    3: 'BHD IQD JOD KWD LYD OMR TND',
    4: 'CLF UYW',
  }).flatMap(([count, codes]) => codes.split(' ').map(code => [code, Number(count)] as const)),
)
const signs: Readonly<Record<string, string>> = { JPY: '¥', USD: '$', EUR: '€', GBP: '£', KRW: '₩' }

/** Whole minor units as an amount: ¥12,000, $12.50 (USD), 12.50 CHF; in Japanese, yen are 12,000円. */
export function amountOf(minor: number, currency: string, tongue: Tongue): string {
  const count = digits.get(currency) ?? 2
  const spelt = String(minor).padStart(count + 1, '0')
  const whole = spelt.slice(0, spelt.length - count).replace(/\B(?=(?:\d{3})+$)/g, ',')
  const amount = count === 0 ? whole : `${whole}.${spelt.slice(-count)}`
  if (currency === 'JPY') return tongue === 'ja' ? `${amount}円` : `¥${amount}`
  const sign = Object.hasOwn(signs, currency) ? signs[currency] : undefined
  if (sign === undefined) return `${amount} ${currency}`
  return tongue === 'ja' ? `${sign}${amount}（${currency}）` : `${sign}${amount} (${currency})`
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
)
const japan = 9 * 3_600_000

/** An instant to the second: in Japanese by Japan's clock, which has no summer time, in English by UTC. */
export function instantOf(at: number, tongue: Tongue): string {
  const date = localDate(at, tongue)
  if (date === undefined) return String(at)
  const two = (part: number) => String(part).padStart(2, '0')
  const second = date.getUTCSeconds()
  const past = `${two(date.getUTCMinutes())}${second ? `:${two(second)}` : ''}`
  return tongue === 'ja'
    ? `${dayOf(at, 'ja')} ${date.getUTCHours()}:${past}（日本時間）`
    : `${dayOf(at, 'en')}, ${two(date.getUTCHours())}:${past} UTC`
}

/** The day that an instant is on, by the same clocks. */
export function dayOf(at: number, tongue: Tongue): string {
  const date = localDate(at, tongue)
  if (date === undefined) return String(at)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  return tongue === 'ja' ? `${year}年${month + 1}月${day}日` : `${day} ${months[month]} ${year}`
}

function localDate(at: number, tongue: Tongue): Date | undefined {
  const local = at + (tongue === 'ja' ? japan : 0)
  return Math.abs(local) <= 8.64e15 ? new Date(local) : undefined
}

/** So much speech: 90 seconds are 1 minute 30 seconds. */
export function lengthOf(seconds: number, tongue: Tongue): string {
  const [minutes, rest] = [Math.floor(seconds / 60), Math.round((seconds % 60) * 10) / 10]
  const part = (count: number, ja: string, en: string) =>
    count === 0 ? [] : [tongue === 'ja' ? `${count}${ja}` : `${count} ${en}${count === 1 ? '' : 's'}`]
  const parts = [...part(minutes, '分', 'minute'), ...part(rest, '秒', 'second')]
  return parts.join(tongue === 'ja' ? '' : ' ') || (tongue === 'ja' ? '0秒' : '0 seconds')
}
