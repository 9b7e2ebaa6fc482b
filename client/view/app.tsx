import { useEffect } from 'preact/hooks'
import { listen } from '../keys.ts'
import { Bar } from './bar.tsx'
import { Dashboard } from './dashboard.tsx'
import { Engines } from './engines.tsx'
import { Episode } from './episode.tsx'
import { Help } from './help.tsx'
import { useHands, useRead, useSay } from './house.ts'
import { Ingest } from './ingest.tsx'
import { Notices } from './notices.tsx'
import { People } from './people.tsx'
import { Series } from './series.tsx'
import { SetUp } from './set-up.tsx'
import { SignIn } from './sign-in.tsx'

export function App() {
  const hands = useHands()
  useEffect(() => listen(window, hands), [hands])
  return (
    <>
      <Bar />
      <Page />
      <Notices />
      <Help />
    </>
  )
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
