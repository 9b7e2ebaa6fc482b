import { isDeepStrictEqual } from 'node:util'
import {
  audiences,
  houseNames,
  type Profile,
  profileIn,
  profileOf,
  readStyle,
  styleIn,
} from '../../pipelines/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import type { HouseStyle, Language } from '../../pipelines/terms.ts'
import type { HouseFigures, HouseView, PaceView } from '../contract.ts'
import type { Jobs } from '../jobs.ts'
import { type Library, missing, type WorkStatus } from '../known.ts'
import type { People } from '../store/people.ts'
import type { Series } from '../store/series.ts'
import type { Deeds } from './deed.ts'

export type HouseParts = {
  readonly people: Pick<People, 'series' | 'episodes'>
  readonly library: Pick<Library, 'series'>
  readonly jobs: Pick<Jobs, 'start'>
  readonly work: WorkStatus
}

export function houseDeeds({
  people,
  library,
  jobs,
  work,
}: HouseParts): Pick<Deeds, 'houses' | 'chooseHouse'> {
  /** What was made by another style, or is being made by it, is made by this one. Nobody's words are made again. */
  async function recheck(series: string, asker: string): Promise<void> {
    const episodes = await people.episodes.ofSeries(series)
    for (const { episode, state } of await work.ofAll(episodes.map(({ id }) => id)))
      if (state === 'ready' || state === 'running') await jobs.start(episode, asker)
  }

  return {
    houses: async ({ where }) => {
      const series = await library.series(where.series)
      return languagesOf(series).map(language => viewHouse(series.houses, language))
    },

    chooseHouse: async ({ where: { series: id, language }, body, session }) => {
      const series = await library.series(id)
      if (!languagesOf(series).includes(language)) missing('language', language)
      const { own, ...chosen } = body
      const before = styleIn(series.houses, language)
      const style: HouseStyle = {
        language,
        ...chosen,
        ...(own && { own: { ...own, by: sameOwn(own, before) ?? session.user.name } }),
      }
      const profile = readStyle(style)
      if (typeof profile === 'string') throw new Problem('bad-request', { where: 'house', reason: profile })
      if (!isDeepStrictEqual(style, before)) {
        await people.series.follow(id, style)
        await recheck(id, session.user.name)
      }
      return viewHouse([style], language)
    },
  }
}

const languagesOf = ({ language, targets }: Series): Language[] => [...new Set([language, ...targets])]

/** Who said so before, where nothing else is said now. */
const sameOwn = (own: Omit<NonNullable<HouseStyle['own']>, 'by'>, before: HouseStyle): string | undefined =>
  before.own && isDeepStrictEqual({ ...own, by: before.own.by }, before.own) ? before.own.by : undefined

/** What the subtitles of a language are held to, as the desk shows it while somebody writes. */
export function paceOf(language: Language, houses: readonly HouseStyle[]): PaceView {
  const { title, speed: cps, row: columns, rows } = profileIn(houses, language)
  return { cps, columns, rows, house: title }
}

function viewHouse(houses: readonly HouseStyle[], language: Language): HouseView {
  const { house, audience, own } = styleIn(houses, language)
  const profile = profileIn(houses, language)
  const { title, clause, changes } = profile
  return {
    ...{ language, house, audience, title, clause, figures: figuresOf(profile) },
    ...(own && { own: { name: own.name, why: own.why, change: { ...own.change } } }),
    changes: changes.map(change => ({ ...change })),
    choices: houseNames.flatMap(name => choiceOf(name, language)),
  }
}

function choiceOf(house: string, language: Language): HouseView['choices'] {
  const adult = profileOf(house, language)
  if (!adult) return []
  const figures = Object.fromEntries(
    audiences.map(audience => [audience, figuresOf(profileOf(house, language, audience) ?? adult)]),
  )
  const { title, clause } = adult
  return [{ house, title, clause, figures: figures as HouseView['choices'][number]['figures'] }]
}

const figuresOf = (profile: Profile): HouseFigures => {
  const { row, rows, speed, shortest, longest, gap } = profile
  const { oneRow, italics, spellsNumbers, signsInCapitals, glyphs } = profile
  return {
    ...{ row, rows, speed, shortest, longest, gap },
    ...{ oneRow, italics, spellsNumbers, signsInCapitals, glyphs },
  }
}
