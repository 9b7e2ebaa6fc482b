/** What is kept of the machine's side of an episode. */
import { Schema } from 'mongoose'
import type { Blob, Digest } from '../../pipelines/terms.ts'
import type { ProblemView, StepView } from '../contract.ts'

export type WorkState = 'waiting' | 'running' | 'ready' | 'failed' | 'cancelled'

export type Work = {
  readonly episode: string
  readonly state: WorkState
  /** Counts the asks; the work is done when `served` has caught up. An edit in mid-work is simply one more ask. */
  readonly asked: number
  readonly served: number
  readonly cancel: boolean
  /** The parcel is wanted too, once everything is as it was asked for. */
  readonly parcel?: boolean
  /** Times a worker died on it in a row. */
  readonly deaths: number
  readonly steps: readonly StepView[]
  readonly draft?: Blob
  /** Every draft that was shown, for as long as it lies on the disk. */
  readonly drafts: readonly Digest[]
  readonly problem?: ProblemView
}
export type Claim = {
  readonly episode: string
  readonly token: string
  readonly asked: number
  /** Who asked for it last: whoever lends their voice is told. */
  readonly asker?: string
  readonly parcel?: boolean
}

export const workSchema = new Schema(
  {
    _id: String,
    state: { type: String, required: true },
    asked: { type: Number, default: 0 },
    served: { type: Number, default: 0 },
    cancel: { type: Boolean, default: false },
    parcel: Boolean,
    deaths: { type: Number, default: 0 },
    asker: String,
    token: String,
    lease: Number,
    steps: { type: [Schema.Types.Mixed], default: [] },
    draft: Schema.Types.Mixed,
    drafts: { type: [String], default: [] },
    problem: Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false, collection: 'work' },
)
workSchema.index({ state: 1, lease: 1 })

type Found = {
  _id?: string | null
  state: string
  asked: number
  served: number
  cancel: boolean
  parcel?: boolean | null
  deaths: number
  steps: unknown[]
  draft?: unknown
  drafts?: string[] | null
  problem?: unknown
}

/** As the store gives it to the rest of the house. */
export function toWork(found: Found): Work {
  const { _id, state, asked, served, cancel, parcel, deaths, steps, draft, drafts, problem } = found
  return {
    episode: _id ?? '',
    state: state as WorkState,
    asked,
    served,
    cancel,
    ...(parcel && { parcel }),
    deaths,
    steps: steps as StepView[],
    drafts: drafts ?? [],
    ...(draft ? { draft: draft as Blob } : {}),
    ...(problem ? { problem: problem as ProblemView } : {}),
  }
}
