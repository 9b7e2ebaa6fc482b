import { expect } from 'chai'
import { mendLine } from '../../client/actions/mend-line.ts'
import { write } from '../../client/desk/drafts.ts'
import { mendedWords } from '../../client/desk/mends.ts'
import { type Desk, initial, type State } from '../../client/state.ts'
import type { FindingView, LineView, Role } from '../../server/contract.ts'
import { deskOf, lineView } from '../support/desk.ts'

const finding = (rule: string, text?: string): FindingView => ({
  rule,
  severity: 'note',
  says: 'So.',
  place: { line: 'l1' },
  figures: {},
  ...(text !== undefined && { fix: { was: 'Let’s go...  now.', text, all: 'Let’s go… now.' } }),
})
const findings = [
  finding('too-short'),
  finding('ellipsis', 'Let’s go…  now.'),
  finding('spaces', 'Let’s go... now.'),
]
const words = lineView('l1', { text: 'Let’s go...  now.', findings })
const at = (line: LineView, more: Partial<Desk> = {}, roles: readonly Role[] = ['translator']): State => ({
  ...initial({ tongue: 'en', theme: 'auto', place: { at: 'series' }, now: 0 }),
  session: { user: { id: 'u', name: 'U', roles: [...roles] }, csrf: '' },
  desk: deskOf([line], { open: 'l1', ...more }),
})

describe('mending the words of a line', () => {
  it('takes everything that can be mended at once', () => {
    expect(mendedWords(at(words))).to.equal('Let’s go… now.')
    expect(mendLine.when(at(words))).to.equal(true)
  })

  const never: readonly (readonly [because: string, state: State])[] = [
    ['nothing can be mended in words', at({ ...words, findings: [finding('too-short')] })],
    ['the line is approved', at({ ...words, approval: { by: 'R', at: '2026-11-21' } })],
    ['there are newer words than those it was found in', at({ ...words, text: 'Go.' })],
    [
      'its person is writing something else',
      at(words, { drafts: write(deskOf([words]), words, { text: 'No.' }).drafts }),
    ],
    ['somebody only reviews', at(words, {}, ['reviewer'])],
    ['no line is open', at(words, { open: undefined })],
  ]
  for (const [because, state] of never)
    it(`is not offered where ${because}`, () => {
      expect([mendedWords(state), mendLine.when(state)]).to.deep.equal([undefined, false])
    })
})
