import type { Tongue } from '../state.ts'

/** What is said of the files to hand over, by how they stand. */
export const parcelWords = {
  none: { en: 'They are not made yet.', ja: 'まだ作られていません。' },
  making: { en: 'They are being made.', ja: '作成中です。' },
  current: {
    en: 'They are made of everything as it stands here now.',
    ja: 'いまの内容から作られた最新のものです。',
  },
  old: {
    en: 'Something was changed since they were made: those are taken back.',
    ja: '作成後に変更があったため、前のファイルは取り下げました。',
  },
  later: {
    en: 'They are made when every line is approved, or at once when you ask.',
    ja: 'すべてのセリフが承認されると作られます。すぐに作ることもできます。',
  },
  make: { en: 'Make the files', ja: 'ファイルを作る' },
} as const satisfies Record<string, Readonly<Record<Tongue, string>>>
