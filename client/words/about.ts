import type { Tongue } from '../state.ts'

/** What is said where an episode itself is changed. */
export const aboutWords = {
  about: { en: 'Change the episode', ja: 'エピソードの変更' },
  'on-air': { en: 'On air', ja: '放送・配信日時' },
  save: { en: 'Save', ja: '保存' },
  saved: { en: 'Saved.', ja: '保存しました。' },
  files: { en: 'Add or replace', ja: '追加・差し替え' },
  again: {
    en: 'With another script or other subtitles the lines are made again. What people wrote stays on every line that says the same.',
    ja: '台本や字幕を替えると、セリフを作り直します。同じ内容のセリフに人が書いたものは残ります。',
  },
  history: { en: 'Changed so far', ja: '変更の記録' },
  changed: { en: '{when}, {by}: {what}', ja: '{when}　{by}：{what}' },
  title: { en: 'title', ja: 'タイトル' },
  onAir: { en: 'on-air time', ja: '放送・配信日時' },
  script: { en: 'script', ja: '台本' },
  subtitles: { en: 'subtitles', ja: '字幕' },
  me: { en: 'music and effects', ja: '音楽・効果音' },
} as const satisfies Record<string, Readonly<Record<Tongue, string>>>
