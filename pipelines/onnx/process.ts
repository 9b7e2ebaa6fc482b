/** The inference process: loads a model when it is first asked for, and keeps the last one of each kind. */
import { serve } from '../child.ts'
import type { InferenceAsk } from '../onnx.ts'
import { translateLines } from './marian.ts'
import { hearShapes, type MouthRows } from './mouth.ts'
import { type Heard, hearWindow } from './whisper.ts'

serve<InferenceAsk, Heard | string[] | MouthRows>(ask => {
  if (ask.task === 'hear') return hearWindow(ask)
  return ask.task === 'mouth' ? hearShapes(ask) : translateLines(ask)
})
