/** Makes `permits.json` anew: `node --import tsx test/consent-kit/make-permits.ts`. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Entry, Use } from '../../consent/index.ts'
import { acts } from '../../consent/terms.ts'
import { ask, entry, terms, withdrawal, yeses } from '../support/consent.ts'
import { forgeries, type PermitCase, type PermitKit, type Step } from './permits.ts'

const permit: Step = { do: 'permit' }
const redeem: Step = { do: 'redeem' }
const commit: Step = { do: 'commit' }
const say = (entry: Entry): Step => ({ do: 'say', entry })
const pass = (ms: number): Step => ({ do: 'pass', ms })
const cases: PermitCase[] = [
  { says: 'an honest ask', steps: [permit], expect: 'permitted' },
  { says: 'an honest use', steps: [permit, redeem], expect: 'opened' },
  { says: 'an honest use, kept', steps: [permit, redeem, commit], expect: 'kept' },
  {
    says: 'a grant at the last instant of its five minutes',
    steps: [permit, pass(299_999), redeem],
    expect: 'opened',
  },
]
const evil = (says: string, refused: string, ...steps: readonly Step[]) =>
  cases.push({ says, steps, expect: { refused } })

for (const [sentence] of forgeries) {
  cases.push({
    says: `a grant made as ${sentence}`,
    steps: [permit, { do: 'redeem', holding: sentence }],
    expect: 'forgery',
  })
  cases.push({
    says: `a use kept with ${sentence}`,
    steps: [permit, redeem, { do: 'commit', holding: sentence }],
    expect: 'forgery',
  })
}

const changes: readonly [says: string, change: Partial<Use>][] = [
  ['another line', { line: 'l2' }],
  ['other words', { text: 'Hello!' }],
  ['words with a space more', { text: 'Hello. ' }],
  ['another language', { language: 'es' }],
  ['a wider language', { language: 'EN' }],
  ['another character', { character: 'ソラ' }],
  ['another title', { title: 'tanuki' }],
  ['another episode', { episode: '2' }],
  ['an episode spelt otherwise', { episode: '01' }],
  ['a territory', { territories: ['JP'] }],
  ['a medium', { media: ['streaming'] }],
  ['an alteration', { alterations: ['pitch'] }],
  ['content', { content: ['violence'] }],
  ...acts.filter(act => act !== ask.act).map(act => [`to ${act}`, { act }] as [string, Partial<Use>]),
]
for (const [says, use] of changes) {
  evil(`a grant used for ${says}`, 'another-use', permit, { do: 'redeem', use })
  evil(`a grant tried for ${says}, then as it is`, 'spent', permit, { do: 'redeem', use }, redeem)
}
evil('a grant used twice', 'spent', permit, redeem, redeem)
evil('a use kept twice', 'spent', permit, redeem, commit, commit)
evil('a use kept with a grant that was never opened', 'unopened', permit, commit)
evil('a grant opened too late', 'stale', permit, pass(300_000), redeem)
evil('a use kept too late', 'stale', permit, redeem, pass(300_000), commit)
evil('a clock set back before opening', 'no-clock', permit, pass(-1), redeem)
evil('a clock set back before keeping', 'no-clock', permit, redeem, pass(-1), commit)
for (const [what, refused] of [
  ['register', 'no-ledger'],
  ['clock', 'no-clock'],
] as const) {
  evil(`no ${what} when it is asked`, refused, { do: 'fail', what }, permit)
  evil(`no ${what} when it is opened`, refused, permit, { do: 'fail', what }, redeem)
  evil(`no ${what} when it is kept`, refused, permit, redeem, { do: 'fail', what }, commit)
}
evil('more speech than the limit', 'too-many-seconds', permit, redeem, { do: 'commit', milliseconds: 60_001 })
evil('less speech than none', 'another-use', permit, redeem, { do: 'commit', milliseconds: -1 })

const ends: readonly [says: string, refused: string, entry: Entry][] = [
  ['the actor withdrew it', 'withdrawn', withdrawal('e1')],
  ['the holder withdrew the licence', 'withdrawn', withdrawal('e2')],
  ['the actor withdrew everything', 'withdrawn', entry('withdrawal', 'e9')],
  ['the actor had the key destroyed', 'withdrawn', entry('erasure', 'e9')],
  ['the actor paused everything', 'suspended', entry('suspension', 'e9')],
  ['the actor paused this', 'suspended', entry('suspension', 'e9', { actors: [], grants: ['e1'] })],
  ['the actor said no', 'refused-by-actor', entry('refusal', 'e9')],
  ['the actor said no to this title', 'refused-by-actor', entry('refusal', 'e9', { title: 'kitsune' })],
  ['the actor said no to this act', 'refused-by-actor', entry('refusal', 'e9', { act: 'speak' })],
  [
    'the holder said no',
    'refused-by-holder',
    entry('refusal', 'e9', { by: 'holder-1', actor: null, title: 'kitsune' }),
  ],
  ['the actor died', 'died', entry('death', 'e9')],
  [
    'it was narrowed to another act',
    'other-act',
    entry('narrowing', 'e9', { terms: { ...terms, acts: ['hear'] } }),
  ],
  [
    'it was narrowed to other words',
    'changed-words',
    entry('narrowing', 'e9', { terms: { ...terms, words: [] } }),
  ],
  [
    'it was narrowed to no lines',
    'too-many-lines',
    entry('narrowing', 'e9', { terms: { ...terms, limits: { lines: 0, seconds: 60 } } }),
  ],
  ['it was narrowed to no time', 'expired', entry('narrowing', 'e9', { terms: { ...terms, until: 1000 } })],
  [
    'the licence was narrowed to another language',
    'other-language',
    entry('narrowing', 'e9', { of: 'e2', terms: { ...terms, languages: ['es'] } }),
  ],
  ['another yes came', 'epoch-moved', entry('grant', 'e9')],
  ['another licence came', 'epoch-moved', entry('licence', 'e9')],
]
for (const [says, refused, entry] of ends) {
  if (refused !== 'epoch-moved') evil(`an ask after ${says}`, refused, say(entry), permit)
  evil(`a grant opened after ${says}`, refused, permit, say(entry), redeem)
  evil(`a use kept after ${says}`, refused, permit, redeem, say(entry), commit)
}
const asks: readonly [says: string, refused: string, change: Partial<typeof ask>][] = [
  ['an actor nobody knows', 'no-consent', { actor: 'actor-2' }],
  ['an actor of nearly that name', 'no-consent', { actor: 'actor-1 ' }],
  ['the holder’s voice', 'no-consent', { actor: 'holder-1' }],
  ['another title', 'other-title', { title: 'kitsune 2' }],
  ['every title', 'other-title', { title: '*' }],
  ['a title of the language itself', 'other-title', { title: '__proto__' }],
  ['another episode', 'other-episode', { episode: '3' }],
  ['another language', 'other-language', { language: 'fr' }],
  ['another character', 'other-character', { character: 'ソラ' }],
  ['a line nobody read', 'changed-words', { line: 'l9' }],
  ['words nobody read', 'changed-words', { text: 'Hello…' }],
  ['a release to nowhere', 'no-territory', { act: 'deliver', media: ['streaming'] }],
  ['a release by no medium', 'no-medium', { act: 'deliver', territories: ['JP'] }],
  [
    'a release elsewhere too',
    'other-territory',
    { act: 'deliver', territories: ['JP', 'US'], media: ['streaming'] },
  ],
  [
    'a release on disc too',
    'other-medium',
    { act: 'deliver', territories: ['JP'], media: ['streaming', 'disc'] },
  ],
  ['a voice made older', 'altered', { alterations: ['age'] }],
  ['a slur', 'banned', { content: ['slur'] }],
  ...(['replicate', 'train', 'sing', 'convert', 'perform-live', 'cross-language', 'review'] as const).map(
    (act): [string, string, Partial<typeof ask>] => [`to ${act}`, 'other-act', { act }],
  ),
]
for (const [says, refused, change] of asks) evil(`an ask for ${says}`, refused, { do: 'permit', ask: change })

const kit: PermitKit = { entries: yeses, now: 1000, ask, cases }
writeFileSync(fileURLToPath(new URL('./permits.json', import.meta.url)), `${JSON.stringify(kit)}\n`)
console.log(`${cases.length} cases of permits`)
