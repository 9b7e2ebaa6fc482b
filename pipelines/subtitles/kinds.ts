import type { LineKind } from '../terms.ts'

/** What a style's name says its lines are, as fansubbers and houses call them. The first row that fits counts. */
const kindsOfStyles: readonly (readonly [pattern: RegExp, kind: LineKind])[] = [
  [
    /(?:^|[\W_])(?:op|ed)(?:\d+)?(?:$|[\W_])|song|karaoke|kara|lyric|romaji|kanji|insert|歌|カラオケ|歌詞/i,
    'song',
  ],
  [
    /sign|title|type-?set|(?:^|[\W_])ts(?:$|[\W_])|on-?screen|eyecatch|next ?ep|テロップ|看板|字幕画面/i,
    'sign',
  ],
  [/(?:^|[\W_])(?:tl|translator)?[\W_]*notes?(?:$|[\W_])|comment|(?:^|[\W_])tn(?:$|[\W_])|注釈|注/i, 'note'],
  [/narrat|voice-?over|ナレーション|語り/i, 'narration'],
]
export type StyleKinds = Readonly<Record<string, LineKind>>

/** `byHand` names styles a person has sorted; what isn't there is told by its name. */
export function kindOfStyle(style: string, byHand: StyleKinds = {}): LineKind {
  if (Object.hasOwn(byHand, style)) return byHand[style] ?? 'dialogue'
  return kindsOfStyles.find(([pattern]) => pattern.test(style))?.[1] ?? 'dialogue'
}

const stylesOfKinds: Readonly<Record<LineKind, string>> = {
  dialogue: 'Default',
  sign: 'Sign',
  song: 'Song',
  note: 'Note',
  narration: 'Narration',
}
export const styleOfKind = (kind: LineKind): string => stylesOfKinds[kind]

/** Sung words stand behind a note, whatever tags or hyphens come before it. */
export function isSong(text: string): boolean {
  const first = text.charCodeAt(0)
  return (
    // Most texts begin with a letter, kana or a Chinese character.
    (first < 0x40 || (first > 0x7a && first < 0x3041) || first > 0xff00) &&
    /^(?:<[^<>\n]{0,40}>|\{[^{}\n]{0,40}\}|[\s"“(（[\-–])*[♪♫♬]/u.test(text.slice(0, 120))
  )
}
