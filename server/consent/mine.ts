import type { MineView } from '../contract.ts'
import { allOf, type Entries, mandateView, noView, spokenFor, yesView } from './people.ts'

/** The yeses and noes of a party and of whoever they speak for, newest first. */
export function mineOf(entries: Entries, me: string, now: number): MineView {
  const people = spokenFor(entries, me, now)
  const ours = (actor: string | null | undefined) =>
    actor === me || people.some(({ party }) => party === actor)
  const grants = allOf(entries, 'grant')
  const actorOf = (grant: string) => grants.find(({ id }) => id === grant)?.actor
  const yeses = [
    ...grants.filter(({ actor }) => ours(actor)),
    ...allOf(entries, 'licence').filter(({ by }) => by === me),
  ]
  const noes = [
    ...allOf(entries, 'refusal').filter(({ by, actor }) => by === me || ours(actor)),
    ...allOf(entries, 'suspension').filter(
      ({ by, actors, grants }) => by === me || actors.some(ours) || grants.some(id => ours(actorOf(id))),
    ),
  ]
  const mandates = allOf(entries, 'mandate').filter(({ actor, to }) => actor === me || to === me)
  return {
    yeses: yeses.map(yes => yesView(entries, yes, me, now)).reverse(),
    noes: noes.map(no => noView(entries, no, me)).reverse(),
    people,
    mandates: mandates.map(mandate => mandateView(entries, mandate, now)).reverse(),
  }
}
