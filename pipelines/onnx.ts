/**
 * Inference, in a process of its own: a damaged graph can take a process down, and a running one heeds no signal. Who
 * aborts an ask gets the process killed; the next ask starts another.
 */
import { type Child, openChild } from './child.ts'
import type { TranslateWork } from './onnx/marian.ts'
import type { MouthAsk, MouthRows } from './onnx/mouth.ts'
import type { HearAsk, Heard } from './onnx/whisper.ts'

export type { MouthRows } from './onnx/mouth.ts'
export type { Heard, HeardSegment } from './onnx/whisper.ts'

export type InferenceAsk =
  | ({ readonly task: 'hear' } & HearAsk)
  | ({ readonly task: 'translate' } & TranslateWork)
  | ({ readonly task: 'mouth' } & MouthAsk)
type InferenceAnswer = Heard | string[] | MouthRows

export type Inference = {
  readonly hear: (ask: HearAsk, signal: AbortSignal) => Promise<Heard>
  readonly translate: (ask: TranslateWork, signal: AbortSignal) => Promise<readonly string[]>
  readonly mouth: (ask: MouthAsk, signal: AbortSignal) => Promise<MouthRows>
  readonly close: () => void
}

/** A window of 30 s takes the largest model we list about 10 s on one slow core; this long means it is stuck. */
const limit = 180_000

export function openInference(): Inference {
  const child: Child<InferenceAsk, InferenceAnswer> = openChild(
    new URL('./onnx/process.ts', import.meta.url),
    {
      name: 'onnx',
      limit,
      mortal: true,
    },
  )
  return {
    hear: async (ask, signal) => (await child.ask({ task: 'hear', ...ask }, signal)) as Heard,
    translate: async (ask, signal) => (await child.ask({ task: 'translate', ...ask }, signal)) as string[],
    mouth: async (ask, signal) => (await child.ask({ task: 'mouth', ...ask }, signal)) as MouthRows,
    close: child.close,
  }
}
