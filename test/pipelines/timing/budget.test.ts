import { expect } from 'chai'
import { budgetsOf } from '../../../pipelines/timing/budget.ts'
import { line, words } from '../../support/lines.ts'

describe('the budget of a line', () => {
  const two = line(
    'a',
    '待って、行こう',
    { start: 0, end: 3000 },
    { words: words('待って、 0-1000 行こう 2000-3000') },
  )
  /** Syllables of two stretches of a second each, at the rates of Pellegrino, Coupé & Marsico (2011). */
  const cases: readonly [to: string, syllables: number][] = [
    ['en', 6],
    ['es-419', 8],
    ['ja', 8],
    ['zh', 5],
    ['de', 6],
    ['fi', 6],
  ]
  for (const [to, syllables] of cases)
    it(`is ${syllables} syllables a second in ${to}, for each stretch between pauses`, () =>
      expect(budgetsOf([two], undefined, to)).to.deep.equal({ a: { phrases: [syllables, syllables] } }))

  it('is where speech is heard, when nobody timed the words', () => {
    const speech = [
      { start: 0, end: 500 },
      { start: 1000, end: 3000 },
    ]
    expect(budgetsOf([{ ...two, words: [] }], { speech }, 'en')).to.deep.equal({ a: { phrases: [3, 12] } })
  })
  it('is not given for what nobody dubs', () => {
    expect(
      budgetsOf(
        [
          { ...two, kind: 'sign' },
          { ...two, kind: 'song' },
        ],
        undefined,
        'en',
      ),
    ).to.deep.equal({})
  })
})
