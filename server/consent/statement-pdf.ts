import type { UseView } from '../contract.ts'
import { openPaper, stamp } from './paper.ts'

export type StatementAsk = {
  readonly name: string
  readonly company: string
  readonly language: 'ja' | 'en'
  /** Half open. */
  readonly period: { readonly from: number; readonly until: number }
  readonly made: number
  readonly uses: readonly UseView[]
  /** What each act is called. */
  readonly acts: Readonly<Record<string, string>>
}

const says = {
  ja: {
    title: '声の利用明細書',
    for: '様',
    from: '発行',
    period: '期間',
    made: '作成日時',
    head: ['日時 (UTC)', '作品・話', '用途', 'セリフ', '秒', '金額'],
    none: 'この期間の利用はありません。',
    total: '合計',
    foot: '各行は登録簿の記録です。証明は「わたしの記録」から取得できます。',
  },
  en: {
    title: 'Statement of uses of a voice',
    for: '',
    from: 'By',
    period: 'Period',
    made: 'Made',
    head: ['When (UTC)', 'Title, episode', 'Use', 'Line', 's', 'Due'],
    none: 'There was no use in this period.',
    total: 'Total',
    foot: 'Every row is an entry of the register. Its proof can be downloaded under “My records”.',
  },
} as const

/** Where the columns begin, in points. */
const columns = [40, 128, 236, 326, 484, 514]

/** The statement of one person's uses in a period, as a PDF with the letters it needs inside. */
export async function statementPdf(ask: StatementAsk): Promise<Uint8Array> {
  const paper = await openPaper()
  const { line } = paper
  const row = (cells: readonly string[]) => paper.row(cells, columns)
  const say = says[ask.language]
  await line(say.title, 18)
  await line(ask.language === 'ja' ? `${ask.name} ${say.for}` : ask.name, 13)
  await line(`${say.from}: ${ask.company}`)
  await line(`${say.period}: ${day(ask.period.from)} – ${day(ask.period.until - 1)}`)
  await line(`${say.made}: ${stamp(ask.made)} UTC`)
  paper.gap(10)
  await row(say.head)
  paper.rule()
  for (const use of ask.uses)
    await row([
      stamp(use.logged),
      `${use.title} ${use.episode}`,
      ask.acts[use.act] ?? use.act,
      use.text.replace(/\n/g, ' ') || use.line,
      (use.milliseconds / 1000).toFixed(1),
      use.due === 0 ? '0' : money(use.due, use.currency, ask.language),
    ])
  if (ask.uses.length === 0) await line(say.none)
  paper.gap(6)
  for (const [currency, due] of totals(ask.uses))
    await line(`${say.total}: ${money(due, currency, ask.language)}`, 11)
  paper.gap(6)
  await line(say.foot, 8)
  return paper.save(say.title, ask.made)
}

const day = (at: number) => stamp(at).slice(0, 10)

function totals(uses: readonly UseView[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { due, currency } of uses) sums.set(currency, (sums.get(currency) ?? 0) + due)
  return sums
}

/** Minor units as people write money. */
export function money(minor: number, currency: string, language: 'ja' | 'en'): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'code' })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** digits).replace(/\u00a0/g, ' ')
}
