import {
  type Ask,
  type Entry,
  type Instant,
  type Party,
  parties,
  type Refusal,
  type RefusalName,
  type Yes,
} from './terms.ts'

/** The yes of each party that was relied on. */
export type Agreed = { readonly agreed: readonly Yes[] }

/** A yes counts where all of these hold. The first that does not names the refusal. */
const rules: readonly [
  name: RefusalName,
  holds: (yes: Yes, ask: Ask, now: Instant, ended: ReadonlySet<string>) => boolean,
][] = [
  ['other-title', (yes, ask) => yes.title === ask.title],
  ['other-episode', (yes, ask) => yes.episodes.includes(ask.episode)],
  ['other-language', (yes, ask) => yes.languages.includes(ask.language)],
  ['other-character', (yes, ask) => yes.characters.includes(ask.character)],
  ['other-act', (yes, ask) => yes.acts.includes(ask.act)],
  ['withdrawn', (yes, _ask, _now, ended) => !ended.has(yes.id)],
  ['not-yet', (yes, _ask, now) => now >= yes.from],
  ['expired', (yes, _ask, now) => now < yes.until],
]

const silent: Record<Party, RefusalName> = { actor: 'no-consent', holder: 'no-licence' }
const refusing: Record<Party, RefusalName> = { actor: 'refused-by-actor', holder: 'refused-by-holder' }

/**
 * Decides an ask by the entries in force. Pure and total; whatever no rule allows is refused. A no of either party
 * beats every yes, and a yes of both is needed. Where several yeses fall short, the one that came closest gives the name.
 */
export function decide(entries: readonly Entry[], ask: Ask, now: Instant): Agreed | Refusal {
  const no = entries.find(
    entry =>
      entry.kind === 'no' &&
      (entry.actor ?? ask.actor) === ask.actor &&
      (entry.title ?? ask.title) === ask.title,
  )
  if (no?.kind === 'no') return { refused: refusing[no.by] }

  const ended = new Set(entries.flatMap(entry => (entry.kind === 'withdrawal' ? [entry.of] : [])))
  const agreed: Yes[] = []
  for (const party of parties) {
    let closest = -1
    const yes = entries.find((entry): entry is Yes => {
      if (entry.kind !== 'yes' || entry.by !== party || entry.actor !== ask.actor) return false
      const broken = rules.findIndex(([, holds]) => !holds(entry, ask, now, ended))
      closest = Math.max(closest, broken)
      return broken === -1
    })
    if (!yes) return { refused: rules[closest]?.[0] ?? silent[party] }
    agreed.push(yes)
  }
  return { agreed }
}
