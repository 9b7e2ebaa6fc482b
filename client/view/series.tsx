import type { SeriesView } from '../../server/contract.ts'
import { attempt } from '../attempt.ts'
import { fetchHouses } from '../houses.ts'
import { may } from '../may.ts'
import type { Alter } from './alter.ts'
import { Cast } from './cast.tsx'
import { EpisodeLink } from './episode-link.tsx'
import { listOf, readForm } from './form.ts'
import { Glossary } from './glossary.tsx'
import { Honorifics } from './honorifics.tsx'
import { useHands, useRead, useSay } from './house.ts'
import { Houses } from './houses.tsx'
import { Rights } from './leads/rights.tsx'
import { Memory } from './memory.tsx'

/** A series: its episodes, and what holds for all of them. */
export function Series({ id }: { id: string }) {
  const { ask, change } = useHands()
  const say = useSay()
  const series = useRead(state => state.series?.find(one => one.id === id), [id])
  const known = useRead(state => state.series !== undefined)
  const rows = useRead(state => state.rows[id], [id])
  const lead = useRead(state => may(state, 'changeSeries'))
  const editor = useRead(state => may(state, 'importMemory'))
  const alter: Alter = async what => {
    const changed = await attempt(change, () => ask('changeSeries', { series: id }, what))
    if (changed === undefined) return
    change(before => ({
      ...before,
      series: before.series?.map(one => (one.id === id ? changed : one)),
      notice: { done: say('saved') },
    }))
    // Another language has a style of its own.
    if (what.targets !== undefined) await attempt(change, () => fetchHouses(ask, change, id))
  }
  if (series === undefined)
    return (
      <main class="page" aria-busy={!known}>
        {known && <h1>{say('nowhere')}</h1>}
      </main>
    )
  return (
    <main class="page">
      <header class="head">
        <h1 lang={series.language}>{series.title}</h1>
        {lead && (
          <a class="button main" href={`#/series/${id}/ingest`}>
            {say('ingest')}
          </a>
        )}
      </header>
      <section class="block" aria-labelledby="episodes">
        <h2 id="episodes">{say('episodes')}</h2>
        {rows?.length === 0 && <p class="soft hollow">{say('no-episodes')}</p>}
        <ul class="episodes">
          {rows?.map(row => (
            <EpisodeLink key={row.id} row={row} />
          ))}
        </ul>
      </section>
      {lead && <Settings series={series} alter={alter} />}
      <Houses series={series.id} lead={lead} />
      {lead && <Rights series={series} alter={alter} />}
      <Glossary series={series} alter={alter} lead={lead} />
      <Honorifics series={series} alter={alter} lead={lead} />
      <Cast series={series} alter={alter} lead={lead} />
      {editor && <Memory series={series} />}
    </main>
  )
}

function Settings({ series, alter }: { series: SeriesView; alter: Alter }) {
  const say = useSay()
  const save = async (event: SubmitEvent) => {
    const { get } = readForm(event)
    await alter({
      title: get('title') ?? series.title,
      targets: listOf(get('targets')),
      loudness: Number(get('loudness') ?? series.loudness),
    })
  }
  return (
    <section class="block" aria-labelledby="settings">
      <h2 id="settings">{say('settings')}</h2>
      <form class="grid form" onSubmit={save}>
        <label>
          {say('title')}
          <input name="title" defaultValue={series.title} lang={series.language} required maxLength={200} />
        </label>
        <label>
          {say('targets')}
          <input name="targets" defaultValue={series.targets.join(', ')} />
        </label>
        <label>
          {say('loudness')}
          <input
            name="loudness"
            type="number"
            min={-40}
            max={-10}
            step={0.5}
            defaultValue={series.loudness}
          />
        </label>
        <p class="row">
          <button type="submit" class="button">
            {say('save')}
          </button>
        </p>
      </form>
    </section>
  )
}
