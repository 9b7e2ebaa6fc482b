/** A yes that says too little, too much, or nothing: signed by its actor all the same, in a true log. */
import type { Signed, Statement } from '../../consent/records.ts'
import { day } from '../../consent/terms.ts'
import { actor, grant, type Lie, liars } from './liars.ts'

type Change = Readonly<Record<string, unknown>>

function signed(statement: object): Signed {
  const what = { statement: statement as Statement, shown: { language: 'ja' as const, text: '同意します。' } }
  return { ...what, proofs: [actor.prove(what)] }
}
const { terms } = grant
const yeses: readonly (readonly [says: string, statement: object])[] = [
  ['says more than a yes', { ...grant, also: true }],
  ['does not say whether notice is waived', { ...grant, noticeWaived: undefined }],
  ['waives notice with a word', { ...grant, noticeWaived: 'yes' }],
  ['has no terms', { ...grant, terms: null }],
  ['has a list for terms', { ...grant, terms: [] }],
  ['is to no request', { ...grant, of: '' }],
  ['was said before time', { ...grant, at: -1 }],
  ...(
    [
      ['has no end', { until: undefined }],
      ['ends never', { until: null }],
      ['ends in a thousand years', { until: terms.from + 365_000 * day }],
      ['ends a day after three years', { until: terms.from + (3 * 366 + 1) * day }],
      ['ends before it begins', { from: terms.until }],
      ['ends in the middle of a millisecond', { until: terms.until + 0.5 }],
      ['may be made after it is over', { makeUntil: terms.until + 1 }],
      ['may never be made', { makeUntil: terms.from }],
      ['is to every act', { acts: '*' }],
      ['is to an act that is none', { acts: [null] }],
      ['is to one act twice', { acts: [terms.acts[0], terms.acts[0]] }],
      ['is of every title', { title: null }],
      ['is of every line', { words: { length: 1 } }],
      ['has fewer lines than none', { limits: { ...terms.limits, lines: -1 } }],
      ['has no limit', { limits: {} }],
      ['has a limit too many', { limits: { ...terms.limits, films: 1 } }],
      ['is paid for by nothing that is said', { money: {} }],
      ['costs money', { money: { ...terms.money, rate: -5 } }],
      ['does not say what a withdrawal does', { afterWithdrawal: {} }],
      ['bans nothing that is said', { banned: undefined }],
      ['says more in its terms', { everythingElse: true }],
    ] as readonly (readonly [string, Change])[]
  ).map(([says, change]) => [says, { ...grant, terms: { ...terms, ...change } }] as const),
]

export const evilYeses = async (): Promise<readonly Lie[]> =>
  Promise.all(
    yeses.map(async ([says, statement]): Promise<Lie> => {
      const plain = JSON.parse(JSON.stringify(statement))
      return [`a yes that ${says}`, await liars([actor.enrolment, signed(plain)]), 'kind']
    }),
  )
