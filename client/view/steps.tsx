import type { EpisodeView, StepView } from '../../server/contract.ts'
import { parts } from '../times.ts'
import { languageIn, type Say } from '../words.ts'
import { useRead, useSay, useTongue } from './house.ts'

export const stateLook = {
  waiting: 'quiet',
  running: 'blue',
  ready: 'green',
  failed: 'red',
  cancelled: 'amber',
} as const satisfies Record<EpisodeView['state'], string>

/** The step at work, and how much of all is done. */
export function underway(steps: readonly StepView[]): {
  readonly step?: StepView
  readonly fraction: number
} {
  const done = steps.reduce(
    (sum, step) => sum + (step.state === 'done' ? 1 : step.state === 'running' ? step.fraction : 0),
    0,
  )
  return {
    step: steps.find(({ state }) => state === 'running'),
    fraction: steps.length === 0 ? 0 : done / steps.length,
  }
}

export function Bar({ fraction, label }: { fraction: number; label: string }) {
  const percent = Math.round(fraction * 100)
  return (
    <span
      class="meter"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <span style={{ width: `${percent}%` }} />
    </span>
  )
}

const leftOf = (say: Say, left: number | undefined) => {
  if (left === undefined) return ''
  const { unit, a, b } = parts(left)
  return say('time-left', { left: say(`left-${unit}`, { a, b }) })
}

/** Every stage with its fraction and the time it has left. */
export function Steps({ steps }: { steps: readonly StepView[] }) {
  const say = useSay()
  const tongue = useTongue()
  return (
    <ol class="steps">
      {steps.map(step => (
        <li key={`${step.step}/${step.of ?? ''}`} class={step.state}>
          <span class="step">
            {say(`step-${step.step}`)}
            {step.of && <span class="soft"> {languageIn(tongue, step.of)}</span>}
          </span>
          <Bar fraction={step.state === 'done' ? 1 : step.fraction} label={say(`step-${step.step}`)} />
          <span class="small figure">
            {step.state === 'running'
              ? `${Math.round(step.fraction * 100)} % ${leftOf(say, step.left)}`
              : say(`stepped-${step.state}`)}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** Tells the progress to those who listen, in tens of percent: often enough to know, seldom enough to work beside. */
export function ProgressTold() {
  const say = useSay()
  const tongue = useTongue()
  const told = useRead(
    state => {
      const episode = state.desk?.episode
      if (episode === undefined) return ''
      if (episode.state !== 'running') return say(`state-${episode.state}`)
      const { step } = underway(episode.steps)
      if (step === undefined) return ''
      const tens = Math.floor(step.fraction * 10) * 10
      return `${say(`step-${step.step}`)} ${step.of ? languageIn(tongue, step.of) : ''} ${tens} %`
    },
    [tongue],
  )
  return (
    <p class="unseen" role="status" aria-live="polite">
      {told}
    </p>
  )
}
