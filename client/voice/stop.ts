import type { Prepared, StopView, StopWish, Wish } from '../../server/contract.ts'
import type { Ask } from '../api.ts'
import type { Tongue } from '../state.ts'
import type { VoiceSay, VoiceWord } from '../words/voice.ts'
import { listIn } from './spell.ts'
import type { Sheet, VoiceState } from './state.ts'

/**
 * What makes less possible goes a way of its own, always, that needs neither a session nor the store: the way that is
 * there in trouble is the one that is walked every day.
 */
const stops: ReadonlySet<string> = new Set<StopWish['kind']>([
  ...(['refusal', 'narrowing', 'suspension', 'withdrawal', 'erasure', 'death'] as const),
])
const isStop = (wish: Wish): wish is StopWish => stops.has(wish.kind)

/** A wish in the words that will be signed, of whoever the sheet is for, or of whoever is signed in. */
export async function wordOf(
  ask: Ask,
  { me, sheet }: Pick<VoiceState, 'me' | 'sheet'>,
  wish: Wish,
  language: Tongue,
): Promise<Prepared> {
  const by = sheet?.by ?? me
  if (!isStop(wish) || by?.party === undefined) return ask('prepare', {}, { wish, language })
  return {
    ...(await ask('stopWords', {}, { by: by.party, wish, language, leave: by.leave })),
    credentials: [...by.passkeys],
  }
}

/** True of what was signed to stop something. */
export const saysStop = ({ statement }: Prepared): boolean => stops.has(String(statement.kind))

/** Everything of one voice: held, ended, and said no to for later. Each asks for its power. */
const everything: readonly (readonly [power: string, VoiceWord, (actor: string) => StopWish])[] = [
  ['suspend', 'at-once-pause', actor => ({ kind: 'suspension', actors: [actor], grants: [] })],
  ['withdraw', 'at-once-withdraw', actor => ({ kind: 'withdrawal', actor, of: [] })],
  ['refuse', 'at-once-refuse', actor => ({ kind: 'refusal', actor, title: null, act: null })],
]

/** All that somebody may stop by their passkey alone, in one sheet; none where there is nothing. */
export function stopNow(of: StopView, say: VoiceSay, tongue: Tongue): Sheet | undefined {
  const { party, passkeys, leave, role, mine } = of
  const own =
    role === 'actor' ? everything.map(([, what, wish]) => ({ label: say(what), wish: wish(party) })) : []
  const others = mine.people.flatMap(one =>
    everything.flatMap(([power, what, wish]) =>
      one.powers.includes(power)
        ? [{ label: say('stop-now-for', { name: one.name, what: say(what) }), wish: wish(one.party) }]
        : [],
    ),
  )
  const standing = mine.yeses.filter(({ actor = party, state }) => actor === party && !over.has(state))
  const single = standing.map(({ id, actor, terms: { title, characters } }) => ({
    label: say('stop-now-yes', { title, characters: listIn(tongue, characters) }),
    wish: { kind: 'withdrawal', of: [id], ...(actor && { actor }) } satisfies StopWish,
  }))
  const wishes = [...own, ...others, ...single]
  if (wishes.length === 0) return undefined
  return {
    ...{ title: 'stop-now-title', choose: 'stop-now-what', sign: 'stop-now-sign', done: 'stop-now-done' },
    ...{ wishes, danger: true, by: { party, passkeys, leave } },
  }
}
const over: ReadonlySet<string> = new Set(['withdrawn', 'over'])
