import type { ConsentWords, RequestView, Wish, YesView } from '../../server/contract.ts'
import type { Tongue } from '../state.ts'
import type { VoiceSay } from '../words/voice.ts'
import type { Sheet } from './state.ts'

/** What can be said about a yes or a no that stands, each as one sheet with one signature. */
type Simple = Pick<Sheet, 'title' | 'says' | 'sign' | 'done' | 'danger'>
const of = (sheet: Simple, wish: Wish): Sheet => ({ ...sheet, wishes: [{ label: '', wish }] })

const withdrawing: Simple = {
  ...{ title: 'withdraw-title', says: 'withdraw-says', sign: 'withdraw-sign', done: 'withdraw-done' },
  danger: true,
}
const pausing: Simple = { title: 'pause-do', sign: 'pause-sign', done: 'pause-done' }
const refusing: Simple = {
  ...{ title: 'refuse-title', says: 'refuse-says', sign: 'refuse-sign', done: 'refuse-done' },
  danger: true,
}

/** Of one yes; the actor is named where somebody else speaks for them. */
export const withdrawal = ({ id, actor }: Pick<YesView, 'id' | 'actor'>): Sheet =>
  of(withdrawing, { kind: 'withdrawal', of: [id], ...(actor && { actor }) })
export const withdrawalOfAll = (actor: string): Sheet =>
  of(withdrawing, { kind: 'withdrawal', actor, of: [] })
export const pause = (grant: string): Sheet =>
  of(pausing, { kind: 'suspension', actors: [], grants: [grant] })
export const pauseOfAll = (actors: readonly string[]): Sheet =>
  of(pausing, { kind: 'suspension', actors: [...actors], grants: [] })
export const resume = (id: string): Sheet =>
  of({ title: 'resume-do', sign: 'resume-sign', done: 'resume-done' }, { kind: 'resume', of: id })
export const lift = (id: string): Sheet =>
  of({ title: 'lift-do', sign: 'lift-sign', done: 'lift-done' }, { kind: 'resume', of: id })
export const refusalOfAll = (actor: string): Sheet =>
  of(refusing, { kind: 'refusal', actor, title: null, act: null })
export const erasure = (actor: string): Sheet =>
  of(
    {
      ...{ title: 'erase-title', says: 'erase-says', sign: 'erase-sign', done: 'erase-done' },
      danger: true,
    },
    { kind: 'erasure', actor },
  )
export const death = (actor: string): Sheet =>
  of(
    { title: 'death-do', says: 'death-says', sign: 'death-sign', done: 'death-done', danger: true },
    { kind: 'death', actor },
  )
export const mandate = (wish: Extract<Wish, { kind: 'mandate' }>): Sheet =>
  of({ title: 'mandate-title', sign: 'mandate-sign', done: 'mandate-done' }, wish)
export const mandateEnd = (id: string): Sheet =>
  of(
    { title: 'mandate-end', sign: 'mandate-end-sign', done: 'mandate-ended', danger: true },
    { kind: 'withdrawal', of: [id] },
  )

export type RefusalParts = {
  readonly say: VoiceSay
  readonly tongue: Tongue
  readonly words: ConsentWords | undefined
  /** A no of the rights holder's: of the title, or of one use of it. */
  readonly holder: boolean
  /** Whose voice it is, where somebody speaks for them. */
  readonly actor: string | undefined
}

/** Every no that a request may be answered with: to the title, to each use that is asked for, to everything. */
export function refusals(
  { terms: { title, acts } }: Pick<RequestView, 'terms'>,
  { say, tongue, words, holder, actor }: RefusalParts,
): Sheet {
  const no = (label: string, title: string | null, act: string | null) => ({
    label,
    wish: { kind: 'refusal', title, act, ...(actor && !holder && { actor }) } satisfies Wish,
  })
  const called = (name: string) => words?.acts.find(act => act.name === name)?.[tongue] ?? name
  return {
    ...refusing,
    wishes: [
      no(say('no-title', { title }), title, null),
      ...acts.map(act =>
        holder
          ? no(say('no-title-act', { title, act: called(act) }), title, act)
          : no(say('no-act', { act: called(act) }), null, act),
      ),
      ...(holder ? [] : [no(say('no-everything'), null, null)]),
    ],
  }
}
