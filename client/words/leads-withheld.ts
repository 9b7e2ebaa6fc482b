/** Lines that wait for a yes, the title’s rights, the cast, and recordings to judge, in both languages side by side. */
export const leadWithheldWords = {
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

  // the title’s rights
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
} as const
