/** The words of songs at the desk, in both languages side by side. */
export const songWords = {
  song: { en: 'Song', ja: '歌' },
  forms: { en: 'Its other forms', ja: '同じ歌詞の別表記' },
  romaji: { en: 'romaji', ja: 'ローマ字' },
  kanji: { en: 'as written', ja: '漢字かな' },
  translation: { en: 'translation', ja: '訳' },
  'take-form': { en: 'Use this', ja: 'これを使う' },
  syllables: { en: 'Syllables', ja: '音節' },
  'syllables-keys': {
    en: '← → choose, ↑ ↓ move its end by 10 ms (with Shift by a frame), Enter splits, Delete joins with the next.',
    ja: '← → で選び、↑ ↓ で終わりを 10 ms ずつ（Shift で 1 フレーム）動かします。Enter で分割、Delete で次とつなぎます。',
  },
  syllable: { en: '{start} to {end} ms', ja: '{start}～{end} ms' },
  'time-them': { en: 'Time its syllables', ja: '音節に分けて時間を付ける' },
  earlier: { en: 'End 10 ms earlier', ja: '終わりを 10 ms 早く' },
  later: { en: 'End 10 ms later', ja: '終わりを 10 ms 遅く' },
  'frame-earlier': { en: 'End a frame earlier', ja: '終わりを 1 フレーム早く' },
  'frame-later': { en: 'End a frame later', ja: '終わりを 1 フレーム遅く' },
  split: { en: 'Split', ja: '分割' },
  'split-where': { en: 'Split where', ja: '分割する位置' },
  join: { en: 'Join with the next', ja: '次とつなぐ' },
} as const

export type SongWord = keyof typeof songWords
