import type { WithheldView } from '../../../server/contract.ts'
import { type Bundle, bundled, outlookOf } from '../../leads/outlook.ts'
import { may } from '../../may.ts'
import { refusalIn } from '../../words/refusals.ts'
import { languageIn } from '../../words.ts'
import { Commands } from '../commands.tsx'
import { useRead, useSay, useTongue } from '../house.ts'
import { OnAir } from '../on-air.tsx'
import { type LeadSay, useLeadSay, whenIn } from './say.ts'

/** All lines of a series that wait for somebody's yes, by episode. */
export function Withheld({ series: id }: { series: string }) {
  const say = useLeadSay()
  const house = useSay()
  const series = useRead(state => state.series?.find(one => one.id === id), [id])
  const rows = useRead(state => state.leads?.withheld[id], [id])
  const lead = useRead(state => may(state, 'newRequest'))
  if (series === undefined || rows === undefined)
    return <main class="page" aria-busy="true" aria-label={house('loading')} />
  const episodes = [...new Map(rows.map(row => [row.episode, row])).values()]
  return (
    <main class="page">
      <header class="head">
        <h1>
          {say('withheld-lines')} · <span lang={series.language}>{series.title}</span>
        </h1>
        {lead && (
          <a class="button main" href={`#/series/${id}/ask`}>
            {say('ask')}
          </a>
        )}
      </header>
      <p class="lead">{say('withheld-says')}</p>
      {rows.length === 0 && (
        <p class="empty">
          {say(series.cast.some(({ voice }) => voice.kind === 'person') ? 'none-withheld' : 'nobody-cast')}
        </p>
      )}
      {episodes.map(({ episode, number, onAir }) => (
        <section key={episode} class="block" aria-labelledby={`withheld-${episode}`}>
          <header>
            <h2 id={`withheld-${episode}`}>
              <a href={`#/episodes/${episode}`}>{say('episode', { number })}</a>
            </h2>
            <OnAir at={onAir} />
          </header>
          <Bundles rows={rows.filter(row => row.episode === episode)} series={id} title={series.title} />
        </section>
      ))}
    </main>
  )
}

/** Withheld lines with what is to be done about them. */
export function Bundles({
  rows,
  series,
  title,
}: {
  rows: readonly WithheldView[]
  series: string
  title: string
}) {
  return (
    <ul class="bundles">
      {bundled(rows).map(bundle => (
        <li key={`${bundle.first.episode}/${bundle.first.line}/${bundle.first.language}`}>
          <OneBundle bundle={bundle} series={series} title={title} />
        </li>
      ))}
    </ul>
  )
}

function OneBundle({ bundle, series, title }: { bundle: Bundle; series: string; title: string }) {
  const say = useLeadSay()
  const tongue = useTongue()
  const { first, lines } = bundle
  return (
    <>
      <p>
        <span class="chip amber">{say('count-lines', { count: lines.length })}</span>{' '}
        <strong>{first.character}</strong> · {first.actorName} · {languageIn(tongue, first.language)}
      </p>
      <p>{refusalIn(tongue, first.code)}</p>
      <Next row={first} series={series} title={title} />
      <details>
        <summary>{say('show-lines')}</summary>
        <ul class="asked-lines">
          {lines.map(line => (
            <li key={`${line.language}/${line.line}`}>
              <a
                href={`#/episodes/${line.episode}/${encodeURIComponent(line.language)}/${encodeURIComponent(line.line)}`}
                lang={line.language}
              >
                {line.text}
              </a>
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

/** Whom to ask for what, and how the notice stands against the day on air. */
export function Next({ row, series, title }: { row: WithheldView; series: string; title: string }) {
  const say = useLeadSay()
  const tongue = useTongue()
  const now = useRead(state => state.now)
  const requests = useRead(state => state.leads?.requests)
  const lead = useRead(state => may(state, 'newRequest'))
  const outlook = outlookOf(row, title, requests ?? [], now)
  const when = (at: number) => whenIn(tongue, at)
  const asked = outlook.request !== undefined
  const askable =
    lead &&
    row.code !== 'no-reference' &&
    row.actor !== undefined &&
    !asked &&
    (row.ask === 'actor' || row.ask === 'holder')
  const air = airIn(say, outlook, row, when)
  return (
    <div class="next">
      <p>
        <Commands text={nextIn(say, row, outlook, when)} />
      </p>
      {air && <p class={`small ${outlook.air === 'only-waived' ? 'red-ink' : 'soft'}`}>{air}</p>}
      {askable && (
        <a class="button" href={`#/series/${series}/ask/${row.actor}`}>
          {say('ask')}
        </a>
      )}
    </div>
  )
}

type Outlook = ReturnType<typeof outlookOf>

export function nextIn(
  say: LeadSay,
  { ask, code, actorName: name }: WithheldView,
  { request, earliest }: Outlook,
  when: (at: number) => string,
): string {
  const since = request && when(request.logged)
  switch (ask) {
    case 'actor':
      if (code === 'not-yet') return say('next-term')
      if (code === 'no-reference') return say('next-record', { name })
      return since === undefined ? say('next-ask', { name }) : say('next-asked', { name, when: since })
    case 'holder':
      return request && since
        ? say('next-holder-asked', { holder: request.holderName, when: since })
        : say('next-holder')
    case 'guardian':
      return say('next-guardian', { name })
    case 'operator':
      return say('next-operator')
    default:
      if (code === 'no-notice') return say('next-wait', { name, when: when(earliest) })
      return say(code === 'suspended' || code === 'paused-by-union' ? 'next-paused' : 'next-no')
  }
}

/** The notice against the day on air; nothing where nobody is going to say yes. */
export function airIn(
  say: LeadSay,
  { air, earliest, askBy, request }: Outlook,
  { ask, code }: WithheldView,
  when: (at: number) => string,
): string | undefined {
  if (air === 'no-date' || (ask === 'nobody' && code !== 'no-notice') || ask === 'operator') return undefined
  if (air === 'over') return say('air-over')
  if (code === 'no-reference') return undefined
  if (air === 'only-waived') return say('air-only-waived', { when: when(earliest) })
  if (request?.yes?.noticeWaived) return say('air-waived')
  return request === undefined && askBy !== undefined
    ? say('air-ask-by', { when: when(askBy) })
    : say('air-in-time', { when: when(earliest) })
}
