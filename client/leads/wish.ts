import type { PersonView } from '../../server/contract.ts'
import type { Body } from '../api.ts'

export type Terms = Body<'newRequest'>['terms']
type Money = Terms['money']

export const day = 86_400_000
/** A day as a field for dates has it. All of a request's days are UTC's: that is what is signed. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
const readDay = (text: string): number => {
  const at = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(at) ? 0 : at
}

/** How many digits a currency has behind its point: none of a yen, two of a dollar. */
export function digitsOf(currency: string): number {
  try {
    const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions()
    return maximumFractionDigits
  } catch {
    return 2
  }
}

/** An amount as people write it in the whole minor units that the register has; of a share, hundredths of a per cent. */
export const minorOf = (amount: number, model: Money['model'], currency: string): number =>
  Math.max(0, Math.round(amount * 10 ** (model === 'residual' ? 2 : digitsOf(currency)))) || 0

/** The amount written out in both languages: the number alone does not say whether it is yen or sen. */
export function basisOf({ model, currency, rate }: Omit<Money, 'basis'>): string {
  if (model === 'residual') return `売上の${rate / 100}％ / ${rate / 100} % of revenue`
  const digits = digitsOf(currency)
  const amount = `${(rate / 10 ** digits).toFixed(digits)} ${currency}`
  const per = {
    session: ['収録1回につき', 'for each session'],
    line: ['セリフ1行につき', 'for each line'],
    minute: ['音声1分につき', 'for each minute of speech'],
  }[model]
  return `${per[0]} ${amount} / ${amount} ${per[1]}`
}

/** Names with commas of either language between them. Spaces belong to a name. */
export const namesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,、，\n]+/)
      .map(name => name.trim().normalize('NFC'))
      .filter(name => name !== ''),
  ),
]

/** What a form says, as the register has it. Whether it may be asked so the server says. */
export function readTerms(form: FormData): Terms {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const all = (name: string) => form.getAll(name).map(String)
  const count = (name: string) => Math.max(0, Math.round(Number(text(name)))) || 0
  const model =
    (['session', 'line', 'minute', 'residual'] as const).find(one => one === text('model')) ?? 'line'
  const currency = text('currency').toUpperCase()
  const rate = minorOf(Number(text('rate')), model, currency)
  const released = text('released') === 'sell-off' ? 'sell-off' : 'take-down'
  return {
    acts: all('acts'),
    holder: text('holder'),
    episodes: all('episodes'),
    characters: [...new Set([...all('characters'), ...namesOf(text('more-characters'))])],
    languages: all('languages'),
    territories: namesOf(text('territories')).map(code => code.toUpperCase()),
    media: namesOf(text('media')),
    limits: { lines: count('lines'), seconds: count('seconds') },
    banned: all('banned'),
    alterations: all('alterations'),
    from: readDay(text('from')),
    makeUntil: readDay(text('make-until')),
    until: readDay(text('until')),
    money: { model, currency, rate, basis: text('basis') || basisOf({ model, currency, rate }) },
    label: text('label'),
    credit: text('credit'),
    afterWithdrawal: { released, sellOffDays: released === 'sell-off' ? count('sell-off-days') : 0 },
    noticeHours: count('notice-hours'),
  }
}

export const inRole = (people: readonly PersonView[] | undefined, role: string) =>
  (people ?? []).filter(person => person.role === role)
