/** The shape of a yes: what it says, so that whoever shows it shows all of it. Part of ../verify.ts, which see. */
import { type Fields, must, record, text, texts, whole } from './shape.ts'

const lists = [
  'acts',
  'episodes',
  'characters',
  'languages',
  'territories',
  'media',
  'words',
  'banned',
] as const
const words = ['title', 'holder', 'label', 'credit'] as const
const numbers = ['from', 'makeUntil', 'until', 'noticeHours'] as const
const threeYears = 3 * 366 * 86_400_000

/** A grant with exactly its fields, and terms that say what they allow, from when, and to an end within three years. */
export function mustBeYes(statement: Fields): void {
  must(statement.kind === 'grant', 'kind')
  const yes = record(statement, ['kind', 'by', 'at', 'actor', 'of', 'terms', 'noticeWaived'], 'kind')
  for (const name of ['by', 'actor', 'of']) must(/^[\w-]{43}$/.test(text(yes[name], 'kind')), 'kind')
  must(typeof yes.noticeWaived === 'boolean' && whole(yes.at, 'kind') >= 0, 'kind')
  const more = ['limits', 'alterations', 'money', 'afterWithdrawal']
  const terms = record(yes.terms, [...lists, ...words, ...numbers, ...more], 'kind')
  for (const name of lists) texts(terms[name], 'kind')
  texts(terms.alterations, 'kind')
  for (const name of words) text(terms[name], 'kind')
  const [from, makeUntil, until] = numbers.map(name => whole(terms[name], 'kind'))
  must(from! < makeUntil! && makeUntil! <= until! && until! - from! <= threeYears, 'kind')
  const limits = record(terms.limits, ['lines', 'seconds'], 'kind')
  const money = record(terms.money, ['model', 'currency', 'rate', 'basis'], 'kind')
  const after = record(terms.afterWithdrawal, ['released', 'sellOffDays'], 'kind')
  for (const number of [limits.lines, limits.seconds, money.rate, after.sellOffDays]) whole(number, 'kind')
  for (const word of [money.model, money.currency, money.basis, after.released]) text(word, 'kind')
}
