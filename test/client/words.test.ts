import { expect } from 'chai'
import { findingsJa } from '../../client/words/findings-ja.ts'
import { problemsJa } from '../../client/words/problems-ja.ts'
import { deskWords, findingIn, languageIn, problemIn, wordsIn } from '../../client/words.ts'
import { problems } from '../../pipelines/problem.ts'
import { rules } from '../../pipelines/subtitles/check/rules.ts'

const placesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()

describe('the words of the page', () => {
  it('are there in both languages, every one', () => {
    const empty = Object.entries(deskWords).filter(([, { en, ja }]) => en.trim() === '' || ja.trim() === '')
    expect(empty).to.deep.equal([])
  })

  it('have the same figures in them in both languages', () => {
    for (const [word, { en, ja }] of Object.entries(deskWords))
      expect(placesIn(ja), word).to.deep.equal(placesIn(en))
  })

  it('tell every problem in Japanese, with no figure that the English does not have', () => {
    expect(Object.keys(problems).filter(code => !Object.hasOwn(problemsJa, code))).to.deep.equal([])
    for (const [code, [says, mend]] of Object.entries(problems)) {
      const row = problemsJa[code as keyof typeof problems]
      const known = placesIn(says + mend)
      expect(
        placesIn((row ?? []).join('')).filter(place => !known.includes(place)),
        code,
      ).to.deep.equal([])
    }
  })

  it('put the figures where they belong', () => {
    expect(wordsIn('en')('upload-part', { sent: '1 MB', size: '3 MB' })).to.equal('1 MB of 3 MB')
    expect(wordsIn('ja')('upload-part', { sent: '1 MB', size: '3 MB' })).to.equal('3 MB 中 1 MB')
  })

  const problem = { code: 'busy', says: 'It is busy.', mend: 'Wait.', figures: {} }
  it('tell a problem in the reader’s language', () => {
    expect(problemIn('en', problem)).to.deep.equal({ says: 'It is busy.', mend: 'Wait.' })
    expect(problemIn('ja', problem).says).to.equal('このエピソードは処理中です。')
  })
  for (const code of ['not-known-here', 'constructor', '__proto__'])
    it(`fall back to the server’s English for the code ${code}`, () => {
      expect(problemIn('ja', { ...problem, code })).to.deep.equal({ says: 'It is busy.', mend: 'Wait.' })
    })

  it('fall back to English for a finding nobody has translated', () => {
    const finding = { rule: 'new-rule', severity: 'note' as const, says: 'Hm.', place: {}, figures: {} }
    expect(findingIn('ja', finding)).to.deep.equal({ says: 'Hm.', mend: undefined })
  })
  it('fall back to English rather than leave a figure out', () => {
    const finding = {
      rule: 'overlong',
      severity: 'warning' as const,
      says: 'Too long.',
      place: {},
      figures: {},
    }
    expect(findingIn('ja', finding).says).to.equal('Too long.')
    const figures = { percent: 30, syllables: 4 }
    expect(findingIn('ja', { ...finding, figures }).says).to.contain('30%')
  })
  it('tell what is wrong with a subtitle with the figures that its rule has, and no others', () => {
    const strange = rules.flatMap(({ name, says, mend }) =>
      placesIn((findingsJa[name] ?? []).join('')).filter(place => !placesIn(says + mend).includes(place)),
    )
    expect(strange).to.deep.equal([])
    expect(rules.filter(({ name }) => Object.hasOwn(findingsJa, name))).to.have.length.above(30)
  })
  it('hold every finding’s sentence in Japanese as a sentence', () => {
    for (const [rule, [says]] of Object.entries(findingsJa)) expect(says, rule).to.match(/。$/)
  })

  it('name languages, and leave a tag that is none as it is', () => {
    expect(languageIn('en', 'ja')).to.equal('Japanese')
    expect(languageIn('ja', 'ja')).to.equal('日本語')
    expect(languageIn('en', 'not a tag')).to.equal('not a tag')
  })
})
