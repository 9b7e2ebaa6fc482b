import { useEffect } from 'preact/hooks'
import type { CertificateView } from '../../../server/contract.ts'
import { dateIn, timeIn } from '../../voice/spell.ts'
import type { VoiceWord } from '../../words/voice.ts'
import { Icon } from '../icon.tsx'
import { useOf, useSay, useTongue, useVoice } from './house.ts'

const soonMs = 3000

/** What came of everything that was taken back: what was done, what had left already, and what nobody could do. */
export function Certificates() {
  const { load } = useVoice()
  const say = useSay()
  const all = useOf(state => state.certificates)
  const walking = all?.some(({ state }) => state === 'walking') ?? false
  useEffect(() => {
    if (!walking) return
    const timer = setTimeout(() => void load.certificates(), soonMs)
    return () => clearTimeout(timer)
  }, [all])
  if (all === undefined || all.length === 0) return null
  return (
    <section>
      <h2>{say('certificates')}</h2>
      <ul class="cards">
        {all.map((one, at) => (
          <Certificate key={one.id} certificate={one} open={at === 0} />
        ))}
      </ul>
    </section>
  )
}

function Certificate({ certificate, open }: { certificate: CertificateView; open: boolean }) {
  const say = useSay()
  const tongue = useTongue()
  const { kind, by, logged, state, found, recipients, couldNot, voices } = certificate
  return (
    <li class="card cert" data-state={state}>
      <details open={open}>
        <summary>
          <span class="row">
            <strong>{say(`cert-${kind}` as VoiceWord)}</strong>
            <span class={`chip ${state === 'done' ? 'green' : 'amber'}`}>{say(`cert-${state}`)}</span>
          </span>
        </summary>
        <p class="small soft">
          {say('no-by', { name: by, date: timeIn(tongue, logged) })}
          {voices.length > 1 && <> · {voices.map(({ name }) => name).join(' · ')}</>}
        </p>
        {state === 'walking' && <p class="told amber">{say('cert-walking-says')}</p>}
        {found && (
          <>
            <h3>{say('cert-found')}</h3>
            <ul class="dots">
              <li>{say('cert-killed', { count: found.killed })}</li>
              <li>{say('cert-cut', { count: found.cut })}</li>
              <li>{say('cert-queued', { count: found.queued })}</li>
              <li>{say('cert-results', { count: found.results, files: found.files })}</li>
              <li>{say('cert-remade', { count: found.remade })}</li>
              {found.erased && <li>{say('cert-erased')}</li>}
            </ul>
          </>
        )}
        {recipients.length > 0 && (
          <>
            <h3>{say('cert-recipients')}</h3>
            <ul class="dots">
              {recipients.map(({ file, sha256, at, state }) => (
                <li key={`${sha256} ${at}`}>
                  {file}{' '}
                  <span class="small soft">
                    {dateIn(tongue, at)} · {say(`cert-${state}`)}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
        {couldNot.length > 0 && (
          <>
            <h3>{say('cert-could-not')}</h3>
            <ul class="dots">
              {couldNot.map(({ code, [tongue]: says }) => (
                <li key={code}>{says}</li>
              ))}
            </ul>
          </>
        )}
        <Papers certificate={certificate} />
      </details>
    </li>
  )
}

function Papers({ certificate: { url, pdf } }: { certificate: CertificateView }) {
  const say = useSay()
  const tongue = useTongue()
  if (url === undefined || pdf === undefined) return null
  const papers = [
    [`${pdf}?language=${tongue}`, 'cert-pdf'],
    [url, 'cert-json'],
  ] as const
  return (
    <p class="row">
      {papers.map(([href, word]) => (
        <a key={word} class="button push" href={href} download>
          <Icon name="download" />
          {say(word)}
        </a>
      ))}
    </p>
  )
}
