/** A model of mouth shapes that takes raw sound, as `pipelines/timing/model/train` exports it. In the inference process. */
import { basename, dirname } from 'node:path'
import type { InferenceSession } from 'onnxruntime-node'
import { float, floatsOf, openSession } from './session.ts'

export type MouthAsk = {
  readonly model: string
  readonly threads: number
  /** 16 kHz mono, −1..1. */
  readonly samples: Float32Array
}
/** A row for every 10 ms: so many classes that add up to 1, and how open the mouth is. */
export type MouthRows = {
  readonly rows: number
  readonly classes: number
  readonly shapes: Float32Array
  readonly openness: Float32Array
}

let kept: { readonly model: string; readonly session: Promise<InferenceSession> } | undefined

export async function hearShapes({ model, threads, samples }: MouthAsk): Promise<MouthRows> {
  if (kept?.model !== model) kept = { model, session: openSession(dirname(model), basename(model), threads) }
  const session = await kept.session
  const { shapes, openness } = await session.run({ sound: float(samples, [1, samples.length]) })
  const [, rows = 0, classes = 0] = shapes?.dims ?? []
  return {
    rows,
    classes,
    shapes: floatsOf(shapes, 'shapes'),
    openness: floatsOf(openness, 'openness'),
  }
}
