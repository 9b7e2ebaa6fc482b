import type { Caption } from '../document.ts'
import { replace } from '../edit.ts'
import type { Profile } from './profile.ts'
import { type Found, none } from './rule.ts'

export const baseOf = ({ language }: Profile): string => language.split('-')[0]?.toLowerCase() ?? ''

/** One finding for every match, all of them mended at once. */
export function each(
  caption: Caption,
  text: string,
  pattern: RegExp,
  put: string | ((...found: string[]) => string),
): readonly Found[] {
  const found = [...text.matchAll(pattern)]
  if (found.length === 0) return none
  const first = found[0]
  const at = first && { from: first.index, to: first.index + first[0].length }
  return [{ amount: found.length, ...(at && { at }), mended: () => replace(caption, pattern, put) }]
}
