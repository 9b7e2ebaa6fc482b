import { useEffect, useRef, useState } from 'preact/hooks'
import type { UseView } from '../../../server/contract.ts'
import { dateIn, moneyIn, nameIn, seconds, sums, timeIn } from '../../voice/spell.ts'
import { Icon } from '../icon.tsx'
import { useOf, useSay, useTongue, useVoice } from './house.ts'
import { More, useMore } from './more.tsx'

/** Where my voice was used: every use, heard as often as I like, and the money due. */
export function Uses() {
  const say = useSay()
  const tongue = useTongue()
  const all = useOf(state => state.uses)
  const [period, setPeriod] = useState('')
  const player = usePlayer()
  const months = [...new Set((all ?? []).map(({ logged }) => monthOf(logged)))]
  const uses = (all ?? []).filter(({ logged }) => period === '' || monthOf(logged) === period)
  const { some, left, more } = useMore(uses)
  if (all === undefined) return <main class="page narrow" aria-busy="true" />
  const length = uses.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const file = (kind: string) => `/api/consent/uses.${kind}?${query(period, tongue)}`
  return (
    <main class="page narrow">
      <h1>{say('uses-title')}</h1>
      {all.length === 0 ? (
        <p class="empty">{say('uses-none')}</p>
      ) : (
        <>
          <section class="block due">
            <h2>{say('uses-due')}</h2>
            <p class="sum figure">
              {sums(uses)
                .map(([currency, due]) => moneyIn(tongue, due, currency))
                .join(' + ')}
            </p>
            <p class="soft figure">{say('uses-count', { count: uses.length, seconds: seconds(length) })}</p>
            {months.length > 1 && (
              <label>
                {say('uses-period')}
                <select value={period} onChange={event => setPeriod(event.currentTarget.value)}>
                  <option value="">{say('uses-all')}</option>
                  {months.map(month => (
                    <option key={month} value={month}>
                      {month}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <h3>{say('uses-keep')}</h3>
            <p class="row">
              {['pdf', 'csv', 'json'].map(kind => (
                <a key={kind} class="button push" href={file(kind)} download>
                  {kind.toUpperCase()}
                </a>
              ))}
            </p>
          </section>
          <ul class="cards">
            {some.map(use => (
              <Use key={use.id} use={use} player={player} />
            ))}
          </ul>
          <More left={left} more={more} />
        </>
      )}
    </main>
  )
}

const monthOf = (at: number) => new Date(at).toISOString().slice(0, 7)

/** The same period and language as on the page. Months are counted in UTC, as statements write them. */
function query(period: string, language: string): URLSearchParams {
  const asked = new URLSearchParams({ language })
  if (period === '') return asked
  const [year = 0, month = 1] = period.split('-').map(Number)
  asked.set('from', String(Date.UTC(year, month - 1)))
  asked.set('until', String(Date.UTC(year, month)))
  return asked
}

type Player = { readonly playing: string | undefined; readonly press: (use: UseView) => void }

/** One sound at a time. The server is asked anew at every press: what may not be heard any more is told, not played. */
function usePlayer(): Player {
  const { whyNot } = useVoice()
  const [playing, setPlaying] = useState<string>()
  const audio = useRef<HTMLAudioElement>(undefined)
  useEffect(() => () => audio.current?.pause(), [])
  const press = ({ id, url }: UseView) => {
    audio.current?.pause()
    setPlaying(undefined)
    if (playing === id || url === undefined) return
    // Another address every time: browsers play a sound they have again without asking, whatever its headers say.
    const sound = new Audio(`${url}?${Date.now()}`)
    audio.current = sound
    setPlaying(id)
    const end = () => setPlaying(now => (now === id ? undefined : now))
    sound.addEventListener('ended', end)
    sound.addEventListener('error', () => {
      end()
      void whyNot(url)
    })
    // A refusal is told by `error`; this one says the same once more.
    sound.play().catch(() => undefined)
  }
  return { playing, press }
}

function Use({ use, player: { playing, press } }: { use: UseView; player: Player }) {
  const say = useSay()
  const tongue = useTongue()
  const words = useOf(state => state.words)
  const { id, title, episode, language, text, asker, logged, milliseconds, due, currency, url } = use
  const act = words?.acts.find(({ name }) => name === use.act)?.[tongue] ?? use.act
  const on = playing === id
  return (
    <li class="card use" data-use={id}>
      {url !== undefined && (
        <button
          type="button"
          class="button icon round"
          aria-label={say(on ? 'hush' : 'hear-what', { text })}
          aria-pressed={on}
          onClick={() => press(use)}
        >
          <Icon name={on ? 'pause' : 'play'} />
        </button>
      )}
      <div>
        <p>
          <q lang={language}>{text}</q>
        </p>
        <p>
          {title} · {say('uses-line', { episode, language: nameIn(tongue, 'language', language) })} · {act}
        </p>
        <p class="small soft" title={dateIn(tongue, logged)}>
          {say('uses-by', { asker, date: timeIn(tongue, logged), seconds: seconds(milliseconds) })}
        </p>
      </div>
      <p class="figure due">{moneyIn(tongue, due, currency)}</p>
    </li>
  )
}
