/** Sentences: how they go on from one caption to the next, break off, and begin. */
import { textOf } from '../document.ts'
import { baseOf, each } from './each.ts'
import { none, type Rule } from './rule.ts'

export const sentenceRules: readonly Rule[] = [
  {
    name: 'goes-on',
    severity: 'note',
    says: 'The sentence goes on in the next one: no dots between.',
    mend: 'Take them out.',
    clause: 'Continuity: no ellipsis where a sentence goes on within two seconds',
    find: ({ caption, text, next }, { continues }) => {
      if (
        continues === undefined ||
        !next ||
        next.start - caption.end > continues ||
        next.speaker !== caption.speaker
      )
        return none
      return /(?:…|\.\.\.)$/.test(text) && /^(?:…|\.\.\.)?\s*\p{Ll}/u.test(textOf(next))
        ? each(caption, text, /\s*(?:…|\.{3,})$/g, '')
        : none
    },
  },
  {
    name: 'went-on',
    severity: 'note',
    says: 'The sentence went on from the one before: no dots at its beginning.',
    mend: 'Take them out.',
    clause: 'Continuity: no ellipsis where a sentence goes on within two seconds',
    find: ({ caption, text, previous }, { continues }) => {
      if (
        continues === undefined ||
        !previous ||
        caption.start - previous.end > continues ||
        previous.speaker !== caption.speaker
      )
        return none
      return /^(?:…|\.\.\.)\s*\p{Ll}/u.test(text) &&
        !/[.!?]["”»]?$/.test(textOf(previous).replace(/\.{3,}$/, ''))
        ? each(caption, text, /^(?:…|\.{3,})\s*/g, '')
        : none
    },
  },
  {
    name: 'interruption',
    severity: 'note',
    says: 'A broken-off word ends in two hyphens.',
    mend: 'Write two hyphens.',
    clause: 'English: double hyphens for interruptions',
    find: ({ caption, text }, profile) =>
      baseOf(profile) === 'en' && profile.name === 'netflix'
        ? each(caption, text, /(?<=\p{L})\s?[—–](?=["”]?$)/gmu, '--')
        : none,
  },
  {
    name: 'opening-mark',
    severity: 'warning',
    says: 'A question or exclamation has no opening mark.',
    mend: 'Open it with ¿ or ¡.',
    clause: 'Spanish: punctuation',
    find: ({ text }, profile) => {
      if (baseOf(profile) !== 'es') return none
      const [asks, opens] = [text.match(/\?/g)?.length ?? 0, text.match(/¿/g)?.length ?? 0]
      const [calls, starts] = [text.match(/!/g)?.length ?? 0, text.match(/¡/g)?.length ?? 0]
      const missing = Math.max(0, asks - opens - starts) + Math.max(0, calls - starts - opens)
      return missing > 0 && (opens === 0 || starts === 0) && asks + calls > opens + starts
        ? [{ amount: missing }]
        : none
    },
  },
]
