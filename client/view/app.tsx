import { useEffect, useRef } from 'preact/hooks'
import { toTop } from '../focus.ts'
import { listen } from '../keys.ts'
import { type Place, writePlace } from '../place.ts'
import { Bar } from './bar.tsx'
import { Dashboard } from './dashboard.tsx'
import { Engines } from './engines.tsx'
import { Episode } from './episode.tsx'
import { Help } from './help.tsx'
import { useHands, useRead, useSay } from './house.ts'
import { Ingest } from './ingest.tsx'
import { lazily } from './lazily.tsx'
import { Notices } from './notices.tsx'
import { People } from './people.tsx'
import { Series } from './series.tsx'
import { SetUp } from './set-up.tsx'
import { SignIn } from './sign-in.tsx'

const Ask = lazily(async () => (await import('./leads/ask.tsx')).Ask)
const Consents = lazily(async () => (await import('./leads/consents.tsx')).Consents)
const Withheld = lazily(async () => (await import('./leads/withheld.tsx')).Withheld)

export function App() {
  const hands = useHands()
  useEffect(() => listen(window, hands), [hands])
  useTitle()
  useArrival()
  return (
    <>
      <Bar />
      <Page />
      <Notices />
      <Help />
    </>
  )
}

/** The window is named after what is in it. */
function useTitle() {
  const episode = useRead(({ desk }) => desk?.episode)
  const name = useRead(({ place, series }) =>
    'series' in place ? series?.find(({ id }) => id === place.series)?.title : undefined,
  )
  const title = episode ? `${episode.number} ${episode.title}`.trim() : name
  useEffect(() => {
    document.title = title === undefined ? 'Kotodama' : `${title} · Kotodama`
  }, [title])
}

/** What is chosen on a page is no other page. */
const pageOf = (place: Place): Place =>
  place.at === 'episode'
    ? { ...place, language: undefined }
    : place.at === 'ask'
      ? { ...place, actor: undefined }
      : place

/** Who goes to another page by keyboard or ear begins at its top. */
function useArrival() {
  const at = useRead(({ place }) => writePlace(pageOf(place)))
  const first = useRef(true)
  useEffect(() => {
    document.querySelector<HTMLElement>('[popover]:popover-open')?.hidePopover()
    if (!first.current) toTop()
    first.current = false
  }, [at])
}

function Page() {
  const place = useRead(state => state.place)
  const session = useRead(state => state.session)
  const say = useSay()
  if (place.at === 'setup') return <SetUp token={place.token} />
  if (session === undefined) return <main class="page" aria-busy="true" />
  if (session === null) return <SignIn />
  switch (place.at) {
    case 'series':
      return <Dashboard />
    case 'one-series':
      return <Series id={place.series} />
    case 'ingest':
      return <Ingest series={place.series} />
    case 'episode':
      return <Episode />
    case 'consents':
      return <Consents />
    case 'ask':
      return <Ask series={place.series} actor={place.actor} />
    case 'withheld':
      return <Withheld series={place.series} />
    case 'engines':
      return <Engines />
    case 'people':
      return <People />
    default:
      return (
        <main class="page">
          <h1>{say('nowhere')}</h1>
          <p>
            <a href="#/">{say('all-series')}</a>
          </p>
        </main>
      )
  }
}
