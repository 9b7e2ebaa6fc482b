import { cancelWork } from '../actions/cancel-work.ts'
import { goOn } from '../actions/go-on.ts'
import { languageIn, problemIn } from '../words.ts'
import { About } from './about.tsx'
import { Commands } from './commands.tsx'
import { Do } from './do.tsx'
import { Editor } from './editor.tsx'
import { useRead, useSay, useTongue } from './house.ts'
import { OnAir } from './on-air.tsx'
import { Panes } from './panes.tsx'
import { Player } from './player.tsx'
import { Bar, ProgressTold, Steps, stateLook, underway } from './steps.tsx'
import { Watchers } from './watchers.tsx'
import { Waveform } from './waveform.tsx'

/** The heart: picture, sound and words of one episode, and the work on them. */
export function Episode() {
  const say = useSay()
  const loaded = useRead(state => state.desk !== undefined)
  const near = useRead(state => state.desk?.near ?? false)
  const empty = useRead(
    ({ desk }) =>
      desk !== undefined &&
      desk.episode.proxy === undefined &&
      desk.episode.sound === undefined &&
      (desk.lines?.length ?? 0) === 0,
  )
  if (!loaded) return <main class="desk" aria-busy="true" aria-label={say('loading')} />
  return (
    <main class={`desk ${near ? 'near' : ''} ${empty ? 'early' : ''}`}>
      <h1 class="unseen">{say('one-episode')}</h1>
      <Standing />
      {!empty && (
        <>
          <Player />
          <Waveform />
          <Editor />
          <Panes />
        </>
      )}
      <ProgressTold />
    </main>
  )
}

/** How the work stands: in one row when all is well, in full while it runs or has failed. */
function Standing() {
  const say = useSay()
  const tongue = useTongue()
  const episode = useRead(({ desk }) => desk?.episode)
  const early = useRead(({ desk }) => desk?.episode.proxy === undefined && (desk?.lines?.length ?? 0) === 0)
  if (episode === undefined) return null
  const { state, problem, steps, onAir, way } = episode
  const told = problem && problemIn(tongue, problem)
  const { step, fraction } = underway(steps)
  return (
    <section class={`standing ${state}`} aria-label={say('progress')}>
      <p class="row">
        <span class={`chip ${stateLook[state]}`}>{say(`state-${state}`)}</span>
        <OnAir at={onAir} />
        {way && <span class="chip quiet">{say(`way-${way}`)}</span>}
        <Watchers />
        <span class="push" />
        <Do action={goOn} />
        <Do action={cancelWork} />
      </p>
      {told && (
        <p class="problem" role="alert">
          <strong>{told.says}</strong> {told.mend && <Commands text={told.mend} />}
        </p>
      )}
      <About />
      {state !== 'ready' && (
        <details class="work" open={early}>
          <summary>
            <span>
              {step ? say(`step-${step.step}`) : say('steps')}
              {step?.of && ` · ${languageIn(tongue, step.of)}`} {Math.round(fraction * 100)} %
            </span>
            <Bar fraction={fraction} label={say('progress')} />
          </summary>
          <Steps steps={steps} />
        </details>
      )}
    </section>
  )
}
