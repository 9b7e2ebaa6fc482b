import type { Ask, Book, Enter, Entry, Ledger } from '../../consent/index.ts'
import type { EntryOf, Kind, Terms } from '../../consent/records.ts'
import { wordsOf } from '../../consent/words.ts'

/** An ask that `yeses` allow at the instant 1000. */
export const ask: Ask = {
  actor: 'actor-1',
  act: 'speak',
  title: 'kitsune',
  episode: '1',
  language: 'en',
  character: 'ヒナ',
  territories: [],
  media: [],
  alterations: [],
  content: [],
  line: 'l1',
  text: 'Hello.',
}

const read = ['1', '2'].flatMap(episode =>
  ['en', 'es'].flatMap(language =>
    ['l1', 'l2'].flatMap(line =>
      ['Hello.', 'Hello!', '900'].map(text => wordsOf({ ...ask, episode, language, line, text })),
    ),
  ),
)

/** What the actor and the holder said yes to. */
export const terms: Terms = {
  acts: ['speak', 'mix', 'hear', 'deliver'],
  title: 'kitsune',
  holder: 'holder-1',
  episodes: ['1', '2'],
  characters: ['ヒナ'],
  languages: ['en', 'es'],
  territories: ['JP', 'FR'],
  media: ['streaming'],
  words: read,
  limits: { lines: 10, seconds: 60 },
  banned: ['slur'],
  alterations: ['pitch'],
  from: 500,
  makeUntil: 9_000_000,
  until: 10_000_000,
  money: { model: 'line', currency: 'JPY', rate: 500, basis: 'a spoken line' },
  label: '一部の声は合成です',
  credit: 'ヒナ: Actor One',
  afterWithdrawal: { released: 'take-down', sellOffDays: 0 },
  noticeHours: 48,
}

const fields: { readonly [K in Kind]: Omit<EntryOf<K>, 'kind' | 'id' | 'leaf' | 'logged' | 'signers'> } = {
  party: {
    at: 0,
    role: 'actor',
    name: 'Actor One',
    key: { type: 'ed25519', key: '' },
    adultAt: 0,
    guardian: null,
    nonce: '',
  },
  keys: { by: 'actor-1', at: 0, keys: [] },
  mandate: {
    by: 'actor-1',
    at: 0,
    actor: 'actor-1',
    to: 'agent-1',
    role: 'agent',
    powers: ['grant'],
    from: 0,
    until: 20_000_000,
  },
  licence: { by: 'holder-1', at: 0, terms },
  request: { by: 'company-1', at: 0, actor: 'actor-1', terms },
  grant: { by: 'actor-1', at: 0, actor: 'actor-1', of: 'e0', terms, noticeWaived: true },
  refusal: { by: 'actor-1', at: 0, actor: 'actor-1', title: null, act: null },
  narrowing: { by: 'actor-1', at: 0, of: 'e1', terms },
  suspension: { by: 'actor-1', at: 0, actors: ['actor-1'], grants: [] },
  resume: { by: 'actor-1', at: 0, of: '' },
  withdrawal: { by: 'actor-1', at: 0, actor: 'actor-1', of: [] },
  erasure: { by: 'actor-1', at: 0, actor: 'actor-1' },
  death: { by: 'company-1', at: 0, actor: 'actor-1' },
  erased: { by: 'company-1', at: 0, actor: 'actor-1', of: '', key: '' },
  completed: { by: 'company-1', at: 0, of: '', certificate: '' },
  use: {
    by: 'company-1',
    at: 0,
    actor: 'actor-1',
    act: 'speak',
    grant: 'e1',
    licence: 'e2',
    asker: '',
    title: '',
    episode: '',
    language: '',
    line: '',
    words: '',
    nonce: '',
    milliseconds: 0,
    output: '',
    due: 0,
    currency: 'JPY',
  },
}

/** A statement that stands in the log; its place there is where its name says, as in `e7`, or the hundredth. */
export function entry<K extends Kind>(kind: K, id: string, change: Partial<EntryOf<K>> = {}): Entry {
  const leaf = /^e\d+$/.test(id) ? Number(id.slice(1)) : 100
  const whole = { kind, id, leaf, logged: 0, ...fields[kind], ...change }
  return { signers: 'by' in whole ? [whole.by] : [], ...whole } as unknown as Entry
}

export const withdrawal = (of: string): Entry => entry('withdrawal', 'w', { of: [of] })

/** Person, request, the yes of the actor and that of the title's holder. */
export const yeses: readonly Entry[] = [
  entry('party', 'actor-1', { leaf: -1 }),
  entry('request', 'e0'),
  entry('grant', 'e1'),
  entry('licence', 'e2'),
]

export const bookOf = (entries: readonly Entry[], tallies: Book['tallies'] = new Map()): Book => ({
  entries,
  tallies,
})

/** A ledger that holds these, whatever becomes of the list; it keeps the uses that are entered. */
export function ledgerOf(entries: readonly Entry[], uses: unknown[] = []): Ledger {
  return {
    about: async () => ({ ...bookOf(entries), epoch: Math.max(-1, ...entries.map(({ leaf }) => leaf)) }),
    hold: work =>
      work(async spent => {
        uses.push(spent)
      }),
  }
}

/** A ledger in which nobody has said yes to anything, and in which nothing can be written. */
export const emptyLedger: Ledger = Object.freeze({
  about: async () => ({ entries: [], tallies: new Map(), epoch: -1 }),
  hold: async <Result>(work: (enter: Enter) => Promise<Result>) =>
    work(async () => {
      throw new Error('Nothing can be written in an empty ledger.')
    }),
})
