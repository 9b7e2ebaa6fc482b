import type { Tongue } from '../state.ts'

/** What is said where an episode itself is changed. */
export const aboutWords = {
  about: { en: 'Change the episode', ja: 'エピソードの変更' },
  'on-air': { en: 'On air', ja: '放送・配信日時' },
  save: { en: 'Save', ja: '保存' },
  saving: {
    en: 'One moment: the sound of another master is compared first.',
    ja: '少しお待ちください。新しい本編は、先に音を比べます。',
  },
  saved: { en: 'Saved.', ja: '保存しました。' },
  files: { en: 'Add or replace', ja: '追加・差し替え' },
  again: {
    en: 'With another script or other subtitles the lines are made again. What people wrote stays on every line that says the same.',
    ja: '台本や字幕を替えると、セリフを作り直します。同じ内容のセリフに人が書いたものは残ります。',
  },
  late: {
    en: 'With a late master of this episode all lines go where their sound went, and keep what people wrote and approved. Only lines whose place was changed reopen. If it is cut otherwise, give its music and effects too: those of the earlier master are let go.',
    ja: '新しい本編（差し替えマスター）を渡すと、セリフは音に合わせて移り、人が書いたものと承認はそのまま残ります。変わった所のセリフだけ承認が外れます。編集が変わったときは、音楽・効果音も一緒に渡してください。前のものは使われなくなります。',
  },
  history: { en: 'Changed so far', ja: '変更の記録' },
  changed: { en: '{when}, {by}: {what}', ja: '{when}　{by}：{what}' },
  title: { en: 'title', ja: 'タイトル' },
  onAir: { en: 'on-air time', ja: '放送・配信日時' },
  media: { en: 'master', ja: '本編' },
  script: { en: 'script', ja: '台本' },
  subtitles: { en: 'subtitles', ja: '字幕' },
  me: { en: 'music and effects', ja: '音楽・効果音' },
} as const satisfies Record<string, Readonly<Record<Tongue, string>>>
