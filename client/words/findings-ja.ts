/** What the stages notice, by rule. A rule without a row, or one whose figures are others by now, is told in English. */
export const findingsJa: Readonly<Record<string, readonly [sentence: string, mend?: string]>> = {
  // hearing
  'heard-loop': ['音声認識が同じ言葉を繰り返しました。', '聞いて確かめてください。'],
  'heard-silence': ['誰も話していないと判断した所に、言葉が書かれました。', '聞いて確かめてください。'],
  'heard-phantom': [
    '何も話されていない所によく現れる文です。',
    '聞いて、話されていれば行を直し、なければ空にしてください。',
  ],
  'heard-unspoken': [
    '言葉がありますが、話し声がほとんど聞こえません。音楽か、無音かもしれません。',
    '聞いて確かめてください。',
  ],
  'heard-twice': ['同じ文が続けて二度聞き取られました。', '聞いて確かめてください。'],
  'times-doubtful': ['この行の時間は正しくないかもしれません。', '聞いて、開始と終了を決めてください。'],
  'edit-orphaned': ['人が編集した行が、もうありません。', '必要な内容を、代わりの行に写してください。'],
  // translation
  untranslated: ['この行はまだ訳されていません。', '訳文を書いてください。'],
  'engine-language': [
    '{engine} は {from} から {to} へ訳せないため、メモリだけを使いました。',
    '別のエンジンを選ぶか、人が訳してください。',
  ],
  'memory-fuzzy': [
    'メモリに、句読点だけが違う文があります：{source}。',
    '見比べて、正しければ保存してください。',
  ],
  'memory-similar': [
    'メモリに、{percent}% 一致する文があります：{source}。',
    '候補からその訳を使い、直してください。',
  ],
  'memory-ambiguous': [
    'メモリにこの行の訳が {count} 通りあり、最も新しいものを使いました。',
    'ここに合っているか確かめてください。',
  ],
  'glossary-missing': [
    '用語集では {source} は「{target}」ですが、訳文にありません。',
    '用語集の訳を使うか、用語集を直してください。',
  ],
  'glossary-spelling': [
    '用語集の表記は「{target}」ですが、訳文では「{found}」です。',
    '用語集の表記どおりに書いてください。',
  ],
  'glossary-forbidden': [
    '用語集では {source} に「{found}」を使えません。訳語は「{target}」です。',
    '用語集の訳を使ってください。',
  ],
  'honorific-mixed': [
    '敬称「{honorific}」の扱いが、ほかの多くの行と違います。',
    'ほかの行に合わせるか、すべて揃えてください。',
  ],
  'source-left': ['訳文に原文の文字が残っています：{found}。', '訳してください。'],
  'source-copied': ['訳文が原文と一字一句同じです。', '意図したものか確かめてください。'],
  'engine-chatter': ['エンジンが、訳す代わりに作業について話しています：{found}。', '訳文を書いてください。'],
  // timing
  overlong: [
    '話すのに、与えられた時間より {percent}% 長くかかります。',
    'およそ {syllables} 音節、短くしてください。',
  ],
  short: [
    '話すのに、与えられた時間より {percent}% 短く済みます。',
    'およそ {syllables} 音節、長くしてください。',
  ],
  // subtitles
  'no-text': ['この行には表示するものがありません。', '訳してください。'],
  'reading-speed': [
    '読む時間が足りません（毎秒 {cps} 文字、上限 {limit}）。',
    '短くするか、長く表示してください。',
  ],
  'row-length': ['一行が長すぎます（{width} 文字、上限 {limit}）。', '改行するか、短くしてください。'],
  rows: ['行数が多すぎます（{rows} 行、上限 {limit}）。', '短くするか、字幕を二つに分けてください。'],
  'too-short': ['表示が短すぎます。', '長く表示するか、隣の字幕と合わせてください。'],
  'too-long': ['表示が長すぎます。', '分けてください。'],
  overlap: ['次の字幕が出ても、まだ残っています。', '早く消すか、一つの字幕にまとめてください。'],
  // the dub
  uncast: ['{character} の配役がないため、誰のものでもない声を選びました。', '配役を決めてください。'],
  'no-voice': ['この行を話せる声がありません。', '別の声を割り当ててください。'],
  'voice-withheld': ['この声は、ここでは使えません。', '声優に依頼するか、配役を変えてください。'],
  'off-loudness': [
    'ミックスが望む音量になりません。ピークに余裕がないか、無音です。',
    'M&E のピークを下げるか、望む音量を変えてください。',
  ],
}
