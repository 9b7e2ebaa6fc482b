import { isDeepStrictEqual } from 'node:util'
import {
  type Crew,
  type Draft,
  draftEpisode,
  type Parcel,
  Problem,
  type Run,
  type Source,
  type Version,
  type Wish,
} from '../pipelines/index.ts'
import type { ProblemView, StepView } from './contract.ts'
import type { JobEvent } from './jobs.ts'
import { viewOf } from './problem.ts'
import type { Blobs } from './store/blobs.ts'
import type { Claim, WorkState, WorkStore } from './store/work.ts'

export type Making = {
  readonly work: WorkStore
  readonly blobs: Blobs
  readonly load: (episode: string) => Promise<{ source: Source; wish: Wish; memory: Crew['memory'] }>
  readonly crew: Omit<Crew, 'memory'>
  readonly openRun: (signal: AbortSignal, hear: (step: StepView) => void) => Run
  readonly tell: (event: JobEvent) => void
  /** Called with whatever went wrong that has no name. Gives the id under which the log has it. */
  readonly fault: (error: unknown) => string
}

/** Well under a third of the lease, and soon enough for a cancel that came by another road than the wake. */
const beatMs = 1000

/** Makes what one claim asks for: runs the journey, saves the draft as it grows, and ends the claim. @returns how it ended, if the claim was still ours */
export async function makeEpisode(
  claim: Claim,
  making: Making,
  cancelled: AbortController,
): Promise<WorkState | undefined> {
  const { work, tell } = making
  const { episode } = claim
  const steps = new Map<string, StepView>()
  const listed = () => [...steps.values()]
  const hear = (step: StepView) => {
    steps.set(`${step.step} ${step.of ?? ''}`, step)
    tell({ type: 'step:moved', episode, step })
  }
  const heart = setInterval(() => {
    work.beat(claim, listed()).then(
      word => word !== 'go' && cancelled.abort(new Problem('cancelled')),
      error => cancelled.abort(error),
    )
  }, beatMs)

  tell({ type: 'episode:changed', episode, state: 'running' })
  let end: { state: 'ready' | 'failed' | 'cancelled'; problem?: ProblemView }
  try {
    await grow()
    end = { state: 'ready' }
  } catch (error) {
    end = cancelled.signal.aborted
      ? { state: 'cancelled' }
      : { state: 'failed', problem: viewOf(error, making.fault) }
  } finally {
    clearInterval(heart)
  }
  const state = await work.finish(claim, { ...end, steps: listed() })
  if (state) tell({ type: 'episode:changed', episode, state })
  return state

  async function grow(): Promise<void> {
    const { source, wish: wished, memory } = await making.load(episode)
    const before = await lastDraft(episode, making)
    // The one there is stays if it is still true: remembered, that costs nothing.
    const parcel = claim.parcel ? 'new' : before.parcel?.files.length ? before.parcel.of : undefined
    const wish = { ...wished, ...(parcel && { parcel }) }
    const journey = draftEpisode(
      source,
      wish,
      { ...making.crew, memory },
      making.openRun(cancelled.signal, hear),
    )
    for (;;) {
      const { value: draft, done } = await journey.next()
      // What is not made again yet is shown as it was: a person's page never loses lines while the machine works.
      const shown = done
        ? withOld(draft, before.parcel)
        : { ...before, ...draft, versions: merged(before.versions, draft.versions) }
      const blob = await making.blobs.keepBytes(
        new TextEncoder().encode(JSON.stringify(shown)),
        'application/json',
      )
      if (!(await work.saveDraft(claim, blob, listed()))) throw new Problem('cancelled')
      for (const { language, lines } of changedLines(before, draft))
        tell({ type: 'lines:changed', episode, language, lines })
      tell({ type: 'episode:changed', episode, state: 'running' })
      if (done) return
    }
  }
}

/** Of a parcel that was packed of something else it is known that there was one; its files are nobody's any more. */
const withOld = (draft: Partial<Draft>, parcel: Parcel | undefined): Partial<Draft> =>
  parcel ? { parcel: { ...parcel, files: [] }, ...draft } : draft

async function lastDraft(episode: string, { work, blobs }: Making): Promise<Partial<Draft>> {
  const { draft } = (await work.of(episode)) ?? {}
  return draft && (await blobs.has(draft.digest)) ? JSON.parse(await blobs.text(draft)) : {}
}

function merged(before: readonly Version[] = [], now: readonly Version[] = []): readonly Version[] {
  const made = new Set(now.map(version => version.fitted.language))
  return [...now, ...before.filter(version => !made.has(version.fitted.language))]
}

/** Which lines look or sound different from before, language by language. */
export function changedLines(
  before: Partial<Draft>,
  now: Partial<Draft>,
): { language: string; lines: string[] }[] {
  return (now.versions ?? []).flatMap(version => {
    const { language } = version.fitted
    const old = before.versions?.find(other => other.fitted.language === language)
    const was = old && byLine(old)
    const lines = [...byLine(version)]
      .filter(([id, parts]) => !isDeepStrictEqual(parts, was?.get(id)))
      .map(([id]) => id)
    return lines.length > 0 ? [{ language, lines }] : []
  })
}

function byLine({ fitted, track, dub }: Version): Map<string, unknown[]> {
  const parts = new Map<string, unknown[]>(fitted.lines.map(line => [line.id, [line]]))
  for (const cue of track.cues) for (const line of cue.lines) parts.get(line)?.push(cue)
  for (const take of dub.takes) parts.get(take.line)?.push(take)
  return parts
}
