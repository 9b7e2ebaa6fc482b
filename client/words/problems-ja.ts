import type { ProblemCode } from '../../pipelines/problem.ts'

/** What can go wrong, and what mends it. A code without a row is told in English. */
export const problemsJa: Readonly<Partial<Record<ProblemCode, readonly [sentence: string, mend: string]>>> = {
  'media-unreadable': [
    '{file} はメディアとして読み込めません（{reason}）。',
    'MP4・MKV・MOV・WebM・TS・WAV・FLAC のいずれかで書き出し直してください。',
  ],
  'media-forbidden': [
    '{file} は {container} です。ほかのファイルを指しうる形式のため、開きません。',
    'MP4・MKV・MOV・WebM・TS・WAV・FLAC のメディア本体をアップロードしてください。',
  ],
  'media-too-large': [
    '{file} の {what} は {value} で、上限 {limit} を超えています。',
    '分割するか、{setting} を大きくしてください。',
  ],
  'speech-missing': [
    '{file} には話し声が聞こえません。',
    '話し声のあるファイルを選んでください。音楽が重なっているなら、台詞だけの音声を使ってください。',
  ],
  'media-silent': ['{file} には音声がありません。', '音声トラックのあるファイルを選んでください。'],
  'master-strange': [
    '{file} の音は、このエピソードのものと違うようです。何も動かしていません。',
    '同じエピソードの新しい本編を渡してください。別のエピソードは、新しく取り込んでください。',
  ],
  'stream-missing': ['{file} に {kind} の {index} 番はありません。', '{choices} から選んでください。'],
  'script-unreadable': [
    '{file} の {line} 行目：{reason}',
    '台本の書き方は docs/translate.md をご覧ください。',
  ],
  'subtitles-unreadable': [
    '{file} は字幕として読み込めません（{reason}）。',
    'UTF-8 の SRT・WebVTT・ASS で保存してください。',
  ],
  'no-words': [
    '{file} には台本も字幕もなく、音声認識モデルも入っていません。',
    '`kotodama models install {model}` を実行するか、台本または字幕を加えてください。',
  ],
  'reading-missing': ['「{text}」の読みが分かりません。', '台本にかなで書いてください：漢字《かんじ》'],
  'language-unspoken': [
    '内蔵の合成音声は {language} を話せません。',
    'この言語には別のエンジンの声を割り当ててください。',
  ],
  'ffmpeg-missing': [
    'ffmpeg が見つかりません。',
    '`apt-get install ffmpeg` で入れるか、FFMPEG_PATH と FFPROBE_PATH を設定してください。',
  ],
  'ffmpeg-failed': [
    'ffmpeg が止まりました（{reason}）。',
    '`kotodama doctor` を実行してください。問題がなければ、ファイルが壊れているかもしれません。',
  ],
  'engine-failed': [
    'エンジン {engine} が失敗しました（{reason}）。',
    'もう一度試し、続くようなら別のエンジンを選んでください。',
  ],
  'engine-unreachable': [
    '{address} のエンジン {engine} が応答しません（{reason}）。',
    '設定のアドレスと鍵を確かめてください。',
  ],
  'model-missing': [
    'モデル {model} が入っていません。',
    '`kotodama models install {model}` を実行してください。',
  ],
  'model-unlicensed': [
    'モデル {model} にはライセンスの記録がありません。',
    '許諾を得たら `kotodama models license {model} --as 名称 --by 氏名` を実行してください。',
  ],
  'model-damaged': [
    'モデル {model} の {file} が目録と一致しません。',
    '`kotodama models install {model}` をもう一度実行してください。',
  ],
  'model-unknown': [
    '{model} というモデルはありません。',
    '`kotodama models list` で一覧を確かめてください。',
  ],
  'mark-missing': [
    '{file} に来歴の印がないため、書き出せません（電子透かしの強さ {score}、必要な強さ {least}）。',
    '下書きを作り直してください。直らないときは、ミックスの後の処理が印を消しています（docs/decisions/marks.md）。',
  ],
  'credentials-missing': [
    '{file} に有効なコンテンツ認証情報がないため、書き出せません（状態 {state}：{failures}）。',
    'KEYS_DIR の証明書の有効期限を確かめ、下書きを作り直してください（docs/decisions/marks.md）。',
  ],
  'consent-shut': [
    '同意の登録簿が閉じています（{reason}）。',
    '運営者が直すまで、誰の声も使われません。撤回は今も受け付けます。',
  ],
  'not-enrolled': ['同意の登録簿への登録がまだです。', 'まずパスキーで登録してください。'],
  'enrolled-already': ['すでに登録されています。', '登録したときのパスキーを使ってください。'],
  'passkey-failed': [
    'パスキーを作れませんでした（{reason}）。',
    'もう一度試すか、別の端末を使ってください。',
  ],
  'passkey-unknown': [
    'このパスキーでは入れません。',
    '登録したときのパスキーを使うか、新しいリンクを頼んでください。',
  ],
  'statement-refused': [
    '登録簿に受け付けられませんでした（{reason}）。',
    '読み直して、もう一度署名してください。',
  ],
  'recording-refused': ['録音を受け付けられませんでした（{reason}）。', 'もう一度録音してください。'],
  'voice-withheld': [
    'この声は人のものなので、ここでは使えません（{refusal}）。',
    '同意登録を通じて声優に依頼してください。',
  ],
  cancelled: ['中止しました。', 'もう一度始めてください。終わった工程は残っています。'],
  'store-busy': [
    '{place} のデータは別のサーバーが使っています。',
    'そちらを止めるか、DATA_DIR を変えてください。',
  ],
  'store-unsupported': [
    '内蔵の保存庫は {what} を扱えません。',
    'MONGODB_URI で MongoDB を指定してください。',
  ],
  'store-unreachable': [
    '{address} の保存庫が応答しません（{reason}）。',
    'MONGODB_URI と、そのサーバーを確かめてください。',
  ],
  'store-damaged': [
    '{place} のデータが壊れています（{reason}）。',
    '`kotodama fsck` のあと `kotodama restore` を実行してください。',
  ],
  'command-refused': ['{reason}。', '{mend}'],
  'backup-damaged': [
    '{file} は完全なバックアップではありません（{reason}）。',
    '別のバックアップを使ってください。',
  ],
  'disk-full': [
    '{place} のディスクに空きがありません。',
    '空きを作ってください。終わったものは失われません。',
  ],
  'settings-wrong': [
    '設定に誤りがあります：\n  {faults}',
    '各設定の書き方は docs/operate.md をご覧ください。',
  ],
  'too-large': ['要求が {limit} バイトを超えています。', '小さく分けて送ってください。'],
  'bad-request': ['{where}：{reason}', '入力を直してください。'],
  'not-found': [
    '{what} {id} はありません。',
    '削除されたか、名前が変わったのかもしれません。もう一度確かめてください。',
  ],
  'not-signed-in': ['サインインしていません。', 'サインインしてください。'],
  'sign-in-failed': [
    '名前かパスワードが違います。',
    'もう一度試すか、管理者に新しいリンクを頼んでください。',
  ],
  'not-allowed': ['あなたの役割ではできません。', '{role} に頼んでください。'],
  'foreign-origin': ['別のサイトからの要求です。', 'このページの正しいアドレスから開いてください。'],
  'too-many': ['要求が多すぎます。', '{seconds} 秒お待ちください。'],
  'link-used': ['このリンクは使用済みか、期限切れです。', '新しいリンクを頼んでください。'],
  'name-taken': ['{what} {name} はすでにあります。', '別の名前にしてください。'],
  'line-changed': ['先にほかの人がこの行を変えました。', '両方を見比べて、もう一度保存してください。'],
  'line-approved': ['承認済みの行は編集できません。', '先に承認を取り消してください。'],
  'upload-unfinished': ['アップロード {id} が終わっていません。', '最後まで送ってください。'],
  'parcel-unmade': [
    '納品ファイルは、いまの内容から作られたものではありません。',
    'エピソードのページで作り直してください。',
  ],
  busy: ['このエピソードは処理中です。', '終わるのを待つか、先に中止してください。'],
  fault: ['こちらの不具合です。', 'もう一度試してください。ログの {id} に詳細があります。'],
}
