import { expect } from 'chai'
import { check } from '../../../../pipelines/subtitles/check/check.ts'
import { houseNames, profileOf } from '../../../../pipelines/subtitles/check/houses.ts'
import { mendAll } from '../../../../pipelines/subtitles/check/mend.ts'
import { netflix, netflixLanguages } from '../../../../pipelines/subtitles/check/netflix.ts'
import type { Profile } from '../../../../pipelines/subtitles/check/profile.ts'
import type { Scene } from '../../../../pipelines/subtitles/check/rule.ts'
import { type Caption, textOf } from '../../../../pipelines/subtitles/document.ts'
import type { Audience } from '../../../../pipelines/terms.ts'

const film: Scene = { rate: { num: 24, den: 1 }, shots: [] }
const caption = (text: string, start = 0, end = 4000, more: Partial<Caption> = {}): Caption => ({
  id: String(start),
  start,
  end,
  kind: 'dialogue',
  runs: [{ text, marks: {} }],
  ...more,
})
const house = (name: string, language = 'en', audience?: Audience): Profile =>
  profileOf(name, language, audience) ?? expect.fail(`no house is called ${name}`)

describe('the figures of Netflix’s guides', () => {
  // Character limitation, reading speed (adult, child, SDH adult, SDH child), dual speakers, italics.
  const guides: readonly (readonly [
    languages: string,
    row: number,
    speeds: readonly [number, number, number, number],
    dual: string | undefined,
    italics: boolean,
  ])[] = [
    ['en', 42, [20, 17, 20, 17], '-A/-B', true],
    ['ja', 13, [4, 4, 7, 7], undefined, true],
    ['es es-ES es-419 es-MX', 42, [17, 13, 20, 17], '- A/- B', true],
    ['pt pt-BR pt-PT', 42, [17, 13, 20, 17], '- A/- B', true],
    ['fr fr-CA', 42, [17, 13, 20, 17], '- A/- B', true],
    ['de da sv nb', 42, [17, 13, 20, 17], '-A/-B', true],
    ['it pl cs hu ro sk id ms vi', 42, [17, 13, 20, 17], '- A/- B', true],
    ['ru', 42, [17, 13, 20, 17], '- A/- B', true],
    ['nl fi sr', 42, [17, 13, 20, 17], 'A/-B', true],
    ['bg', 42, [17, 13, 20, 17], 'A/- B', true],
    ['he', 42, [17, 13, 20, 17], 'A/-B', false],
    ['ar', 42, [20, 17, 23, 20], '- A/- B', false],
    ['hi', 42, [22, 18, 25, 20], '-A/-B', false],
    ['ko', 16, [12, 9, 14, 11], '- A/- B', false],
    ['zh zh-Hans zh-Hant zh-TW zh-CN', 16, [9, 7, 11, 9], '-A/-B', false],
    ['th', 35, [17, 13, 20, 17], '- A/- B', false],
  ]
  const audiences: readonly Audience[] = ['adult', 'child', 'sdh-adult', 'sdh-child']
  for (const [languages, row, speeds, dual, italics] of guides)
    for (const language of languages.split(' '))
      it(`hold in ${language}`, () => {
        const profile = netflix(language)
        expect([profile.row, profile.italics, profile.rows, profile.longest]).to.deep.equal([
          row,
          italics,
          2,
          7000,
        ])
        expect(audiences.map(audience => netflix(language, audience).speed)).to.deep.equal(speeds)
        const mark = profile.dual?.space ? '- ' : '-'
        const looks = profile.dual && `${profile.dual.both ? mark : ''}A/${mark}B`
        expect(looks).to.equal(dual)
        expect(profile.gap).to.deep.equal({ frames: 2 })
        expect(profile.shortest).to.equal(language === 'ja' ? 500 : 833)
        expect(profile.column).to.equal(language === 'ja' ? 11 : undefined)
      })
  it('are there for every language of the table', () => {
    const told = new Set(guides.flatMap(([languages]) => languages.toLowerCase().split(' ')))
    expect(netflixLanguages.filter(language => !told.has(language))).to.deep.equal([])
  })
})

describe('the figures of other houses', () => {
  type Figures = readonly [
    house: string,
    language: string,
    row: number,
    speed: number,
    least: number,
    most: number,
  ]
  const figures: readonly (readonly [...Figures, gap: Profile['gap']])[] = [
    ['bbc', 'en', 37, 20, 1000, 7000, { ms: 0 }],
    ['ebu', 'fr', 40, 20, 1000, 10_000, { ms: 200 }],
    ['amazon', 'en', 42, 17, 1000, 7007, { ms: 83 }],
    ['amazon', 'ar', 42, 20, 1000, 7007, { ms: 83 }],
    ['sdi-nl', 'nl', 37, 18.75, 1320, 7000, { ms: 160 }],
    ['sw2-fr', 'fr', 40, 25, 800, 5000, { ms: 120 }],
    ['sw3-fr', 'fr', 40, 25, 800, 5000, { ms: 160 }],
    ['sw4-fr', 'fr', 40, 25, 800, 5000, { ms: 240 }],
    ['pro-da', 'da', 40, 15, 2000, 8000, { ms: 83 }],
    ['pro-nl', 'nl', 42, 15, 1400, 7000, { ms: 83 }],
    ['tiktok', 'en', 24, 25, 700, 5000, { ms: 0 }],
  ]
  for (const [name, language, row, speed, least, most, gap] of figures)
    it(`hold at ${name} in ${language}`, () => {
      const profile = house(name, language)
      expect([profile.row, profile.speed, profile.shortest, profile.longest]).to.deep.equal([
        row,
        speed,
        least,
        most,
      ])
      expect(profile.gap).to.deep.equal(gap)
    })
  it('say 180 words a minute, and a gap that is closed or a second, at the BBC', () => {
    expect([house('bbc').words, house('bbc').chains]).to.deep.equal([180, 1000])
  })
})

describe('every finding names the clause it comes from', () => {
  const broken: readonly (readonly [house: string, clause: RegExp, captions: readonly Caption[]])[] = [
    ['netflix', /^Netflix Timed Text Style Guide: en: Character limitation$/, [caption('x'.repeat(43))]],
    [
      'bbc',
      /^BBC Subtitle Guidelines: Reading speed in words$/,
      [caption('one two three four five six seven', 0, 1500)],
    ],
    ['ebu', /^Arte: Cahier des charges: Maximum duration$/, [caption('Long.', 0, 10_100)]],
    ['amazon', /^Prime Video Timed Text Style Guide: Minimum duration$/, [caption('No.', 0, 900)]],
    ['simulcast', /^The habit of simulcast houses .*: Punctuation: ellipsis$/, [caption('Wait…')]],
  ]
  for (const [name, clause, captions] of broken)
    it(`at ${name}`, () => {
      const said = check({ captions }, house(name), film).map(remark => remark.clause)
      expect(
        said.some(one => clause.test(one)),
        said.join('; '),
      ).to.equal(true)
    })
  it('at every house, whatever is wrong', () => {
    const all = [caption('so 3... he said \n- "x" ', 0, 500), caption('and 😀', 450, 9900, { kind: 'song' })]
    for (const name of houseNames)
      for (const { clause, says, figures } of check({ captions: all }, house(name), film)) {
        expect(clause).to.match(/^\S.*: \S/)
        expect(says, JSON.stringify(figures)).to.not.match(/[{}]/)
      }
  })
})

describe('countries of one language', () => {
  const texts: readonly (readonly [language: string, before: string, after: string | undefined])[] = [
    ['pt-BR', 'Um facto económico', 'Um facto econômico'],
    ['pt-PT', 'O Ônibus chegou', 'O Autocarro chegou'],
    ['pt-BR', 'São 5 km até lá', 'São 5km até lá'],
    ['pt-PT', 'São 5km até lá', 'São 5 km até lá'],
    ['pt-BR', 'A 1.ª vez', 'A 1ª vez'],
    ['pt-PT', 'A 1ª vez', 'A 1.ª vez'],
    ['es-419', 'Un zumo', 'Un jugo'],
    ['es-MX', 'Vosotros vais', undefined],
    ['es-ES', 'Vosotros vais', 'Vosotros vais'],
    ['en-GB', 'My favorite color', 'My favourite colour'],
    ['en-US', 'Grey pyjamas', 'Gray pajamas'],
    ['zh-TW', '我们来看', '我們來看'],
    ['zh-Hans', '我們來看', '我们来看'],
    ['pt', 'O ônibus', 'O ônibus'],
  ]
  for (const [language, before, after] of texts)
    it(`${before} is ${after === before ? 'well' : (after ?? 'for a person')} in ${language}`, () => {
      const captions = [caption(before)]
      const wanted = ({ rule }: { readonly rule: string }) => rule === 'region' || rule === 'units'
      const found = check({ captions }, netflix(language), film).filter(wanted)
      expect(found.length > 0).to.equal(after !== before)
      const { document } = mendAll({ captions }, netflix(language), film, wanted)
      expect(document.captions.map(textOf)).to.deep.equal([after ?? before])
    })
})

describe('characters are counted as the guide counts them', () => {
  const rows: readonly (readonly [language: string, text: string, long: boolean])[] = [
    ['ja', 'あ'.repeat(13), false],
    ['ja', 'あ'.repeat(14), true],
    ['ja', `${'あ'.repeat(12)}AB`, false],
    ['ja', `${'あ'.repeat(12)}ABC`, true],
    ['ja', `${'あ'.repeat(12)}ｱｲ`, false],
    // Latin letters, spaces and points are half a character in Korean.
    ['ko', '가나다 라마바 사아자 차카타 파하', false],
    ['ko', '가'.repeat(17), true],
    // What a reader sees as one character is one: a letter with its accent, a family.
    ['vi', 'e\u0302\u0301'.repeat(42), false],
    ['hi', 'नि'.repeat(42), false],
    ['en', '👩‍👩‍👧'.repeat(42), false],
  ]
  for (const [language, text, long] of rows)
    it(`${text.length > 24 ? `${text.slice(0, 12)}…` : text} ${long ? 'is too long' : 'fits'} in ${language}`, () => {
      const rules = check({ captions: [caption(text)] }, netflix(language), film).map(({ rule }) => rule)
      expect(rules.includes('row-length')).to.equal(long)
    })
  it('eleven of them stand in a column of vertical Japanese', () => {
    const upright = (count: number) => [caption('あ'.repeat(count), 0, 4000, { place: { vertical: 'rl' } })]
    const rules = (count: number) =>
      check({ captions: upright(count) }, netflix('ja'), film).map(({ rule }) => rule)
    expect([rules(11).includes('row-length'), rules(12).includes('row-length')]).to.deep.equal([false, true])
  })
})
