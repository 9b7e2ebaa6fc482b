import type { Of, ShownLanguage, Statement, Terms } from './records.ts'
import { alterations, contents, deeds } from './terms.ts'

/**
 * The terse text that was signed before wording.ts put it into plain words. What was signed under it holds for as long as
 * its term lasts: nothing in this file, and no name of an act that it uses, ever changes.
 */

type Both = { readonly ja: string; readonly en: string }

const labels = {
  acts: { ja: '用途', en: 'Uses' },
  title: { ja: '作品', en: 'Title' },
  holder: { ja: '作品の権利者', en: 'Rights holder' },
  episodes: { ja: '話数', en: 'Episodes' },
  characters: { ja: '役名', en: 'Characters' },
  languages: { ja: '言語', en: 'Languages' },
  territories: { ja: '地域', en: 'Territories' },
  media: { ja: '媒体', en: 'Media' },
  words: { ja: 'お読みいただいたセリフ', en: 'Lines you have read' },
  limits: { ja: '上限', en: 'Limits' },
  banned: { ja: '禁止する内容', en: 'Banned content' },
  alterations: { ja: '許される加工', en: 'Allowed alteration' },
  term: { ja: '期間', en: 'Term' },
  money: { ja: '報酬', en: 'Money' },
  label: { ja: '表示', en: 'Label' },
  credit: { ja: 'クレジット', en: 'Credit' },
  afterWithdrawal: { ja: '撤回したとき', en: 'When you withdraw' },
  noticeHours: { ja: '事前のお知らせ', en: 'Notice' },
} as const satisfies Record<string, Both>

const openings: { readonly [kind in Statement['kind']]: Both } = {
  party: { ja: '登録します。', en: 'I enrol.' },
  keys: { ja: '今後使う鍵はこれだけです。', en: 'From now on these are all my keys.' },
  mandate: { ja: '次の者に代理を任せます。', en: 'I give this mandate.' },
  licence: {
    ja: '権利者として、機械による吹替を許諾します。',
    en: 'As holder of the rights, I license machine dubbing.',
  },
  request: { ja: '次のとおり声の使用をお願いします。', en: 'We ask to use your voice as follows.' },
  grant: {
    ja: '次のとおり、わたしの声の使用に同意します。',
    en: 'I agree to this use of my voice, and to no other.',
  },
  refusal: { ja: '拒否します。どの同意よりも優先します。', en: 'I say no. This beats every yes.' },
  narrowing: { ja: '同意を次の範囲に狭めます。', en: 'I narrow my yes to this.' },
  suspension: { ja: '使用を一時停止します。', en: 'I pause this.' },
  resume: { ja: '一時停止または拒否を解きます。', en: 'I end my pause or my no.' },
  withdrawal: { ja: '同意を撤回します。すぐに止まります。', en: 'I withdraw my yes. It stops at once.' },
  erasure: {
    ja: '声の鍵の破棄を求めます。元に戻せません。同意もすべて撤回します。',
    en: 'I want the key of my voice destroyed. It cannot be undone. I withdraw every yes as well.',
  },
  death: { ja: '本人の逝去を届け出ます。', en: 'I report that the actor has died.' },
  erased: { ja: '声の鍵を破棄しました。', en: 'The key of the voice was destroyed.' },
  completed: {
    ja: '撤回などの処理を終えました。証明書を発行しました。',
    en: 'What was taken back has been walked to its end, and a certificate tells how.',
  },
  use: { ja: '声を使用しました。', en: 'The voice was used.' },
}

const others = {
  of: { ja: '対象', en: 'Of' },
  actor: { ja: '声優', en: 'Actor' },
  actors: { ja: '声優', en: 'Actors' },
  grants: { ja: '同意', en: 'Grants' },
  by: { ja: '署名者', en: 'Signed by' },
  at: { ja: '日時', en: 'At' },
  to: { ja: '代理人', en: 'Given to' },
  role: { ja: '立場', en: 'Role' },
  powers: { ja: '権限', en: 'Powers' },
  from: { ja: '開始', en: 'From' },
  until: { ja: '終了', en: 'Until' },
  name: { ja: '芸名', en: 'Name' },
  key: { ja: '鍵', en: 'Key' },
  keys: { ja: '鍵', en: 'Keys' },
  adultAt: { ja: '成年となる日時', en: 'Of age from' },
  guardian: { ja: '保護者', en: 'Guardian' },
  nonce: { ja: '乱数', en: 'Nonce' },
  title: { ja: '作品', en: 'Title' },
  act: { ja: '用途', en: 'Use' },
  noticeWaived: { ja: '事前のお知らせの期間を放棄', en: 'I waive the notice' },
} as const satisfies Record<string, Both>

/** The text of a statement in the language it is shown in. Times are in UTC, to the second. */
export function firstWording(statement: Statement, language: ShownLanguage): string {
  const { kind, ...said } = statement
  // Sorted, so that however a statement was put together it reads the same.
  const fields = Object.entries(said).sort(([left], [right]) => (left < right ? -1 : 1))
  const rows = fields.flatMap(([field, value]): string[] => {
    if (field === 'terms') return termsOf(value as Terms, language)
    const label = field in others ? others[field as keyof typeof others][language] : field
    return [`${label}: ${sayOther(field, value, language)}`]
  })
  return [openings[kind][language], ...rows].join('\n')
}

const everything: Both = { ja: 'すべて', en: 'everything' }
const none: Both = { ja: 'なし', en: 'none' }
const yes: Both = { ja: 'はい', en: 'yes' }
const no: Both = { ja: 'いいえ', en: 'no' }
const times = new Set(['at', 'from', 'until', 'adultAt'])
/** What is left open names everything, where it narrows a no, a pause or a withdrawal. */
const openEnds = new Set(['title', 'act', 'grants', 'of'])

function sayOther(field: string, value: unknown, language: ShownLanguage): string {
  const empty = value === null || (Array.isArray(value) && value.length === 0)
  if (empty) return (openEnds.has(field) ? everything : none)[language]
  if (typeof value === 'boolean') return (value ? yes : no)[language]
  if (times.has(field)) return when(Number(value))
  if (field === 'act') return deeds[value as Of<'use'>['act']][language]
  return [value]
    .flat()
    .map(one => (typeof one === 'object' ? JSON.stringify(one) : String(one)))
    .join(', ')
}

const when = (at: number) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

function termsOf(terms: Terms, language: ShownLanguage): string[] {
  const list = (items: readonly string[]) => items.join(', ') || none[language]
  const says = (table: Readonly<Record<string, Both>>, names: readonly string[]) =>
    list(names.map(name => table[name]?.[language] ?? name))
  const { limits, money, afterWithdrawal } = terms
  const ja = language === 'ja'
  const released = {
    'take-down': { ja: '公開中のものは取り下げ', en: 'what was released is taken down' },
    'sell-off': {
      ja: `公開中のものは${afterWithdrawal.sellOffDays}日以内に取り下げ`,
      en: `what was released is taken down within ${afterWithdrawal.sellOffDays} days`,
    },
  }[afterWithdrawal.released][language]
  const values: { readonly [label in keyof typeof labels]: string } = {
    acts: says(deeds, terms.acts),
    title: terms.title,
    holder: terms.holder,
    episodes: list(terms.episodes),
    characters: list(terms.characters),
    languages: list(terms.languages),
    territories: list(terms.territories),
    media: list(terms.media),
    words: ja ? `${terms.words.length}行` : `${terms.words.length} lines`,
    limits: ja
      ? `${limits.lines}行、${limits.seconds}秒まで`
      : `${limits.lines} lines and ${limits.seconds} seconds of speech`,
    banned: says(contents, terms.banned),
    alterations: says(alterations, terms.alterations),
    term: ja
      ? `${when(terms.from)} から ${when(terms.until)} まで（制作は ${when(terms.makeUntil)} まで）`
      : `${when(terms.from)} to ${when(terms.until)}; nothing new is made from ${when(terms.makeUntil)}`,
    money: `${money.model} ${money.rate} ${money.currency} (${money.basis})`,
    label: terms.label,
    credit: terms.credit,
    afterWithdrawal: ja ? `制作はすぐに停止、${released}` : `all making stops at once, and ${released}`,
    noticeHours: ja ? `${terms.noticeHours}時間` : `${terms.noticeHours} hours`,
  }
  return Object.entries(values).map(
    ([label, value]) => `${labels[label as keyof typeof labels][language]}: ${value}`,
  )
}
