import type { TermsShape, UseView } from '../../server/contract.ts'
import type { Tongue } from '../state.ts'
import type { VoiceSay } from '../words/voice.ts'

/** Amounts, dates and names as people write them. Instants are milliseconds, amounts minor units. */
export function moneyIn(tongue: Tongue, minor: number, currency: string): string {
  const format = new Intl.NumberFormat(tongue, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** digits)
}

export const dateIn = (tongue: Tongue, at: number): string =>
  new Intl.DateTimeFormat(tongue, { dateStyle: 'long' }).format(at)

export const timeIn = (tongue: Tongue, at: number): string =>
  new Intl.DateTimeFormat(tongue, { dateStyle: 'medium', timeStyle: 'short' }).format(at)

export const listIn = (tongue: Tongue, all: readonly string[]): string =>
  tongue === 'ja' ? all.join('、') : all.join(', ')

export function nameIn(tongue: Tongue, type: 'language' | 'region', code: string): string {
  try {
    return new Intl.DisplayNames([tongue], { type }).of(code) ?? code
  } catch {
    return code
  }
}

/** What is paid, in a sentence: a residual's rate is in hundredths of a per cent. */
export function payIn(say: VoiceSay, tongue: Tongue, { model, rate, currency }: TermsShape['money']): string {
  if (model === 'residual') {
    const percent = new Intl.NumberFormat(tongue, { style: 'percent', maximumFractionDigits: 2 })
    return say('money-residual', { money: percent.format(rate / 10_000) })
  }
  return say(`money-${model}`, { money: moneyIn(tongue, rate, currency) })
}

/** What is due of these uses, a sum for each currency. */
export function sums(
  uses: readonly Pick<UseView, 'due' | 'currency'>[],
): readonly (readonly [string, number])[] {
  const all = new Map<string, number>()
  for (const { due, currency } of uses) all.set(currency, (all.get(currency) ?? 0) + due)
  return [...all]
}

export const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1)
