import type { ConsentWords, TermsShape } from '../../../server/contract.ts'
import { dayOf } from '../../leads/wish.ts'
import type { Tongue } from '../../state.ts'
import { languageIn } from '../../words.ts'
import type { LeadSay } from './say.ts'

/** One term of a request or a yes, for reading beside another. What is signed is the whole text. */
export function termIn(
  say: LeadSay,
  tongue: Tongue,
  words: ConsentWords | undefined,
  term: keyof TermsShape,
  terms: TermsShape,
): string {
  const list = (items: readonly string[]) => items.join(', ') || say('none')
  const named = (table: ConsentWords['acts'] | undefined, names: readonly string[]) =>
    list(names.map(name => table?.find(row => row.name === name)?.[tongue] ?? name))
  switch (term) {
    case 'acts':
      return named(words?.acts, terms.acts)
    case 'banned':
      return named(words?.contents, terms.banned)
    case 'alterations':
      return named(words?.alterations, terms.alterations)
    case 'languages':
      return list(terms.languages.map(language => languageIn(tongue, language)))
    case 'words':
      return say('count-lines', { count: terms.words.length })
    case 'limits':
      return `${say('count-lines', { count: terms.limits.lines })}, ${terms.limits.seconds} s`
    case 'from':
    case 'makeUntil':
    case 'until':
      return dayOf(terms[term])
    case 'money':
      return terms.money.basis
    case 'afterWithdrawal':
      return `${say(terms.afterWithdrawal.released)} (${terms.afterWithdrawal.sellOffDays})`
    case 'noticeHours':
      return String(terms.noticeHours)
    default: {
      const value = terms[term]
      return typeof value === 'string' ? value : list(value)
    }
  }
}
