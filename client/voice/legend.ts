import type { Tongue } from '../state.ts'
import type { VoiceSay } from '../words/voice.ts'
import { listIn } from './spell.ts'
import type { VoiceState } from './state.ts'

/** What a statement names by its 43 letters, in words, as far as this person may know: so that nobody signs riddles. */
export type Meaning = readonly [name: string, meaning: string]

type Known = Pick<VoiceState, 'me' | 'asked' | 'mine'>

export function legend(text: string, { me, asked, mine }: Known, say: VoiceSay, tongue: Tongue): Meaning[] {
  const known = new Map<string, string>()
  const put = (id: string, meaning: string) => {
    if (!known.has(id)) known.set(id, meaning)
  }
  if (me?.party) put(me.party, say('legend-me', { name: me.name }))
  for (const { party, name } of mine?.people ?? []) put(party, name)
  for (const { actor, actorName, to, toName } of mine?.mandates ?? []) {
    put(actor, actorName)
    put(to, toName)
  }
  const called = (terms: { readonly title: string; readonly characters: readonly string[] }) =>
    say('ask-title', { title: terms.title, characters: listIn(tongue, terms.characters) })
  for (const { id, terms, actor, actorName, holderName } of asked ?? []) {
    put(id, say('legend-request', { what: called(terms) }))
    put(terms.holder, holderName)
    put(actor, actorName)
  }
  for (const { id, terms, kind } of mine?.yeses ?? [])
    put(id, say(kind === 'grant' ? 'legend-yes' : 'legend-licence', { what: called(terms) }))
  for (const { id, kind, by } of mine?.noes ?? [])
    put(id, say(kind === 'refusal' ? 'legend-no' : 'legend-pause', { name: by }))
  const named = new Set(text.match(/(?<![\w-])[\w-]{43}(?![\w-])/g) ?? [])
  return [...named].flatMap(id => {
    const meaning = known.get(id)
    return meaning === undefined ? [] : [[id, meaning] as const]
  })
}
