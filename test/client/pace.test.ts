import { expect } from 'chai'
import { lengthOf, paceOf } from '../../client/pace.ts'
import { lineView } from '../support/desk.ts'

describe('how fast a text is to be read', () => {
  const lengths: readonly [text: string, language: string, length: number][] = [
    ['Let’s go.', 'en', 9],
    ['Two\nrows', 'en', 8],
    ['  edges  ', 'en', 5],
    ['👩‍🚒 go', 'en', 6],
    ['行こう', 'ja', 3],
    ['行こう\n今', 'ja', 4],
    ['TVを見る', 'ja', 4],
    ['ﾊﾙ', 'ja', 1],
    ['갑시다', 'ko', 3],
    ['', 'en', 0],
  ]
  for (const [text, language, length] of lengths)
    it(`counts ${JSON.stringify(text)} in ${language} as ${length}`, () => {
      expect(lengthOf(text, language)).to.equal(length)
    })

  const line = lineView('l', { start: 0, end: 2000, text: 'a'.repeat(50) })
  const limit = { cps: 20, columns: 42, rows: 2, house: 'Netflix' }
  it('says how many characters too many there are', () => {
    expect(paceOf(line, limit)).to.deep.equal({ length: 50, cps: 25, tooFast: true, left: -10 })
  })
  it('says how many are left', () => {
    expect(paceOf({ ...line, text: 'a'.repeat(30) }, limit)).to.include({ tooFast: false, left: 10 })
  })
  it('judges nothing where no limit is known', () => {
    expect(paceOf(line, undefined)).to.deep.equal({ length: 50, cps: 25, tooFast: false })
  })
})
