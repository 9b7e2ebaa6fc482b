import { amountOf, type Both, instantOf, lengthOf, listOf, nameOf, type Tongue } from './spell.ts'
import { alterations, contents, day, deeds, leavings } from './terms.ts'

/** What terms say, row by row, as a voice actor reads them. */
export type Row = readonly [label: string, value: string]

/** As much of terms as is put into words; who holds the rights has a name elsewhere. */
export type Sayable = {
  readonly acts: readonly string[]
  readonly title: string
  readonly holder: string
  readonly episodes: readonly string[]
  readonly characters: readonly string[]
  readonly languages: readonly string[]
  readonly territories: readonly string[]
  readonly media: readonly string[]
  readonly words: readonly string[]
  readonly limits: { readonly lines: number; readonly seconds: number }
  readonly banned: readonly string[]
  readonly alterations: readonly string[]
  readonly from: number
  readonly makeUntil: number
  readonly until: number
  readonly money: {
    readonly model: 'session' | 'line' | 'minute' | 'residual'
    readonly currency: string
    readonly rate: number
    readonly basis: string
  }
  readonly label: string
  readonly credit: string
  readonly afterWithdrawal: { readonly released: 'take-down' | 'sell-off'; readonly sellOffDays: number }
  readonly noticeHours: number
}

/** @param who how a party is named, by the name it has in the register */
export function termsSaid(terms: Sayable, tongue: Tongue, who: (party: string) => string): readonly Row[] {
  const say = (both: Both) => both[tongue]
  const list = (all: readonly string[]) => listOf(all, tongue) || say({ ja: 'なし', en: 'none' })
  const named = (table: Readonly<Record<string, Both>>, names: readonly string[]) =>
    list(names.map(name => (Object.hasOwn(table, name) ? (table[name]?.[tongue] ?? name) : name)))
  const { limits, afterWithdrawal } = terms
  const days = afterWithdrawal.sellOffDays
  const leaves = terms.acts.some(act => (leavings as ReadonlySet<string>).has(act))
  const stays = say({ ja: '制作の外には出しません', en: 'it does not leave the production' })
  const places = (all: readonly string[]) => (all.length > 0 || leaves ? list(all) : stays)
  const rows: readonly (readonly [Both, string])[] = [
    [{ ja: '作品', en: 'Title' }, terms.title],
    [{ ja: '作品の権利者', en: 'Rights holder' }, who(terms.holder)],
    [{ ja: '役', en: 'Characters' }, list(terms.characters)],
    [{ ja: '話数', en: 'Episodes' }, list(terms.episodes)],
    [{ ja: '言語', en: 'Languages' }, list(terms.languages.map(code => nameOf(code, tongue)))],
    [{ ja: '声の使い方（これ以外には使えません）', en: 'Uses, and no others' }, named(deeds, terms.acts)],
    [
      { ja: 'セリフ', en: 'Lines' },
      say({
        ja: `お読みいただいた${terms.words.length}行。言葉が変わったセリフは、改めてお願いします`,
        en: `the ${terms.words.length} that you have read; one whose words change is asked for anew`,
      }),
    ],
    [
      { ja: '上限', en: 'Limits' },
      say({
        ja: `${limits.lines}行、音声 ${lengthOf(limits.seconds, 'ja')}まで`,
        en: `${limits.lines} ${limits.lines === 1 ? 'line' : 'lines'} and ${lengthOf(limits.seconds, 'en')} of speech`,
      }),
    ],
    [{ ja: '報酬', en: 'Pay' }, paySaid(terms.money, tongue)],
    [{ ja: '報酬の根拠', en: 'What the pay rests on' }, terms.money.basis],
    [
      { ja: '期間', en: 'Period' },
      say({
        ja: `${instantOf(terms.from, 'ja')}から ${instantOf(terms.until, 'ja')}まで（${lasts(terms)}日間）`,
        en: `from ${instantOf(terms.from, 'en')} until ${instantOf(terms.until, 'en')} (${lasts(terms)} days)`,
      }),
    ],
    [
      { ja: '新しい音声を作れるのは', en: 'New speech is made' },
      say({
        ja: `${instantOf(terms.makeUntil, 'ja')}まで`,
        en: `until ${instantOf(terms.makeUntil, 'en')}, and not after`,
      }),
    ],
    [
      { ja: '期間が終わると', en: 'When the period is over' },
      say({
        ja: '使えなくなります。無期限の同意はありません。続けるときは改めてお願いします',
        en: 'nothing may be made or shown with it. There is no yes for ever: to go on, you are asked anew',
      }),
    ],
    [{ ja: '地域', en: 'Territories' }, places(terms.territories.map(code => nameOf(code, tongue)))],
    [{ ja: '媒体', en: 'Media' }, places(terms.media)],
    [
      { ja: 'させてはならない内容', en: 'What the voice must not be made to say' },
      named(contents, terms.banned),
    ],
    [
      { ja: '声の加工', en: 'Altering the voice' },
      terms.alterations.length > 0
        ? named(alterations, terms.alterations)
        : say({ ja: 'してはなりません', en: 'not allowed' }),
    ],
    [{ ja: '合成音声であることの表示', en: 'How it is labelled' }, terms.label],
    [{ ja: 'クレジット', en: 'Credit' }, terms.credit],
    [
      { ja: '使い始めるのは', en: 'It begins' },
      say({
        ja: `お願いが届いてから${terms.noticeHours}時間が過ぎてからです（事前のお知らせ）`,
        en: `${terms.noticeHours} hours after you were asked, and not sooner (the notice)`,
      }),
    ],
    [
      { ja: '撤回', en: 'Withdrawing' },
      say({ ja: 'いつでも、理由なしにできます', en: 'at any time, and no reason is asked' }),
    ],
    [
      { ja: '撤回すると、作る前と作っている途中のものは', en: 'Withdrawn: what waits or is being made' },
      say({ ja: 'すぐに止まります', en: 'stops at once' }),
    ],
    [
      { ja: '撤回すると、公開前の音声とミックスは', en: 'Withdrawn: speech and mixes not yet released' },
      say({ ja: 'すぐに使えなくなり、元には戻りません', en: 'are dead at once, and for good' }),
    ],
    [
      { ja: '撤回すると、公開したものは', en: 'Withdrawn: what was released' },
      afterWithdrawal.released === 'take-down'
        ? say({ ja: '取り下げます', en: 'is taken down' })
        : say({ ja: `${days}日以内に取り下げます`, en: `is taken down within ${days} days` }),
    ],
    [
      { ja: '撤回すると、すでに社外にあるものは', en: 'Withdrawn: copies that have left the house' },
      say({
        ja: '受け取った相手に知らせます。消し去ることまでは約束できません',
        en: 'are asked back from whoever has them; that they vanish nobody can promise',
      }),
    ],
  ]
  return rows.map(([label, value]) => [say(label), value])
}

const lasts = ({ from, until }: Sayable) => Math.round(((until - from) / day) * 10) / 10

/** What is paid, in a sentence. A residual's rate is in hundredths of a per cent, the others' in minor units. */
export function paySaid({ model, currency, rate }: Omit<Sayable['money'], 'basis'>, tongue: Tongue): string {
  if (rate === 0) return { ja: '無報酬', en: 'unpaid' }[tongue]
  if (model === 'residual') return { ja: `売上の${rate / 100}％`, en: `${rate / 100} % of revenue` }[tongue]
  const amount = amountOf(rate, currency, tongue)
  const per: { readonly [one in typeof model]: Both } = {
    session: { ja: `収録1回につき ${amount}`, en: `${amount} per session` },
    line: { ja: `セリフ1行につき ${amount}`, en: `${amount} per line` },
    minute: { ja: `音声1分につき ${amount}`, en: `${amount} per minute of speech` },
  }
  return per[model][tongue]
}
