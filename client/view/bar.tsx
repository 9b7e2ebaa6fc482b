import { showHelp } from '../actions/show-help.ts'
import { signOut } from '../actions/sign-out.ts'
import { switchTongue } from '../actions/switch-tongue.ts'
import { toTop } from '../focus.ts'
import { may } from '../may.ts'
import { Do } from './do.tsx'
import { Face } from './face.tsx'
import { useHands, useRead, useSay } from './house.ts'
import { Icon } from './icon.tsx'
import { useLeadSay } from './leads/say.ts'
import { Trail } from './trail.tsx'

/** The bar on top of every page: where one is, who one is, and the page's own language. */
export function Bar() {
  const say = useSay()
  const session = useRead(state => state.session)
  const admin = useRead(state => state.session?.user.roles.includes('admin') ?? false)
  const lead = useLeadSay()
  const consents = useRead(state => may(state, 'consentPeople') || may(state, 'judgeRecording'))
  const connected = useRead(state => state.connected)
  return (
    <header class="bar">
      <button type="button" class="skip" onClick={toTop}>
        {say('skip')}
      </button>
      <a class="brand" href="#/" aria-label={say('home')}>
        <img src="/mark.svg" alt="" width="24" height="24" />
        <span>Kotodama</span>
      </a>
      <Trail />
      {session && !connected && (
        <span class="chip amber" role="status">
          {say('offline')}
        </span>
      )}
      <nav class="tools" aria-label={say('tools')}>
        {consents && <a href="#/consents">{lead('consents')}</a>}
        {session && <a href="#/engines">{say('engines')}</a>}
        {admin && <a href="#/people">{say('people')}</a>}
        <ThemeSwitch />
        <Tongue />
        {session && (
          <Do action={showHelp} look="icon">
            <Icon name="help" />
          </Do>
        )}
        {session && (
          <>
            <button type="button" class="button icon me" popovertarget="me" aria-label={session.user.name}>
              <Face name={session.user.name} />
              <span class="name">{session.user.name}</span>
            </button>
            <div id="me" popover="auto" class="menu">
              <p>
                <strong>{session.user.name}</strong>
                <br />
                <span class="soft">{session.user.roles.map(role => say(`role-${role}`)).join(' · ')}</span>
              </p>
              {consents && <a href="#/consents">{lead('consents')}</a>}
              <a href="#/engines">{say('engines')}</a>
              {admin && <a href="#/people">{say('people')}</a>}
              <Do action={signOut} />
            </div>
          </>
        )}
      </nav>
    </header>
  )
}

/** Names the other language in itself, so that whoever needs it can read it. */
function Tongue() {
  const tongue = useRead(state => state.tongue)
  const other = tongue === 'en' ? 'ja' : 'en'
  return (
    <Do action={switchTongue} look="quiet">
      <span lang={other}>{other === 'ja' ? '日本語' : 'English'}</span>
    </Do>
  )
}

function ThemeSwitch() {
  const { change } = useHands()
  const say = useSay()
  const theme = useRead(state => state.theme)
  const next = { auto: 'light', light: 'dark', dark: 'auto' } as const
  const label = `${say('theme')}: ${say(`theme-${theme}`)}`
  return (
    <button
      type="button"
      class="button icon"
      aria-label={label}
      title={label}
      onClick={() => change(before => ({ ...before, theme: next[theme] }))}
    >
      <Icon name={theme === 'auto' ? 'half' : theme === 'light' ? 'sun' : 'moon'} />
    </button>
  )
}
