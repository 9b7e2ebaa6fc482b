import type { Tongue } from '../state.ts'
import { walkWords } from './walks.ts'

/** The words of a lead's view of consents, in both languages side by side. */
export const leadWords = {
  ...walkWords,
  consents: { en: 'Consent', ja: '声の同意' },
  'consents-say': {
    en: 'Whose voice may speak what, and what waits for an answer. A lead asks; only the people themselves answer.',
    ja: '誰の声がどのセリフを話せるか、何が返事を待っているか。尋ねるのはリード、答えるのは本人だけです。',
  },
  shut: { en: 'The register is shut: {why}', ja: '登録簿が閉じています：{why}' },
  'no-company': {
    en: 'The company has no key yet, so nobody can be asked. It is made at the first start of the server.',
    ja: '会社の鍵がまだないため、誰にも尋ねられません。鍵はサーバーの初回起動時に作られます。',
  },
  'asks-as': { en: 'asks as {company}', ja: '依頼者：{company}' },

  // people
  enrolled: { en: 'Enrolled people', ja: '登録済みの方' },
  'enrolled-say': {
    en: 'By stage name. Legal names are sealed: this page is never told them.',
    ja: '芸名で表示します。本名は封印され、このページには届きません。',
  },
  'nobody-enrolled': { en: 'Nobody is enrolled yet.', ja: 'まだ誰も登録していません。' },
  'stage-name': { en: 'Stage name', ja: '芸名' },
  role: { en: 'Role', ja: '役割' },
  voice: { en: 'Voice', ja: '声' },
  recorded: { en: 'recording accepted', ja: '録音確認済み' },
  unrecorded: { en: 'no recording yet', ja: '録音はまだ' },
  minor: { en: 'minor', ja: '未成年' },
  'not-enrolled': { en: 'Invited, not enrolled yet', ja: '招待済み・未登録' },
  'invite-party': { en: 'Invite somebody', ja: '招待する' },
  'invite-party-says': {
    en: 'They choose their own stage name and make a key that only they can use.',
    ja: '芸名は本人が決め、本人だけが使える鍵を作ります。',
  },
  'invite-name': { en: 'Name for the invitation', ja: '招待する方の呼び名' },
  'invite-name-says': {
    en: 'Use the stage name: whoever leads or administers here can read it.',
    ja: '芸名を使ってください。ここのリードと管理者に見えます。',
  },
  'invite-do': { en: 'Make a one-time link', ja: 'ワンタイムリンクを作る' },
  'invite-done': {
    en: 'Give this link to {name} and to nobody else. It is shown only now and works once.',
    ja: 'このリンクを {name} さんだけに渡してください。表示は今だけ、使えるのは一度だけです。',
  },
  link: { en: 'One-time link', ja: 'ワンタイムリンク' },

  // requests
  requests: { en: 'Requests', ja: '依頼' },
  'no-requests': { en: 'Nobody has been asked yet.', ja: 'まだ誰にも尋ねていません。' },
  ask: { en: 'Ask an actor', ja: '声優に依頼する' },
  'ask-about': { en: 'Ask about {title}', ja: '「{title}」の依頼をする' },
  'state-open': { en: 'asked', ja: '返事待ち' },
  'state-granted': { en: 'agreed', ja: '同意' },
  'state-narrowed': { en: 'agreed to less', ja: '狭めて同意' },
  'state-notice': { en: 'agreed, notice runs', ja: '同意・お知らせ期間中' },
  'state-paused': { en: 'paused', ja: '一時停止中' },
  'state-refused': { en: 'refused', ja: '拒否' },
  'state-withdrawn': { en: 'withdrawn', ja: '撤回' },
  'state-over': { en: 'over', ja: '終了' },
  'state-live': { en: 'holds', ja: '有効' },
  'asked-on': { en: 'asked {when}', ja: '{when} に依頼' },
  'answered-on': { en: 'Signed by {name} on {when}.', ja: '{name} さんが {when} に署名。' },
  licensed: { en: 'title licensed', ja: '作品の許諾あり' },
  unlicensed: { en: 'title not licensed yet', ja: '作品の許諾はまだ' },
  'less-than-asked': { en: 'Less than was asked:', ja: '依頼より狭い項目：' },
  asked: { en: 'asked', ja: '依頼' },
  agreed: { en: 'agreed', ja: '同意' },
  'notice-until': { en: 'Nothing is made before {when}.', ja: '{when} より前は何も作られません。' },
  'notice-waived': { en: 'The notice was waived.', ja: 'お知らせ期間は放棄されました。' },
  'paused-by': { en: 'Paused by {name}.', ja: '{name} さんが一時停止しています。' },
  'text-ja': { en: 'As read in Japanese', ja: '日本語の文面' },
  'text-en': { en: 'As read in English', ja: '英語の文面' },
  'the-text': { en: 'The text, letter by letter', ja: '文面（一字一句）' },
  none: { en: 'none', ja: 'なし' },

  // asking
  'ask-title': { en: 'Ask to use a voice', ja: '声の使用を依頼する' },
  'ask-says': {
    en: 'Everything that is not written here is not allowed. An empty list allows nothing.',
    ja: 'ここに書かれていないことは許されません。空の項目は「何も許さない」という意味です。',
  },
  who: { en: 'Who', ja: '誰に' },
  actor: { en: 'Actor', ja: '声優' },
  holder: { en: 'Rights holder of the title', ja: '作品の権利者' },
  'choose-one': { en: 'Choose …', ja: '選んでください' },
  'no-actors': { en: 'No actor is enrolled yet.', ja: '登録済みの声優がいません。' },
  'no-holders': {
    en: 'No holder of rights is enrolled yet.',
    ja: '登録済みの権利者がいません。',
  },
  'invite-first': { en: 'Invite somebody first', ja: '先に招待する' },
  what: { en: 'What for', ja: '何に' },
  acts: { en: 'Uses', ja: '用途' },
  'acts-say': { en: 'Each by itself; none implies another.', ja: '一つずつです。ほかの用途を含みません。' },
  episodes: { en: 'Episodes', ja: '話数' },
  characters: { en: 'Characters', ja: '役名' },
  'more-characters': { en: 'Other characters, with commas between', ja: 'ほかの役名（読点区切り）' },
  languages: { en: 'Languages', ja: '言語' },
  where: { en: 'Where it goes', ja: 'どこへ' },
  territories: { en: 'Territories', ja: '地域' },
  'territories-say': {
    en: 'Two-letter codes with commas between: JP, US. Empty: it stays in the house.',
    ja: '2文字の国コードを読点区切りで（例：JP, US）。空なら社外に出しません。',
  },
  media: { en: 'Media', ja: '媒体' },
  'media-say': {
    en: 'For example: streaming, TV. Empty: it stays in the house.',
    ja: '例：配信、テレビ放送。空なら社外に出しません。',
  },
  limits: { en: 'Limits', ja: '上限' },
  'limit-lines': { en: 'Lines at most', ja: '行数の上限' },
  'limit-seconds': { en: 'Seconds of speech at most', ja: '秒数の上限' },
  'limit-seconds-say': {
    en: 'Every draft counts anew: leave room for changes.',
    ja: '作り直すたびに数えます。修正の余裕を見てください。',
  },
  banned: { en: 'Banned content', ja: '禁止する内容' },
  alterations: { en: 'Allowed alteration of the voice', ja: '許される声の加工' },
  'alterations-say': { en: 'None marked: the voice stays as it is.', ja: '選ばなければ、声はそのままです。' },
  term: { en: 'Term', ja: '期間' },
  from: { en: 'Holds from', ja: '開始日' },
  'make-until': { en: 'Nothing new is made from', ja: '制作の終了日' },
  until: { en: 'Ends on', ja: '終了日' },
  'term-says': { en: 'Midnight UTC. Three years at most.', ja: 'UTC の午前0時。最長3年です。' },
  money: { en: 'Money', ja: '報酬' },
  model: { en: 'Paid', ja: '支払い方' },
  'model-session': { en: 'by session', ja: '収録ごと' },
  'model-line': { en: 'by line', ja: '行ごと' },
  'model-minute': { en: 'by minute', ja: '分ごと' },
  'model-residual': { en: 'share of revenue', ja: '売上の割合' },
  currency: { en: 'Currency', ja: '通貨' },
  rate: { en: 'Rate (a share: in per cent)', ja: '金額（割合は％）' },
  basis: { en: 'What it is paid for', ja: '支払いの根拠' },
  'basis-says': {
    en: 'Left empty, the amount is written out in both languages.',
    ja: '空なら、金額を両言語で書き添えます。',
  },
  named: { en: 'How it is named', ja: '表示' },
  label: { en: 'Label for the audience', ja: '視聴者への表示' },
  credit: { en: 'Credit', ja: 'クレジット' },
  after: { en: 'When it is withdrawn', ja: '撤回したとき' },
  'after-says': {
    en: 'Drafts and mixes always stop at once.',
    ja: '下書きやミックスは、いつでもすぐに止まります。',
  },
  released: { en: 'What was released', ja: '公開済みのもの' },
  'take-down': { en: 'is taken down', ja: '取り下げる' },
  'sell-off': { en: 'is taken down within some days', ja: '一定の日数のうちに取り下げる' },
  'sell-off-days': { en: 'Within how many days', ja: '取り下げまでの日数' },
  'notice-hours': { en: 'Notice before anything is made (hours)', ja: '制作前のお知らせ期間（時間）' },
  'notice-hours-say': {
    en: 'At least 48, unless the actor waives it while signing.',
    ja: '48時間以上。署名のときに本人が放棄できます。',
  },
  preview: { en: 'Read it as the actor will', ja: '声優が読む文面を見る' },
  'preview-of': { en: 'What {name} will read', ja: '{name} さんが読む文面' },
  'preview-says': {
    en: 'The rows as they stand on the actor’s page, and the text that the company signs. The actor’s own yes says the same terms.',
    ja: '声優の画面に並ぶ項目と、会社が署名する文面です。声優本人の同意にも同じ条件が書かれます。',
  },
  'preview-stale': {
    en: 'You have changed something: read it again before you send it.',
    ja: '内容が変わりました。送る前にもう一度読んでください。',
  },
  'names-in-it': { en: 'Who the marks are', ja: '記号と名前' },
  company: { en: 'Asked by', ja: '依頼者' },
  'lines-in-it': {
    en: 'Lines: {count}; said once they take about {minutes} (min:s)',
    ja: '{count}行（一度話すと約 {minutes}（分:秒））',
  },
  'no-lines': {
    en: 'There are no lines for these episodes, characters and languages yet: a yes to this would allow nothing.',
    ja: 'この話数・役・言語のセリフはまだありません。同意があっても何も許されません。',
  },
  'fewer-lines': {
    en: 'The limit of {limit} lines is less than the {count} lines it is about.',
    ja: '行数の上限 {limit} が、対象の {count} 行より少なくなっています。',
  },
  'fewer-seconds': {
    en: 'The limit of {limit} s is less than the {seconds} s that the lines take to say once.',
    ja: '秒数の上限 {limit} が、一度話すのに必要な {seconds} 秒より少なくなっています。',
  },
  'notice-after-air': {
    en: 'The notice ends {when}, after episode {number} goes on air: only if it is waived will it be spoken in time.',
    ja: 'お知らせ期間は {when} に終わり、第{number}話の放送に間に合いません。放棄されたときだけ間に合います。',
  },
  send: { en: 'Send it', ja: '送る' },
  sent: { en: 'Sent. {name} finds it in their portal.', ja: '送りました。{name} さんの画面に届いています。' },

  // withheld
  withheld: { en: 'Withheld', ja: '保留' },
  'withheld-lines': { en: 'Withheld lines', ja: '保留のセリフ' },
  'withheld-says': {
    en: 'These lines stay silent until somebody says yes. Nothing here can be overruled.',
    ja: '同意があるまで、これらのセリフは話されません。ここから覆すことはできません。',
  },
  'none-withheld': {
    en: 'No line is withheld: every person cast here has said yes to their lines.',
    ja: '保留のセリフはありません。配役された方は全員、自分のセリフに同意しています。',
  },
  'nobody-cast': {
    en: 'Nobody’s own voice is cast here; stock voices need no yes.',
    ja: '人の声は配役されていません。既製の合成音声に同意は要りません。',
  },
  'count-lines': { en: 'Lines: {count}', ja: '{count}行' },
  'show-lines': { en: 'Show the lines', ja: 'セリフを見る' },
  episode: { en: 'Episode {number}', ja: '第{number}話' },
  why: { en: 'Why', ja: '理由' },
  next: { en: 'What to do', ja: '次にすること' },
  'next-ask': { en: 'Ask {name} for these lines.', ja: '{name} さんにこれらのセリフを依頼してください。' },
  'next-asked': {
    en: '{name} was asked on {when} and has not answered yet.',
    ja: '{name} さんに {when} に依頼し、返事を待っています。',
  },
  'next-holder': {
    en: 'The holder of the rights has to license machine dubbing of the title. Send a request: it reaches the holder, too.',
    ja: '作品の権利者による機械吹替の許諾が必要です。依頼を送ると、権利者にも届きます。',
  },
  'next-holder-asked': {
    en: '{holder} was asked on {when} and has not licensed the title yet.',
    ja: '{holder} に {when} に依頼し、許諾を待っています。',
  },
  'next-guardian': {
    en: 'The guardian of {name} signs as well; it waits in their portal.',
    ja: '{name} さんの保護者の署名も必要です。保護者の画面で待っています。',
  },
  'next-operator': {
    en: 'Tell whoever runs the server: `kotodama doctor` says what is wrong.',
    ja: 'サーバーの担当者に知らせてください。`kotodama doctor` で原因が分かります。',
  },
  'next-wait': {
    en: 'Wait until {when}, or until {name} waives the notice.',
    ja: '{when} まで待つか、{name} さんがお知らせ期間を放棄するのを待ってください。',
  },
  'next-term': {
    en: 'Wait until the term begins.',
    ja: '期間が始まるまで待ってください。',
  },
  'next-no': {
    en: 'That is an answer, and nobody is asked to change it. Cast another voice.',
    ja: 'これは返事です。変えるよう求めないでください。別の声を配役してください。',
  },
  'next-paused': {
    en: 'Whoever paused it lifts it. Wait, or cast another voice.',
    ja: '解除できるのは停止した方だけです。待つか、別の声を配役してください。',
  },
  'next-record': {
    en: '{name} leaves a recording on their own page (“Voice”), and somebody here accepts it.',
    ja: '{name} さんが自分の画面の「声」で録音を預け、ここで誰かが確認します。',
  },
  'next-engine': {
    en: 'Whoever runs the server sets up what speaks after a recording (REPLICA_URL).',
    ja: 'サーバーの担当者が、録音をもとに話すエンジン（REPLICA_URL）を設定します。',
  },
  'free-now': {
    en: 'The register allows these lines now; the dub was made before, without them.',
    ja: 'これらのセリフは、いまは許されています。吹き替えはその前に、これらなしで作られました。',
  },
  'last-time': { en: 'Last time: {why}', ja: '前回：{why}' },
  'make-again': { en: 'Make the dub again', ja: '吹き替えを作り直す' },
  'making-again': { en: 'It is being made again.', ja: '作り直しています。' },
  'air-waived': {
    en: 'In time: the notice was waived.',
    ja: '間に合います（お知らせ期間は放棄されました）。',
  },
  'air-in-time': {
    en: 'In time: the notice would end {when}.',
    ja: '間に合います（お知らせ期間は {when} まで）。',
  },
  'air-ask-by': { en: 'Ask by {when} at the latest.', ja: '遅くとも {when} までに依頼してください。' },
  'air-only-waived': {
    en: 'Too late for the notice (it would end {when}): in time only if it is waived.',
    ja: 'お知らせ期間（{when} まで）が放送に間に合いません。放棄されたときだけ間に合います。',
  },
  'air-over': { en: 'It has gone on air already.', ja: 'すでに放送されました。' },
  'all-withheld': { en: 'All of the series', ja: 'シリーズ全体' },
  'to-line': { en: 'Open the line', ja: 'その行を開く' },

  // the title's rights
  rights: { en: 'Rights and release', ja: '権利と公開' },
  'rights-say': {
    en: 'A person’s voice needs two yeses: the actor’s, and that of whoever holds the rights to the title.',
    ja: '人の声を使うには、声優本人の同意と、作品の権利者の許諾の両方が必要です。',
  },
  'no-licence-yet': {
    en: 'No holder of rights has licensed this title yet. They are asked together with the first request to an actor.',
    ja: 'この作品の許諾はまだありません。最初の依頼を声優に送るとき、権利者にも届きます。',
  },
  'licence-of': { en: 'Licence of {name}', ja: '{name} の許諾' },
  'holder-asked': { en: '{name} has been asked.', ja: '{name} に依頼済みです。' },
  'release-territories': { en: 'To be released in (territories)', ja: '公開する地域' },
  'release-media': { en: 'Media of release', ja: '公開する媒体' },

  // cast
  'cast-stock': { en: 'Stock voices, nobody’s', ja: '既製の合成音声' },
  'cast-people': { en: 'People, by their consent', ja: '人の声（本人の同意による）' },
  'cast-person': { en: '{name} (a person)', ja: '{name}（本人の声）' },
  'cast-person-says': {
    en: 'Casting a person makes nothing speak: their lines are withheld until they say yes.',
    ja: '人を配役しても、同意があるまでセリフは保留されます。',
  },

  // verdicts
  verdicts: { en: 'Recordings to judge', ja: '確認待ちの録音' },
  'verdicts-say': {
    en: 'Listen to the spoken statement yourself: is the phrase read, every word of it, by the person it should be? What a model heard is a hint and never the verdict.',
    ja: 'ご自身で音声を聞いて確認してください。文章が最後まで読まれ、本人の声ですか。モデルの聞き取りは参考で、判定ではありません。',
  },
  'no-verdicts': { en: 'No recording waits for a verdict.', ja: '確認待ちの録音はありません。' },
  'kind-statement': { en: 'spoken statement', ja: '読み上げ' },
  'kind-reference': { en: 'recording of the voice', ja: '声の録音' },
  phrase: { en: 'The phrase to be read', ja: '読むべき文章' },
  heard: { en: 'A model heard', ja: 'モデルの聞き取り' },
  match: { en: '{percent} % of the phrase', ja: '文章の {percent} %' },
  similarity: { en: 'alike to the statement: {percent} %', ja: '読み上げとの類似：{percent} %' },
  'sealed-recording': {
    en: 'It is sealed: nobody hears it here. Accept it once their statement is accepted and you have no doubt whose it is.',
    ja: '封印されているため、ここでは誰も聞けません。読み上げが確認済みで、本人のものに疑いがないときに承認してください。',
  },
  'listen-to': { en: 'Statement of {name}', ja: '{name} さんの読み上げ' },
  'verdict-yes': { en: 'Yes, the phrase is heard', ja: 'はい、文章が聞こえます' },
  'verdict-no': { en: 'No', ja: 'いいえ' },
  'reference-yes': { en: 'Accept it', ja: '承認する' },
  'reference-no': { en: 'Reject it', ja: '却下する' },
  note: { en: 'Note (kept with the verdict)', ja: 'メモ（判定とともに残ります）' },
  judged: { en: 'Kept.', ja: '記録しました。' },
} as const satisfies Record<string, Readonly<Record<Tongue, string>>>

export type LeadWord = keyof typeof leadWords
