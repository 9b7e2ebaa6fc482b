import type { EpisodeView, StepView } from '../../server/contract.ts'

/** The steps with one of them moved on; a step not yet listed comes at its end. */
export function moved(steps: readonly StepView[], step: StepView): StepView[] {
  const same = (other: StepView) => other.step === step.step && other.of === step.of
  return steps.some(same) ? steps.map(other => (same(other) ? step : other)) : [...steps, step]
}

export const withStep = (episode: EpisodeView, step: StepView): EpisodeView => ({
  ...episode,
  steps: moved(episode.steps, step),
})
