import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { digestOf, ordered } from '../pipelines/index.ts'
import { Problem } from '../pipelines/problem.ts'
import type { Run, Stage, Step } from '../pipelines/stage.ts'
import type { Blob, Digest } from '../pipelines/terms.ts'
import type { StepView } from './contract.ts'
import type { Artifacts } from './store/artifacts.ts'
import type { Blobs } from './store/blobs.ts'

export type Remembering = {
  readonly artifacts: Artifacts
  readonly blobs: Blobs
  /** Where steps may work; emptied by its owner at start. */
  readonly scratch: string
  readonly signal: AbortSignal
  readonly now: () => number
  readonly hear: (step: StepView, remembered: boolean) => void
  /** What it is done for: whatever it has use for is that episode's, and counted here. */
  readonly life?: { readonly episode: string; readonly touched: Set<Digest> }
}

/**
 * The run that remembers (see pipelines/stage.ts). A step's files are on the disk before its record is, and the record
 * is one write, so a step is either wholly done or not at all, whenever the process dies.
 */
export function openRun({ artifacts, blobs, scratch, signal, now, hear, life }: Remembering): Run {
  /** The steps that are done within the one at work. */
  const within = new AsyncLocalStorage<Set<Digest>>()
  return async (step, inputs, work) => {
    if (signal.aborted) throw new Problem('cancelled')
    const digests = inputs.map(digestOf)
    const key = digestOf([step.name, step.version, ...digests])
    within.getStore()?.add(key)
    life?.touched.add(key)
    const clock = stopwatch(step, now, hear)
    const kept = await recall(key)
    if (kept !== undefined) {
      clock.done(true)
      return kept as Awaited<ReturnType<typeof work>>
    }

    clock.move(0)
    await mkdir(scratch, { recursive: true })
    const folder = await mkdtemp(join(scratch, 'step-'))
    try {
      const parts = new Set<Digest>()
      const result = await within.run(parts, () => work(stageIn(folder, clock.move)))
      signal.throwIfAborted()
      // Written in the order it is digested in, so that a result given on as it is has the digest it is given on under.
      const text = ordered(result)
      const blob = await blobs.keepBytes(new TextEncoder().encode(text), 'application/json')
      await artifacts.remember({
        key,
        step: step.name,
        version: step.version,
        inputs: [...new Set([...digests, ...blobsIn(inputs)])],
        result: blob.digest,
        blobs: [...blobsIn(result)],
        stands: standsIn([inputs, result]),
        parts: [...parts],
        live: life ? [life.episode] : [],
      })
      clock.done(false)
      return JSON.parse(text)
    } catch (error) {
      clock.failed()
      throw signal.aborted ? new Problem('cancelled', {}, error) : error
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** The result, unless it or a file of it is gone: then the step is done again. */
  async function recall(key: Digest): Promise<unknown> {
    const record = await artifacts.recall(key)
    if (!record) return undefined
    const all = [record.result, ...record.blobs]
    if (!(await Promise.all(all.map(digest => blobs.has(digest)))).every(Boolean)) {
      // Done again, it may come out otherwise: its record is written anew then.
      await artifacts.retire([record])
      return undefined
    }
    if (life && !record.live?.includes(life.episode)) await artifacts.use([key], life.episode)
    return JSON.parse(
      await readFile(await blobs.path({ digest: record.result, bytes: 0, type: 'application/json' }), 'utf8'),
    )
  }

  function stageIn(folder: string, report: (fraction: number) => void): Stage {
    return { signal, report, scratch: folder, keep: blobs.keep, keepBytes: blobs.keepBytes, file: blobs.path }
  }
}

/** Every blob that a result names, however deep: what must stay on the disk for as long as the result does. */
export function blobsIn(value: unknown, found = new Set<Digest>()): Set<Digest> {
  if (value === null || typeof value !== 'object') return found
  if (isBlob(value)) found.add(value.digest)
  else for (const part of Object.values(value)) blobsIn(part, found)
  return found
}

/** Whose voices are heard in what a value names, and by which entries of the register of consents. */
export function standsIn(value: unknown): readonly string[] {
  const found = new Set<string>()
  const walk = (part: unknown): void => {
    if (part === null || typeof part !== 'object') return
    if (isBlob(part))
      for (const id of [...(part.sealed?.actors ?? []), ...(part.sealed?.entries ?? [])]) found.add(id)
    else for (const inner of Object.values(part)) walk(inner)
  }
  walk(value)
  return [...found]
}

function isBlob(value: object): value is Blob {
  return 'digest' in value && 'bytes' in value && 'type' in value && typeof value.digest === 'string'
}

/** Tells how far a step is, at most four times a second, with the time left as the time so far foretells it. */
function stopwatch(step: Step, now: () => number, hear: Remembering['hear']) {
  const began = now()
  let last = Number.NEGATIVE_INFINITY
  const tell = (state: StepView['state'], fraction: number, remembered = false) => {
    if (step.name === 'part') return
    const spent = now() - began
    const left = fraction > 0.02 && fraction < 1 ? Math.round((spent * (1 - fraction)) / fraction) : undefined
    hear(
      {
        step: step.name,
        state,
        fraction,
        ...(step.of !== undefined && { of: step.of }),
        ...(left !== undefined && { left }),
      },
      remembered,
    )
  }
  return {
    move(fraction: number) {
      if (now() - last < 250) return
      last = now()
      tell('running', Math.min(1, Math.max(0, fraction)))
    },
    done: (remembered: boolean) => tell('done', 1, remembered),
    failed: () => tell('failed', 0),
  }
}
