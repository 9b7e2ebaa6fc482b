import { useEffect, useRef } from 'preact/hooks'
import type { PartyRole } from '../../../server/contract.ts'
import { toMain, toTop } from '../../focus.ts'
import { type VoicePlace, writeVoicePlace } from '../../voice/place.ts'
import { Icon, type IconName } from '../icon.tsx'
import { Asked } from './asked.tsx'
import { Door } from './door.tsx'
import { Enrol } from './enrol.tsx'
import { useOf, useSay, useVoice } from './house.ts'
import { Me } from './me.tsx'
import { Mine } from './mine.tsx'
import { Narrow } from './narrow.tsx'
import { Notices } from './notices.tsx'
import { People } from './people.tsx'
import { Recordings } from './recordings.tsx'
import { Recover } from './recover.tsx'
import { Request } from './request.tsx'
import { SetUp } from './set-up.tsx'
import { SheetOver } from './sheet.tsx'
import { Uses } from './uses.tsx'

type Tab = Exclude<VoicePlace['at'], 'setup'>
const everybody: readonly Tab[] = ['asked', 'mine', 'me']
const speaking: readonly Tab[] = ['asked', 'mine', 'uses', 'people', 'me']
const tabs: { readonly [role in PartyRole]: readonly Tab[] } = {
  actor: ['asked', 'mine', 'uses', 'recordings', 'me'],
  holder: everybody,
  guardian: speaking,
  estate: speaking,
  union: ['people', 'mine', 'uses', 'me'],
  agent: speaking,
}
const icons: { readonly [tab in Tab]: IconName } = {
  asked: 'comment',
  mine: 'check',
  uses: 'list',
  recordings: 'voice',
  people: 'face',
  me: 'lock',
}

export function App() {
  const say = useSay()
  const me = useOf(state => state.me)
  const place = useOf(state => state.place)
  const recovers = useOf(state => state.paper !== undefined)
  useEffect(() => {
    const tab = place.at === 'setup' || !me?.party ? 'door-title' : (`tab-${place.at}` as const)
    document.title = `${say(tab)} · Kotodama`
  }, [say, place, me])
  useArrival()
  return (
    <>
      <Bar />
      {me?.party && me.role && place.at !== 'setup' && !recovers && <Tabs role={me.role} />}
      <Page />
      <SheetOver />
      <Notices />
    </>
  )
}

/** Who goes to another page by keyboard or ear begins at its top. */
function useArrival() {
  const at = useOf(state => writeVoicePlace(state.place))
  const first = useRef(true)
  useEffect(() => {
    if (!first.current) toTop()
    first.current = false
  }, [at])
}

function Bar() {
  const { change } = useVoice()
  const say = useSay()
  const tongue = useOf(state => state.tongue)
  const other = tongue === 'en' ? 'ja' : 'en'
  return (
    <header class="bar">
      <button type="button" class="skip" onClick={toMain}>
        {say('skip')}
      </button>
      <a class="brand" href="#/" aria-label={say('home')}>
        <img src="/mark.svg" alt="" width="24" height="24" />
        <strong>Kotodama</strong>
      </a>
      <span class="trail" />
      <button type="button" class="button quiet" lang={other} onClick={() => change({ tongue: other })}>
        {other === 'ja' ? '日本語' : 'English'}
      </button>
    </header>
  )
}

function Tabs({ role }: { role: PartyRole }) {
  const say = useSay()
  const at = useOf(state => state.place.at)
  const waiting = useOf(
    ({ asked, cosigns, me }) =>
      (asked?.filter(({ state, licensed, terms }) =>
        terms.holder === me?.party ? !licensed && state !== 'over' : state === 'open',
      ).length ?? 0) + (cosigns?.length ?? 0),
  )
  return (
    <nav class="tabs" aria-label={say('pages')}>
      {tabs[role].map(tab => (
        <a key={tab} href={writeVoicePlace({ at: tab })} aria-current={at === tab ? 'page' : undefined}>
          <Icon name={icons[tab]} />
          <span>{say(`tab-${tab}`)}</span>
          {tab === 'asked' && waiting > 0 && <span class="count figure">{waiting}</span>}
        </a>
      ))}
    </nav>
  )
}

function Page() {
  const say = useSay()
  const place = useOf(state => state.place)
  const session = useOf(state => state.session)
  const me = useOf(state => state.me)
  const recovers = useOf(state => state.paper !== undefined)
  if (place.at === 'setup') return <SetUp token={place.token} />
  if (session === null) return <Door />
  const party = session?.user.roles.some(role => role in tabs) ?? true
  if (!party)
    return (
      <main class="page narrow">
        <h1>{say('not-party')}</h1>
        <p>
          <a href="/">{say('desk')}</a>
        </p>
      </main>
    )
  if (session === undefined || me === undefined) return <main class="page" aria-busy="true" />
  if (recovers) return <Recover />
  if (me.party === undefined) return <Enrol />
  switch (place.at) {
    case 'asked':
      return place.id ? <Request id={place.id} /> : <Asked />
    case 'mine':
      return place.id ? <Narrow id={place.id} /> : <Mine />
    case 'uses':
      return <Uses />
    case 'recordings':
      return <Recordings />
    case 'people':
      return <People />
    default:
      return <Me />
  }
}
