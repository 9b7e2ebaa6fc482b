import type { SeriesView } from '../../server/contract.ts'
import { may } from '../may.ts'
import { languageIn } from '../words.ts'
import { EpisodeLink } from './episode-link.tsx'
import { useHands, useRead, useSay, useTongue } from './house.ts'
import { Recalls } from './leads/walks.tsx'
import { NewSeries } from './new-series.tsx'

/** All series and what is on its way in each. */
export function Dashboard() {
  const say = useSay()
  const { change } = useHands()
  const all = useRead(state => state.series)
  const lead = useRead(state => may(state, 'newSeries'))
  const watches = useRead(state => may(state, 'allSeries'))
  const open = () => change(before => ({ ...before, dialog: 'new-series' }))
  if (!watches)
    return (
      <main class="page">
        <h1>{say('all-series')}</h1>
        <p>{say('only-actor')}</p>
        <p>
          <a class="button main" href="/voice">
            {say('to-voice')}
          </a>
        </p>
      </main>
    )
  return (
    <main class="page" aria-busy={all === undefined}>
      <header class="head">
        <h1>{say('all-series')}</h1>
        {lead && (
          <button type="button" class="button main" onClick={open}>
            {say('new-series')}
          </button>
        )}
      </header>
      <Recalls />
      {all?.length === 0 && (
        <section class="empty">
          <h2>{say('no-series')}</h2>
          <p>{say(lead ? 'no-series-lead' : 'no-series-other')}</p>
        </section>
      )}
      {all?.map(series => (
        <SeriesBlock key={series.id} series={series} lead={lead} />
      ))}
      <NewSeries />
    </main>
  )
}

function SeriesBlock({ series, lead }: { series: SeriesView; lead: boolean }) {
  const say = useSay()
  const tongue = useTongue()
  const rows = useRead(state => state.rows[series.id], [series.id])
  return (
    <section class="block" aria-labelledby={`series-${series.id}`}>
      <header>
        <h2 id={`series-${series.id}`}>
          <a href={`#/series/${series.id}`} lang={series.language}>
            {series.title}
          </a>
        </h2>
        <p class="soft">
          {languageIn(tongue, series.language)} →{' '}
          {series.targets.map(target => languageIn(tongue, target)).join(say('and')) || say('no-targets')}
        </p>
        {lead && (
          <a class="button" href={`#/series/${series.id}/ingest`}>
            {say('ingest')}
          </a>
        )}
      </header>
      {rows?.length === 0 && <p class="soft hollow">{say('no-episodes')}</p>}
      <ul class="episodes">
        {rows?.map(row => (
          <EpisodeLink key={row.id} row={row} />
        ))}
      </ul>
    </section>
  )
}
