import {
  acts,
  alterations,
  contents,
  deeds,
  explain,
  Inadmissible,
  isRefusal,
  type RefusalName,
  refusals,
  termsShape,
} from '../../consent/index.ts'
import { withheld } from '../../pipelines/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import type { Auth } from '../auth.ts'
import { askedLines } from '../consent/asked-lines.ts'
import type { Consent } from '../consent/open.ts'
import { allOf, nameOf, requestView } from '../consent/people.ts'
import { setupLink, type WithheldView } from '../contract.ts'
import type { Library } from '../known.ts'
import type { Consents } from '../store/consents.ts'
import type { RecordingStore } from '../store/recordings.ts'
import type { Deeds } from './deed.ts'

export type AskingParts = {
  readonly consent: Consent
  readonly consents: Consents
  readonly recordings: Pick<RecordingStore, 'newest'>
  readonly auth: Auth
  readonly library: Library
  readonly now: () => number
}
type Named = 'consentWords' | 'consentPeople' | 'inviteParty' | 'requests' | 'newRequest' | 'withheldLines'

/** The lead's side: whom to ask, asking, and what waits for a yes. A lead asks; nobody here can answer for an actor. */
export function askingDeeds({
  consent,
  consents,
  recordings,
  auth,
  library,
  now,
}: AskingParts): Pick<Deeds, Named> {
  const { registry, gate } = consent

  return {
    consentWords: async () => ({
      acts: acts.map(name => ({ name, ...deeds[name] })),
      alterations: named(alterations),
      contents: named(contents),
      refusals: (Object.keys(refusals) as RefusalName[]).map(refused => {
        const { code, term, sentence } = explain({ refused })
        return { code, term, says: sentence }
      }),
    }),

    consentPeople: async () => {
      const entries = registry.entries()
      const people = allOf(entries, 'party').filter(({ role }) => role !== 'company')
      return Promise.all(
        people.map(async ({ id, role, name, adultAt }) => ({
          ...{ party: id, role, name, minor: adultAt > now() },
          recorded: (await recordings.newest(id)) !== undefined,
        })),
      )
    },

    inviteParty: async ({ body, here }) => {
      const { token } = await auth.invite(body.name, [body.role])
      return { link: setupLink(here, [body.role], token) }
    },

    requests: async () => {
      const entries = registry.entries()
      return allOf(entries, 'request')
        .map(request => requestView(entries, request, now(), registry.say))
        .reverse()
    },

    newRequest: async ({ body }) => {
      const series = await library.series(body.series)
      const { lines } = askedLines(await library.knownOf(series.id), series.title, body.terms)
      const words = [...new Set(lines.map(({ digest }) => digest))]
      const read = termsShape.safeParse({ ...body.terms, title: series.title, words })
      if (!read.success) throw read.error
      try {
        const entry = await registry.tell({ kind: 'request', actor: body.actor, terms: read.data })
        await consents.keepLines(entry.id, lines)
        const entries = registry.entries()
        const request = allOf(entries, 'request').find(({ id }) => id === entry.id)
        if (!request) throw new Error('The request is not in the register.')
        return requestView(entries, request, now(), registry.say)
      } catch (error) {
        if (error instanceof Inadmissible)
          throw new Problem('statement-refused', { reason: error.message }, error)
        throw error
      }
    },

    withheldLines: async ({ where, query }) => {
      const series = await library.series(where.series)
      const cast = new Map(series.cast.map(({ character, voice }) => [character, voice]))
      const rows: WithheldView[] = []
      const newest = new Map<string, boolean>()
      const recorded = async (actor: string) => {
        const found = newest.get(actor) ?? (await recordings.newest(actor)) !== undefined
        newest.set(actor, found)
        return found
      }
      const known = query?.episode
        ? [await library.known(query.episode)].filter(({ episode }) => episode.series === series.id)
        : await library.knownOf(series.id)
      for (const { episode, draft } of known)
        for (const { fitted } of draft.versions ?? [])
          for (const line of fitted.lines) {
            const character = line.speaker ?? ''
            const voice = cast.get(character)
            if (voice?.kind !== 'person' || line.phrases.length === 0) continue
            const text = line.phrases.map(phrase => phrase.text).join('\n')
            const answer = await gate.permit({
              ...{ actor: voice.actor, act: 'speak', title: series.title, episode: episode.number },
              ...{ language: fitted.language, character, line: line.id, text },
              ...{ territories: [], media: [], alterations: [], content: [] },
            })
            // The register allows it; without a recording there is still nothing to speak after.
            if (!isRefusal(answer) && (await recorded(voice.actor))) continue
            const why = isRefusal(answer) ? answer.refused : 'no-reference'
            const { code, term, sentence } = isRefusal(answer)
              ? explain(answer)
              : { code: why, term: 'recording', sentence: withheld['no-reference'] }
            rows.push({
              ...{ episode: episode.id, number: episode.number, language: fitted.language },
              ...(episode.onAir && { onAir: episode.onAir }),
              ...{ line: line.id, character, text, actor: voice.actor },
              actorName: nameOf(registry.entries(), voice.actor),
              ...{ code, term, says: sentence, ask: whom(why) },
            })
          }
      return rows
    },
  }
}

const named = (table: Readonly<Record<string, { readonly en: string; readonly ja: string }>>) =>
  Object.entries(table).map(([name, both]) => ({ name, ...both }))

/** Whom a lead turns to: a no is an answer, and nobody is asked to change it. */
const byReason: Readonly<Partial<Record<RefusalName, WithheldView['ask']>>> = {
  'no-licence': 'holder',
  'refused-by-holder': 'nobody',
  'refused-by-actor': 'nobody',
  died: 'nobody',
  suspended: 'nobody',
  'paused-by-union': 'nobody',
  'no-notice': 'nobody',
  withdrawn: 'nobody',
  'no-guardian': 'guardian',
  'no-ledger': 'operator',
  'no-clock': 'operator',
  disagreement: 'operator',
}
const whom = (refused: RefusalName | 'no-reference'): WithheldView['ask'] =>
  (refused === 'no-reference' ? undefined : byReason[refused]) ?? 'actor'
