import type { Tongue } from '../state.ts'

/** What is said of the honorifics of a series. */
export const honorificWords = {
  title: { en: 'Honorifics', ja: '敬称' },
  says: {
    en: 'What every episode does with -san, -senpai and the like. Lines that do otherwise are found.',
    ja: '「さん」「先輩」などを全話でどう訳すか。違う行は指摘されます。',
  },
  in: { en: 'In {language}', ja: '{language}では' },
  most: { en: 'as most lines of the episode do', ja: 'その回の多数に合わせる' },
  keep: { en: 'keep them: -san', ja: '残す（-san）' },
  drop: { en: 'leave them out', ja: '省く' },
  adapt: { en: 'say them as the language does', ja: '訳先の言い方にする' },
  terms: { en: 'One by one: senpai = Captain, …', ja: '個別に：senpai = Captain, …' },
  save: { en: 'Save', ja: '保存' },
} as const satisfies Record<string, Readonly<Record<Tongue, string>>>
