import type { Ask, Entry, Ledger } from '../../consent/index.ts'

/** An ask that `yeses` allow at the instant 1000. */
export const ask: Ask = {
  actor: 'actor-1',
  act: 'speak',
  title: 'kitsune',
  episode: '1',
  language: 'en',
  character: 'ヒナ',
  line: 'l1',
  text: 'Hello.',
}

const scope = {
  kind: 'yes',
  actor: 'actor-1',
  acts: ['speak', 'mix', 'hear', 'deliver'],
  title: 'kitsune',
  episodes: ['1', '2'],
  languages: ['en', 'es'],
  characters: ['ヒナ'],
  from: 500,
  until: 10_000_000,
} as const

/** The yes of the actor and that of the title's holder. */
export const yeses: readonly Entry[] = [
  { ...scope, id: 'e1', by: 'actor' },
  { ...scope, id: 'e2', by: 'holder' },
]

export const ledgerOf = (entries: readonly Entry[]): Ledger => ({ about: async () => entries })
