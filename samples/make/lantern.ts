import type { Spoken, Story } from './plan.ts'
import type { Note } from './voice.ts'

/** Heights of the song: D major without its fourth and seventh, in hertz. */
const [d3, e3, fis3, a3, b3, d4] = [146.83, 164.81, 185, 220, 246.94, 293.66] as const
const note = (kana: string, hertz: number, beats = 1): Note => ({ kana, hertz, beats })

/** Four bars of four beats each. */
const glowNow = [
  ...[note('と', a3), note('も', b3), note('れー', d4, 2)],
  ...[note('と', d4), note('も', b3), note('れー', a3, 2)],
  ...[note('ち', fis3), note('い', a3), note('さ', b3), note('な', a3)],
  ...[note('ほ', fis3), note('し', e3), note('よー', d3, 2)],
]
const lightTheHill = [
  ...[note('よ', d4), note('る', b3), note('のー', a3, 2)],
  ...[note('さ', b3), note('か', a3), note('み', fis3), note('ち', e3)],
  ...[note('て', fis3), note('ら', a3), note('し', b3), note('て', d4)],
  ...[note('お', b3), note('く', a3), note('れー', d4, 2)],
]
export const tune = [...glowNow, ...lightTheHill]

const line =
  (by: string) =>
  (text: string, say: string, more: Partial<Spoken> = {}): Spoken => ({
    kind: 'dialogue',
    by,
    text,
    say,
    ...more,
  })
const haru = line('ハル')
const sota = line('ソウタ')
const tome = line('トメ')
const away = { away: true }

export const lantern: Story = {
  heading: '灯り坂のランタン　第1話　消えた灯り石',
  language: 'jpn',
  rate: { num: 24_000, den: 1001 },
  width: 640,
  height: 360,
  throats: {
    ハル: { name: 'ja+f3', pitch: 78, rate: 165 },
    ソウタ: { name: 'ja+m3', pitch: 70, rate: 165 },
    トメ: { name: 'ja+f5', pitch: 18, rate: 142 },
    ナレーション: { name: 'ja+m8', pitch: 42, rate: 145 },
  },
  quote: (by, words) => `${by}「${words}」`,
  shots: [
    {
      picture: 'hill',
      lead: 2400,
      tail: 500,
      rows: [
        { kind: 'heading', text: '灯り坂・夕方' },
        { kind: 'direction', text: 'ソウタ、坂を急いで上る。ハル、石を抱いて追う' },
        haru('ソウタ先輩《せんぱい》、待《ま》ってください！', 'そうた せんぱい、まって ください！'),
        sota(
          '急《いそ》げ、ハル。星《ほし》まつりまで、あと一時間《いちじかん》だ。',
          'いそげ、はる。ほしまつりまで、あと いちじかんだ。',
        ),
      ],
    },
    {
      picture: 'haru',
      lead: 250,
      tail: 400,
      rows: [
        haru(
          'でも、｜灯り石《あかりいし》がまた消《き》えちゃったんです。',
          'でも、あかりいしが また きえちゃったんです。',
        ),
      ],
    },
    {
      picture: 'sota',
      lead: 200,
      tail: 500,
      rows: [
        sota(
          'だから、灯屋《あかりや》のトメさんに見《み》てもらうんだ。',
          'だから、あかりやの とめさんに みてもらうんだ。',
        ),
        sota('あの人《ひと》なら、きっと直《なお》せる。', 'あのひとなら、きっと なおせる。', {
          gap: 600,
        }),
      ],
    },
    {
      picture: 'sign',
      lead: 900,
      tail: 500,
      rows: [
        { kind: 'heading', text: '灯屋の前' },
        { kind: 'sign', on: '看板', text: '灯屋　本日休業' },
        haru(
          'えっ（息をのむ）、本日休業《ほんじつきゅうぎょう》って書《か》いてありますよ。',
          'えっ、ほんじつきゅうぎょうって、かいてありますよ。',
          away,
        ),
      ],
    },
    {
      picture: 'pair',
      lead: 300,
      tail: 1500,
      rows: [
        sota('そんな……。今日《きょう》に限《かぎ》って。', 'そんな。 きょうに かぎって。'),
        { kind: 'direction', text: '戸が開く音' },
      ],
    },
    {
      picture: 'tome',
      lead: 300,
      tail: 400,
      rows: [
        tome(
          'こらこら、店《みせ》の前《まえ》で泣《な》くんじゃないよ。',
          'こらこら、みせのまえで、なくんじゃないよ。',
        ),
        haru('トメさん！', 'とめさん！', away),
        tome('どれ、その石《いし》を見《み》せてごらん。', 'どれ、その いしを みせてごらん。'),
      ],
    },
    {
      picture: 'stone',
      lead: 400,
      tail: 450,
      rows: [
        tome('ふむ。壊《こわ》れてはいないね。', 'ふむ。 こわれてわ いないね。', away),
        tome(
          '｜灯り石《あかりいし》はね、歌《うた》で目《め》を覚《さ》ますんだ。',
          'あかりいしわね、うたで めを さますんだ。',
          { gap: 600, away: true },
        ),
      ],
    },
    {
      picture: 'sota',
      lead: 200,
      tail: 400,
      rows: [sota('歌《うた》ですか？　おれは音痴《おんち》で……。', 'うたですか？ おれわ、おんちで。')],
    },
    {
      picture: 'tome',
      lead: 200,
      tail: 350,
      rows: [tome('ハルさん、あんたが歌《うた》いなさい。', 'はるさん、あんたが うたいなさい。')],
    },
    {
      picture: 'haru',
      lead: 250,
      tail: 900,
      rows: [
        haru('わ、わたしがですか？', 'わ、わたしが、ですか？'),
        sota('大丈夫《だいじょうぶ》。おれたちが、ついてる。', 'だいじょうぶ。 おれたちが、ついてる。', away),
      ],
    },
    {
      picture: 'singer',
      lead: 1010,
      tail: 300,
      rows: [
        { kind: 'direction', text: 'ハル、石に歌いかける' },
        {
          kind: 'song',
          by: 'ハル',
          text: '♪ともれ　ともれ　ちいさな　ほしよ♪',
          say: '',
          notes: glowNow,
        },
        {
          kind: 'song',
          by: 'ハル',
          text: '♪よるの　さかみち　てらして　おくれ♪',
          say: '',
          notes: lightTheHill,
          gap: 0,
        },
      ],
    },
    {
      picture: 'glow',
      lead: 1300,
      tail: 500,
      rows: [{ kind: 'direction', text: '石に光がともる' }, sota('光《ひか》った！', 'ひかった！', away)],
    },
    {
      picture: 'festival',
      lead: 500,
      tail: 2600,
      rows: [
        { kind: 'heading', text: '灯り坂・星まつりの夜' },
        haru('トメさん、ありがとうございます！', 'とめさん、ありがとう ございます！'),
        tome('お礼《れい》は、まつりの後《あと》でいいよ。', 'おれいわ、まつりの あとで いいよ。'),
        sota('行《い》こう、ハル。みんなが待《ま》ってる。', 'いこう、はる。みんなが まってる。'),
        {
          kind: 'narration',
          by: 'ナレーション',
          text: 'こうして今年《ことし》も、坂《さか》の町《まち》に灯《あか》りがともった。',
          say: 'こうして ことしも、さかの まちに、あかりが ともった。',
          gap: 1100,
          away: true,
        },
      ],
    },
  ],
}
