import type { Tongue } from '../state.ts'

/** Why a voice is withheld, by the decision's code. The English is the register's own sentence; a test holds them together. */
export const refusals: Readonly<Record<string, Readonly<Record<Tongue, string>>>> = {
  'no-ledger': { en: 'The register of consents does not answer.', ja: '同意の登録簿が応答しません。' },
  'no-clock': { en: 'The clock cannot be trusted.', ja: '時計が信頼できません。' },
  'unknown-actor': { en: 'No such person is enrolled.', ja: 'この方は登録されていません。' },
  'refused-by-actor': { en: 'The actor has said no to this.', ja: '声優本人が断っています。' },
  'refused-by-holder': {
    en: 'The holder of the rights to the title has said no to this.',
    ja: '作品の権利者が断っています。',
  },
  died: {
    en: 'The actor has died, and nobody with a mandate speaks for the estate.',
    ja: '声優本人が亡くなり、遺族の代理人がいません。',
  },
  suspended: { en: 'The actor has paused this.', ja: '声優本人が一時停止しています。' },
  'paused-by-union': { en: 'The actor’s union has paused this.', ja: '声優の組合が一時停止しています。' },
  'no-consent': { en: 'The actor has not said yes.', ja: '声優本人の同意がまだありません。' },
  'no-licence': {
    en: 'The holder of the rights to the title has not said yes.',
    ja: '作品の権利者の許諾がまだありません。',
  },
  'other-act': {
    en: 'There is a yes, but to other uses.',
    ja: '同意はありますが、別の用途に対するものです。',
  },
  'other-title': {
    en: 'There is a yes, but to another title.',
    ja: '同意はありますが、別の作品に対するものです。',
  },
  'other-episode': {
    en: 'There is a yes, but to other episodes.',
    ja: '同意はありますが、別の話数に対するものです。',
  },
  'other-language': {
    en: 'There is a yes, but to other languages.',
    ja: '同意はありますが、別の言語に対するものです。',
  },
  'other-character': {
    en: 'There is a yes, but to other characters.',
    ja: '同意はありますが、別の役に対するものです。',
  },
  'no-territory': {
    en: 'It was not said where this is to be released.',
    ja: '公開する地域が決められていません。',
  },
  'other-territory': {
    en: 'There is a yes, but to other territories.',
    ja: '同意はありますが、別の地域に対するものです。',
  },
  'no-medium': {
    en: 'It was not said in which medium this is to be released.',
    ja: '公開する媒体が決められていません。',
  },
  'other-medium': {
    en: 'There is a yes, but to other media.',
    ja: '同意はありますが、別の媒体に対するものです。',
  },
  altered: {
    en: 'There is a yes, but not to altering the voice so.',
    ja: '同意はありますが、このような声の加工は含まれません。',
  },
  banned: {
    en: 'There is a yes, but not to content of this kind.',
    ja: '同意はありますが、このような内容は含まれません。',
  },
  'changed-words': {
    en: 'There is a yes, but to other words: changed lines are asked for anew.',
    ja: '同意はありますが、別の文言に対するものです。変えたセリフは改めて尋ねます。',
  },
  withdrawn: { en: 'There was a yes, but it was withdrawn.', ja: '同意は撤回されました。' },
  'not-yet': { en: 'There is a yes, but it does not hold yet.', ja: '同意はありますが、まだ期間の前です。' },
  expired: { en: 'There was a yes, but its time is over.', ja: '同意の期間が終わりました。' },
  'making-over': {
    en: 'There is a yes, but the time for making new lines is over.',
    ja: '同意はありますが、制作できる期間が終わりました。',
  },
  'no-notice': {
    en: 'The actor was told too lately, and has not waived the notice.',
    ja: 'お知らせから日が浅く、お知らせ期間の放棄もありません。',
  },
  'no-mandate': {
    en: 'Whoever said yes for the actor has no mandate for it now.',
    ja: '代わりに同意した方に、いまは代理権がありません。',
  },
  'no-guardian': {
    en: 'The actor is a minor, and the guardian has not said yes.',
    ja: '声優は未成年で、保護者の同意がまだありません。',
  },
  'came-of-age': {
    en: 'The actor has come of age since, and is to be asked anew.',
    ja: '声優が成年になりました。改めて本人に尋ねます。',
  },
  'too-many-lines': {
    en: 'There is a yes, but its number of lines is used up.',
    ja: '同意はありますが、行数の上限に達しました。',
  },
  'too-many-seconds': {
    en: 'There is a yes, but its length of speech is used up.',
    ja: '同意はありますが、秒数の上限に達しました。',
  },
  disagreement: {
    en: 'Two readings of the consents disagree; nobody speaks until that is settled.',
    ja: '同意の二つの読み取りが食い違っています。解決するまで誰の声も使いません。',
  },
  stale: { en: 'The grant is too old; ask again.', ja: '許可が古くなりました。改めて尋ねてください。' },
  spent: { en: 'The grant was used already; ask again.', ja: '許可は使用済みです。改めて尋ねてください。' },
  unopened: {
    en: 'The grant was not opened; nothing can be committed with it.',
    ja: '許可が使われておらず、何も保存できません。',
  },
  'another-use': { en: 'The grant was given for something else.', ja: '許可は別の使用に対するものです。' },
  'epoch-moved': {
    en: 'The consents have changed since the grant was given; ask again.',
    ja: '許可の後に同意の内容が変わりました。改めて尋ねてください。',
  },
  'no-grant': {
    en: 'A voice that is a person’s speaks only with a grant.',
    ja: '人の声は、許可があるときだけ使えます。',
  },
  'other-actor': { en: 'The grant is for another person’s voice.', ja: '許可は別の方の声に対するものです。' },
  'no-engine': {
    en: 'No engine is installed that speaks with a person’s voice.',
    ja: '人の声で話すエンジンが入っていません。',
  },
  'no-reference': {
    en: 'There is no recording of this person’s voice to speak after.',
    ja: '手本となる声の録音がありません。',
  },
  closed: {
    en: 'What was sealed of this voice can’t be opened: its key was destroyed, or it is damaged.',
    ja: '封印された声を開けません。鍵が破棄されたか、壊れています。',
  },
  quarantined: {
    en: 'It was made by a yes that was taken back.',
    ja: '撤回された同意で作られたものです。',
  },
}

/** The sentence of a refusal. A code nobody knows here is shown as it is: better than nothing at all. */
export const refusalIn = (tongue: Tongue, code: string): string =>
  Object.hasOwn(refusals, code) ? (refusals[code]?.[tongue] ?? code) : code
