import { computed, effect, type ReadonlySignal, untracked } from '@preact/signals'
import type { Ask } from '../api.ts'
import { onArrival } from '../arrival.ts'
import { attempt } from '../attempt.ts'
import { may } from '../may.ts'
import type { Place } from '../place.ts'
import type { State } from '../state.ts'
import { type Leads, noLeads } from './state.ts'

/** Changes what a lead knows of consents. */
export const withLeads =
  (how: (leads: Leads) => Leads) =>
  (state: State): State => ({ ...state, leads: how(state.leads ?? noLeads) })

/** An answer comes when its person gives it: a page that waits for some looks again this often. */
const glance = 15_000

/** Fetches what a lead's pages need of the register, as far as this person may ask for it. */
export function openLeadsLoad(
  state: ReadonlySignal<State>,
  change: (how: (state: State) => State) => void,
  ask: Ask,
) {
  const put = (part: Partial<Leads>) => change(withLeads(leads => ({ ...leads, ...part })))
  const told = (work: () => Promise<unknown>) => attempt(change, work)
  const leads = () => may(state.peek(), 'consentPeople')
  const judges = () => may(state.peek(), 'judgeRecording')

  const people = async () => {
    if (!leads()) return
    const [people, invited, register] = await Promise.all([
      ask('consentPeople', {}),
      ask('invitedParties', {}),
      ask('register', {}),
    ])
    put({ people, invited, register })
  }
  const requests = async () => {
    if (leads()) put({ requests: await ask('requests', {}) })
  }
  const recordings = async () => {
    if (judges()) put({ recordings: await ask('recordings', {}) })
  }
  const walks = async () => {
    if (leads()) put({ walks: await ask('walks', {}) })
  }
  const notices = async () => put({ notices: await ask('notices', {}) })
  const words = async () => {
    if (state.peek().leads?.words === undefined) put({ words: await ask('consentWords', {}) })
  }
  const withheld = async (series: string, episode?: string) => {
    if (!leads()) return
    const rows = await ask('withheldLines', { series }, undefined, { episode })
    change(withLeads(known => ({ ...known, withheld: { ...known.withheld, [episode ?? series]: rows } })))
  }
  const licences = async (series: string) => {
    if (!leads()) return
    const found = await ask('titleLicences', { series })
    change(withLeads(known => ({ ...known, licences: { ...known.licences, [series]: found } })))
  }

  const arrive = (place: Place) =>
    told(() => {
      switch (place.at) {
        case 'consents':
          return Promise.all([words(), people(), requests(), recordings(), walks(), notices()])
        case 'series':
          return notices()
        case 'ask':
          return Promise.all([words(), people(), requests(), licences(place.series), withheld(place.series)])
        case 'withheld':
          return Promise.all([people(), requests(), withheld(place.series)])
        case 'one-series':
          return Promise.all([people(), requests(), licences(place.series)])
        default:
          return Promise.resolve()
      }
    })

  onArrival(state, (here, somebody) => {
    // Somebody else at this page sees nothing of it, and a link that was shown once is gone.
    if (!somebody || here.at !== 'consents') put({ link: undefined })
    if (here.at !== 'ask') put({ preview: undefined })
    if (somebody && may(state.peek(), 'allSeries')) void arrive(here)
  })

  // The open episode: again whenever its own figures are others.
  const open = computed(() => state.value.desk?.episode)
  let looking = false
  let missed = false
  const look = async () => {
    const episode = state.peek().desk?.episode
    if (episode === undefined || !leads()) return
    missed = looking
    if (looking) return
    looking = true
    await told(() => Promise.all([withheld(episode.series, episode.id), requests()]))
    looking = false
    if (missed) await look()
  }
  effect(() => {
    if (open.value !== undefined) untracked(() => void look())
  })

  setInterval(() => {
    const { place: here, session } = state.peek()
    if (!session || document.hidden) return
    if (here.at === 'consents')
      void told(() => Promise.all([requests(), recordings(), people(), walks(), notices()]))
    if (here.at === 'withheld') void told(() => Promise.all([requests(), withheld(here.series)]))
  }, glance)

  return { people, requests, recordings, withheld, licences }
}
