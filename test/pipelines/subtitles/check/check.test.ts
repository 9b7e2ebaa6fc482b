import { expect } from 'chai'
import { check, checkerOf } from '../../../../pipelines/subtitles/check/check.ts'
import { profileOf } from '../../../../pipelines/subtitles/check/houses.ts'
import { mendAll, previewMend } from '../../../../pipelines/subtitles/check/mend.ts'
import { netflix } from '../../../../pipelines/subtitles/check/netflix.ts'
import { changed, type Profile } from '../../../../pipelines/subtitles/check/profile.ts'
import type { Scene } from '../../../../pipelines/subtitles/check/rule.ts'
import { type Caption, type Document, editCaption, textOf } from '../../../../pipelines/subtitles/document.ts'

const film: Scene = { rate: { num: 24, den: 1 }, shots: [] }
const caption = (text: string, more: Partial<Caption> = {}): Caption => ({
  id: '1',
  start: 1000,
  end: 5000,
  kind: 'dialogue',
  runs: [{ text, marks: {} }],
  ...more,
})
const rulesOf = (captions: readonly Caption[], profile: Profile, scene = film) =>
  check({ captions }, profile, scene).map(({ rule }) => rule)

type Case = readonly [
  rule: string,
  language: string,
  before: string,
  after: string | undefined,
  more?: Partial<Caption>,
]
/** A text that breaks a rule, and what it is mended to; undefined where only a person can. */
const texts: readonly Case[] = [
  ['spaces', 'en', ' Hello  there !', 'Hello there!'],
  ['spaces', 'fr', 'Bonjour  !', 'Bonjour !'],
  ['spaces', 'es', '¿ Qué ?', '¿Qué?'],
  ['empty', 'en', ' ', undefined],
  ['ellipsis', 'en', 'Wait...', 'Wait…'],
  ['dual-hyphens', 'en', '- Who?\n- Me.', '-Who?\n-Me.'],
  ['dual-hyphens', 'es', '-¿Quién?\n-Yo.', '- ¿Quién?\n- Yo.'],
  ['dual-hyphens', 'nl', '- Wie?\n- Ik.', 'Wie?\n-Ik.'],
  ['dual-hyphens', 'bg', '- Кой?\n- Аз.', 'Кой?\n- Аз.'],
  ['dual-hyphens', 'en', 'Who?\n- Me.', '-Who?\n-Me.'],
  ['quotes', 'fr', 'Il a dit "oui".', 'Il a dit « oui ».'],
  ['quotes', 'ja', '彼は"はい"と言った', '彼は「はい」と言った'],
  ['italics', 'ko', '안녕', '안녕', { runs: [{ text: '안녕', marks: { italic: true } }] }],
  ['glyphs', 'en', 'So happy 😀', undefined],
  ['glyphs', 'en', 'in\u200bvisible', 'invisible'],
  ['interruption', 'en', 'But I—', 'But I--'],
  ['opening-mark', 'es', 'Qué haces?', undefined],
  ['numbers', 'en', 'I saw 3 of them', 'I saw three of them'],
  ['numbers', 'de', 'Ich sah 7 davon', 'Ich sah sieben davon'],
  ['number-begins', 'en', '21 people came.', 'Twenty-one people came.'],
  ['number-begins', 'en', 'Yes. 250 people came.', 'Yes. Two hundred fifty people came.'],
  ['sign-capitals', 'en', 'Closed today', 'CLOSED TODAY', { kind: 'sign' }],
  ['sign-capitals', 'es', 'Cerrado mañana', 'CERRADO MAÑANA', { kind: 'sign' }],
  ['sign-and-speech', 'en', 'CLOSED TODAY\nWhat a pity.', undefined],
  ['song-italics', 'en', 'Light up', 'Light up', { kind: 'song' }],
  [
    'song-ends',
    'en',
    'light up the hill,\nlight up the way.',
    'Light up the hill\nLight up the way',
    { kind: 'song', runs: [{ text: 'light up the hill,\nlight up the way.', marks: { italic: true } }] },
  ],
  [
    'rows',
    'en',
    'One of them is here\nand two of them are there\nand three are gone.',
    'One of them is here and two\nof them are there and three are gone.',
  ],
  [
    'row-length',
    'en',
    'I walked up the hill to look for the lantern my father left.',
    'I walked up the hill to look\nfor the lantern my father left.',
  ],
  ['row-length', 'ja', '灯り坂の上まで行けばきっと見つかる', '灯り坂の上まで\n行けばきっと見つかる'],
  ['one-row', 'en', 'It is\nhere.', 'It is here.'],
  [
    'row-parts-phrase',
    'en',
    'I walked up the hill and looked for the\nlantern.',
    'I walked up the hill\nand looked for the lantern.',
  ],
  [
    'row-parts-phrase',
    'en',
    'This is what they said to me and Haru\nTanaka yesterday.',
    'This is what they said to me\nand Haru Tanaka yesterday.',
  ],
  [
    'row-parts-phrase',
    'es',
    'Subí la colina para buscar la\nlinterna de mi padre.',
    'Subí la colina para buscar\nla linterna de mi padre.',
  ],
]

describe('checking captions', () => {
  for (const [rule, language, before, after, more] of texts)
    it(`${rule} (${language}): ${JSON.stringify(before)}${after === undefined ? '' : ` becomes ${JSON.stringify(after)}`}`, () => {
      const document: Document = { captions: [caption(before, more)] }
      const profile = netflix(language)
      const remark = check(document, profile, film).find(one => one.rule === rule)
      expect(remark, rule).not.to.equal(undefined)
      const mend = remark && previewMend(document, remark, profile, film)
      expect(mend && textOf(mend.after)).to.equal(after)
      if (mend) expect(rulesOf([mend.after], profile)).not.to.include(rule)
    })

  const silent: readonly (readonly [language: string, text: string, more?: Partial<Caption>])[] = [
    ['en', 'It is 3:15, on May 3, at 5%.'],
    ['en', '-Who?\n-Me.'],
    ['en', 'What is this? I have no idea.'],
    ['ja', '灯り坂の上まで\n行けばきっと見つかる', { end: 7000 }],
    ['es', '¿Qué haces? ¡Corre!'],
    ['fr', 'Qui est là ? Moi !'],
    ['ja', 'ABCDEFGHIJKLMNOPQRSTUVWX', { end: 7000 }],
    ['en', 'CLOSED TODAY', { kind: 'sign' }],
    ['pt-BR', 'Estou aqui, senhor.'],
  ]
  for (const [language, text, more] of silent)
    it(`has nothing to say of ${JSON.stringify(text)} (${language})`, () => {
      expect(rulesOf([caption(text, more)], netflix(language))).to.deep.equal([])
    })

  it('counts half-width characters half in Japanese', () => {
    const rows = (text: string) =>
      rulesOf([caption(text, { end: 8000 })], netflix('ja')).filter(rule => rule === 'row-length')
    expect(rows('あいうえおかきくけこさしす')).to.deep.equal([])
    expect(rows('あいうえおかきくけこさしすせ')).to.deep.equal(['row-length'])
    expect(rows('あいうえおかきくけこさしAB')).to.deep.equal([])
    expect(rows('あいうえおかきくけこさしABC')).to.deep.equal(['row-length'])
  })

  it('gives vertical Japanese eleven characters a column', () => {
    const vertical = { place: { vertical: 'rl' as const } }
    expect(rulesOf([caption('あいうえおかきくけこさし', vertical)], netflix('ja'))).to.include('row-length')
  })

  it('counts what a reader sees as one character as one', () => {
    const family = '👩‍👩‍👧‍👦'.repeat(42)
    expect(rulesOf([caption(family)], netflix('en'))).not.to.include('row-length')
  })

  const pairs: readonly (readonly [
    sentence: string,
    rule: string,
    first: readonly [number, number],
    second: readonly [number, number],
    mended: number | undefined,
  ])[] = [
    ['overlapping captions', 'overlap', [1000, 3100], [3000, 5000], 2917],
    ['a gap under two frames', 'gap-short', [1000, 2958], [3000, 5000], 2917],
    ['a gap of three to eleven frames', 'gap-flickers', [1000, 2750], [3000, 5000], 2917],
    ['a gap of half a second', '', [1000, 2500], [3000, 5000], undefined],
    ['a gap of two frames', '', [1000, 2917], [3000, 5000], undefined],
  ]
  for (const [sentence, rule, first, second, mended] of pairs)
    it(`${sentence}: ${rule || 'is well'}`, () => {
      const captions = [
        caption('One.', { start: first[0], end: first[1] }),
        caption('Two.', { id: '2', start: second[0], end: second[1] }),
      ]
      const profile = netflix('en')
      expect(rulesOf(captions, profile).filter(name => name !== 'off-frame')).to.deep.equal(
        rule === '' ? [] : [rule],
      )
      expect(mendAll({ captions }, profile, film).document.captions[0]?.end).to.equal(mended ?? first[1])
    })

  const zones: readonly (readonly [edge: 'start' | 'end', frames: number, mended: number])[] = [
    ['start', 1, 0],
    ['start', 11, 0],
    ['start', 12, 12],
    ['start', -8, 0],
    ['start', -9, -12],
    ['start', -11, -12],
    ['start', -12, -12],
    ['end', -11, -2],
    ['end', -2, -2],
    ['end', 0, -2],
    ['end', 11, -2],
    ['end', 12, 12],
  ]
  /** Half a second is 25 frames here, and two thirds of it 17. */
  const widerZones: typeof zones = [
    ['start', 24, 0],
    ['start', 25, 25],
    ['start', -17, 0],
    ['start', -18, -25],
    ['end', 24, -2],
    ['end', -24, -2],
    ['end', 25, 25],
  ]
  for (const [name, rate, table] of [
    ['24', { num: 24, den: 1 }, zones],
    ['23.976', { num: 24_000, den: 1001 }, zones],
    ['50', { num: 50, den: 1 }, widerZones],
  ] as const)
    for (const [edge, frames, mended] of table)
      it(`at ${name} frames a second, ${edge === 'start' ? 'coming' : 'leaving'} ${frames} frames from a cut ${frames === mended ? 'is well' : `becomes ${mended}`}`, () => {
        const at = (count: number) => Math.round(((240 + count) * 1000 * rate.den) / rate.num)
        const times =
          edge === 'start'
            ? { start: at(frames), end: at(frames + 90) }
            : { start: at(frames - 90), end: at(frames) }
        const { document } = mendAll({ captions: [caption('One and two.', times)] }, netflix('en'), {
          rate,
          shots: [at(0)],
        })
        expect(document.captions[0]?.[edge]).to.equal(at(mended))
      })

  it('finds terms of the glossary missing, and forbidden ones', () => {
    const scene: Scene = {
      ...film,
      sources: { '1': '灯り坂へ行く' },
      glossary: [{ source: '灯り坂', target: 'Akari Hill', language: 'en', forbid: ['Lamp Hill'] }],
    }
    const remarks = (text: string) =>
      check({ captions: [caption(text)] }, netflix('en'), scene).map(({ rule, figures }) => [rule, figures])
    expect(remarks('To Akari Hill.')).to.deep.equal([])
    expect(remarks('To the hill.')).to.deep.equal([['glossary', { source: '灯り坂', target: 'Akari Hill' }]])
    expect(
      mendAll({ captions: [caption('To Lamp Hill.')] }, netflix('en'), scene).document.captions.map(textOf),
    ).to.deep.equal(['To Akari Hill.'])
  })

  it('finds names that are spelled almost right', () => {
    const { document } = mendAll({ captions: [caption('Where is Harou?')] }, netflix('en'), {
      ...film,
      names: ['Haru', 'Tome'],
    })
    expect(document.captions.map(textOf)).to.deep.equal(['Where is Haru?'])
  })

  it('tells the rule, the place, the figures and the clause of what it finds', () => {
    const [remark] = check(
      { captions: [caption('There is far too much to read here.', { end: 2000 })] },
      netflix('en'),
      film,
    )
    expect(remark).to.deep.include({
      rule: 'reading-speed',
      severity: 'warning',
      caption: '1',
      place: { span: { start: 1000, end: 2000 }, language: 'en' },
      figures: { cps: 35, limit: 20 },
      says: 'There are 35 characters a second to read, more than 20.',
      clause: 'Netflix Timed Text Style Guide: en: Reading speed',
    })
  })

  it('looks again only at what was edited and what stands beside it', () => {
    const captions = Array.from({ length: 50 }, (_, i) =>
      caption('Wait...', { id: String(i), start: i * 3000, end: i * 3000 + 2000 }),
    )
    const checker = checkerOf(netflix('en'), film)
    const before = checker({ captions })
    const edited = editCaption({ captions }, '20', one => ({ ...one, runs: [{ text: 'Go.', marks: {} }] }))
    const after = checker(edited)
    expect(after.filter(one => one.caption === '20')).to.deep.equal([])
    const kept = after.filter(one => before.includes(one)).map(one => Number(one.caption))
    expect(new Set(kept).size).to.equal(47)
    expect(after).to.deep.equal(
      check(edited, netflix('en'), film).map((one, i) => ({
        ...one,
        ...(after[i]?.mended && { mended: after[i]?.mended }),
      })),
    )
  })

  it('lets a house change a profile, and writes the change down', () => {
    const base = profileOf('netflix', 'en')
    const ours = base && changed(base, 'ours', { row: 36 }, 'lead', 'small screens')
    expect(ours?.row).to.equal(36)
    expect(ours?.changes).to.deep.equal([
      { field: 'row', was: 42, now: 36, by: 'lead', why: 'small screens' },
    ])
  })

  it('knows houses by their names only', () => {
    expect(profileOf('bbc', 'en')?.row).to.equal(37)
    expect(profileOf('amazon', 'ar')?.speed).to.equal(20)
    expect(profileOf('__proto__', 'en')).to.equal(undefined)
  })
})
