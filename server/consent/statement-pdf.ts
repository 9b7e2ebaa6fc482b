import { readFile } from 'node:fs/promises'
import fontkit from '@pdf-lib/fontkit'
import { PDFDocument, type PDFFont, type PDFPage } from 'pdf-lib'
import type { UseView } from '../contract.ts'
import { fontParts, type Part, runsOf } from './fonts.ts'

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

/** A4, in points. */
const [width, height, margin] = [595, 842, 40]
const columns = [margin, 128, 236, 326, 484, 514]

/** The statement of one person's uses in a period, as a PDF with the letters it needs inside. */
export async function statementPdf(ask: StatementAsk): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  document.registerFontkit(fontkit)
  const parts = await fontParts()
  const fonts = new Map<Part, PDFFont>()
  const say = says[ask.language]

  async function fontOf(part: Part): Promise<PDFFont> {
    const font = fonts.get(part) ?? (await document.embedFont(await readFile(part.path), { subset: true }))
    fonts.set(part, font)
    return font
  }

  /** Writes a line and gives where it ends; what does not fit into `most` points ends in an ellipsis. */
  async function write(page: PDFPage, text: string, x: number, y: number, size: number, most: number) {
    let at = x
    for (const letter of await measured(text, size, most)) {
      for (const run of runsOf(letter, parts)) {
        const font = await fontOf(run.part)
        page.drawText(run.text, { x: at, y, size, font })
        at += font.widthOfTextAtSize(run.text, size)
      }
    }
    return at
  }

  async function measured(text: string, size: number, most: number): Promise<readonly string[]> {
    let used = 0
    let fits = ''
    for (const letter of text) {
      for (const run of runsOf(letter, parts))
        used += (await fontOf(run.part)).widthOfTextAtSize(run.text, size)
      if (used > most - size) return [`${fits}…`]
      fits += letter
    }
    return [fits]
  }

  let page = document.addPage([width, height])
  let y = height - 60
  const line = async (text: string, size = 10) => {
    await write(page, text, margin, y, size, width - 2 * margin)
    y -= size * 1.7
  }
  await line(say.title, 18)
  await line(ask.language === 'ja' ? `${ask.name} ${say.for}` : ask.name, 13)
  await line(`${say.from}: ${ask.company}`)
  await line(`${say.period}: ${day(ask.period.from)} – ${day(ask.period.until - 1)}`)
  await line(`${say.made}: ${stamp(ask.made)} UTC`)
  y -= 10
  const row = async (cells: readonly string[]) => {
    if (y < 60) {
      page = document.addPage([width, height])
      y = height - 60
    }
    for (const [index, cell] of cells.entries()) {
      const x = columns[index] ?? margin
      await write(page, cell, x, y, 7.5, (columns[index + 1] ?? width - margin + 8) - x - 4)
    }
    y -= 14
  }
  await row(say.head)
  page.drawLine({ start: { x: margin, y: y + 9 }, end: { x: width - margin, y: y + 9 }, thickness: 0.5 })
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
  y -= 6
  for (const [currency, due] of totals(ask.uses))
    await line(`${say.total}: ${money(due, currency, ask.language)}`, 11)
  y -= 6
  await line(say.foot, 8)
  document.setTitle(say.title)
  document.setCreationDate(new Date(ask.made))
  document.setModificationDate(new Date(ask.made))
  return document.save()
}

const stamp = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')
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
