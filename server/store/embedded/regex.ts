import { BSONRegExp } from 'bson'
import { bad, unknown } from './error.ts'

/**
 * Patterns of one character after the other, without repetition, groups or alternatives: they run in time
 * proportional to the text, whoever wrote them. It is what searching for an escaped piece of text needs.
 */
const simple =
  /^\^?(?:[^\\^$.*+?()[\]{}|]|\.|\\[dDwWsStnr]|\\[^\w\s]|\[\^?(?:[^\\[\]]|\\[dDwWsS]|\\[^\w\s])+\])*\$?$/u

export function toRegExp(pattern: unknown, options: unknown = ''): RegExp {
  const source = pattern instanceof BSONRegExp ? pattern.pattern : pattern
  const flags = options === '' && pattern instanceof BSONRegExp ? pattern.options : options
  if (typeof source !== 'string' || typeof flags !== 'string') throw bad('$regex and $options must be text.')
  if (!simple.test(source)) throw unknown(`the regular expression /${source}/ (text, classes and ^ $ only)`)
  if (!/^[imsu]*$/.test(flags)) throw unknown(`the regular expression flags ${flags}`)
  try {
    return new RegExp(source, flags)
  } catch (error) {
    throw bad(`The regular expression /${source}/ is invalid: ${String(error)}`)
  }
}
