import { computed, effect, type ReadonlySignal, untracked } from '@preact/signals'
import type { StepView } from '../server/contract.ts'
import type { Ask } from './api.ts'
import { onArrival } from './arrival.ts'
import { attempt } from './attempt.ts'
import { openAnswers } from './desk/answers.ts'
import { mergeLines, withDesk } from './desk/lines.ts'
import { withStep } from './desk/steps.ts'
import { fetchHouses } from './houses.ts'
import { readDrafts } from './keep.ts'
import { openLeadsLoad } from './leads/load.ts'
import { may } from './may.ts'
import type { Place } from './place.ts'
import { layOut, type State } from './state.ts'

export type Load = {
  /** Fetches the open episode again and, where they may have changed, its lines. */
  readonly episode: () => Promise<unknown>
  /** Fetches the open episode again, and its lines if it is another by now. */
  readonly since: () => Promise<unknown>
  /** Fetches some lines of the language worked in, or all of them. */
  readonly lines: (only?: readonly string[]) => Promise<unknown>
  /** Fetches the open episode's figures alone. */
  readonly counts: () => Promise<unknown>
  /** A step of the open episode moved on. */
  readonly step: (step: StepView) => void
  readonly series: () => Promise<unknown>
  /** Fetches the subtitles of a language that is only shown. */
  readonly cues: (language: string) => Promise<unknown>
}

/** A dashboard with work on it is looked at again this often: it has no room of its own on the wire. */
const glance = 4_000

/** Fetches what a place needs as soon as somebody is there. */
export function openLoad(
  state: ReadonlySignal<State>,
  change: (how: (state: State) => State) => void,
  ask: Ask,
): Load {
  const told = <T>(work: Promise<T>): Promise<T | undefined> => attempt(change, () => work)
  const answers = openAnswers(withStep)
  const find = (episode: string) => answers.ask(() => ask('oneEpisode', { episode }))

  const rows = async (series: string) => {
    const found = await ask('allEpisodes', { series })
    change(before => ({ ...before, rows: { ...before.rows, [series]: found } }))
  }
  const series = () =>
    told(
      ask('allSeries', {}).then(async found => {
        change(before => ({ ...before, series: found }))
        await Promise.all(found.map(({ id }) => rows(id)))
      }),
    )
  const lines = (only?: readonly string[]) => {
    const desk = state.peek().desk
    if (desk === undefined) return Promise.resolve()
    const { language, episode } = desk
    const query = only === undefined || only.length > 400 ? {} : { only: only.join(',') }
    return told(
      ask('lines', { episode: episode.id, language }, undefined, query).then(found =>
        change(
          withDesk(now =>
            now.episode.id === episode.id && now.language === language
              ? { ...now, lines: mergeLines(now.lines, found, query.only === undefined ? undefined : only) }
              : now,
          ),
        ),
      ),
    )
  }
  const cues = (language: string) => {
    const id = state.peek().desk?.episode.id
    if (id === undefined) return Promise.resolve()
    return told(
      ask('lines', { episode: id, language }).then(found => {
        const shown = found.flatMap(line => line.cues)
        change(
          withDesk(desk =>
            desk.episode.id === id ? { ...desk, cues: { ...desk.cues, [language]: shown } } : desk,
          ),
        )
      }),
    )
  }
  const counts = () => {
    const id = state.peek().desk?.episode.id
    if (id === undefined) return Promise.resolve()
    return told(
      find(id).then(episode => {
        if (episode) change(withDesk(desk => (desk.episode.id === id ? { ...desk, episode } : desk)))
      }),
    )
  }
  const step = (step: StepView) => {
    answers.hear(step)
    change(withDesk(desk => ({ ...desk, episode: withStep(desk.episode, step) })))
  }
  const episode = async () => {
    await counts()
    await lines()
  }
  const since = async () => {
    const before = JSON.stringify(state.peek().desk?.episode)
    await counts()
    if (JSON.stringify(state.peek().desk?.episode) !== before) await lines()
  }
  const openEpisode = async (id: string, language: string | undefined) => {
    const there = state.peek().desk
    if (there?.episode.id === id && (language === undefined || there.language === language)) return
    if (there?.episode.id === id && language !== undefined)
      change(
        withDesk(desk => ({
          ...desk,
          language,
          lines: undefined,
          open: undefined,
          player: { ...desk.player, shows: language },
        })),
      )
    else {
      const found = await find(id)
      if (found === undefined) return
      change(before => ({ ...before, desk: layOut(found, language, readDrafts(id)) }))
      if (state.peek().series === undefined) void series()
    }
    await lines()
  }

  const houses = (id: string) => told(fetchHouses(ask, change, id))
  const engines = () =>
    told(ask('engines', {}).then(found => change(before => ({ ...before, engines: found }))))
  const people = () => told(ask('users', {}).then(found => change(before => ({ ...before, people: found }))))

  const arrive = (place: Place): Promise<unknown> => {
    switch (place.at) {
      case 'series':
        return series()
      case 'one-series':
        return Promise.all([series(), engines(), houses(place.series)])
      case 'ingest':
        return Promise.all([series(), engines()])
      case 'consents':
      case 'ask':
      case 'withheld':
        return series()
      case 'episode':
        return told(openEpisode(place.episode, place.language))
      case 'engines':
        return engines()
      case 'people':
        return people()
      default:
        return Promise.resolve()
    }
  }

  onArrival(state, (here, somebody) => {
    if (here.at !== 'episode' && state.peek().desk !== undefined)
      change(before => ({ ...before, desk: undefined }))
    if (somebody && may(state.peek(), 'allSeries')) void arrive(here)
  })
  const foreign = computed(() => {
    const desk = state.value.desk
    const shown = desk?.player.shows
    return shown === 'none' || shown === desk?.language ? undefined : shown
  })
  effect(() => {
    const language = foreign.value
    if (language !== undefined) untracked(() => void cues(language))
  })
  setInterval(() => {
    const { place, rows: known, session } = state.peek()
    if (!session || document.hidden || (place.at !== 'series' && place.at !== 'one-series')) return
    for (const [id, episodes] of Object.entries(known))
      if (episodes.some(({ state }) => state === 'running' || state === 'waiting')) void told(rows(id))
  }, glance)

  openLeadsLoad(state, change, ask)
  return { episode, since, lines, counts, step, series, cues }
}
