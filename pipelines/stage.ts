import type { Blob, Ms } from './terms.ts'

/** A step of the journey. Raise `version` whenever its code would make another result from the same inputs. */
export type Step = {
  readonly name: StepName
  readonly version: number
  /** What it is made for, for people: a language, a line. No part of the result's name. */
  readonly of?: string
}

/** In the order people see them. `part` steps are too many to list one by one; they count towards the step around them. */
export const stepNames = [
  'probe',
  'media',
  'activity',
  'speech',
  'transcript',
  'picture',
  'translation',
  'timing',
  'subtitles',
  'dub',
  'pack',
] as const
export type StepName = (typeof stepNames)[number] | 'part'

/** What a stage is handed, besides its inputs. */
export type Stage = {
  /** Aborted when its person cancels. Whoever starts a process or waits, heeds it. */
  readonly signal: AbortSignal
  /** How much of this step is done, 0 to 1. */
  readonly report: (fraction: number) => void
  /** An empty folder of this step's own, gone when the step is over. */
  readonly scratch: string
  /** Keeps a file of the scratch folder under its digest. The file is moved, not copied. */
  readonly keep: (path: string, type: string) => Promise<Blob>
  /** Keeps bytes already in memory. */
  readonly keepBytes: (bytes: Uint8Array, type: string) => Promise<Blob>
  /** A path at which a kept blob can be read, and never written. */
  readonly file: (blob: Blob) => Promise<string>
}

/**
 * Does a step, or remembers that it was done. The result is named by the digest of the step's name and version and its
 * inputs, so the same inputs give the same result: resuming after a crash is running again, and an edit re-makes only
 * what depends on it. Inputs and results are plain JSON; files in them are `Blob`s. Steps may be run inside a step.
 */
export type Run = <T>(
  step: Step,
  inputs: readonly unknown[],
  work: (at: Stage) => Promise<T> | T,
) => Promise<T>

/** Half of 3 minutes from now, say: what a person wants to know of long work. */
export type Progress = {
  readonly step: StepName
  readonly of?: string
  readonly fraction: number
  readonly left?: Ms
}
