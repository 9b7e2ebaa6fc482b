import type { Installed } from '../../models.ts'
import type { Inference } from '../../onnx.ts'
import type { Span } from '../../terms.ts'
import type { Recognized, SpeechEngine } from '../engine.ts'
import { readEars } from '../samples.ts'

/** Less sound than this left over at a window's end is breath, not another sentence. */
const restMs = 1000

/** Whisper on this machine: one window at a time in memory, in the inference process. */
export function whisperEngine(model: Installed, inference: Inference, threads: number): SpeechEngine {
  return {
    identity: `whisper ${model.id} ${model.files.map(file => file.sha256.slice(0, 12)).join(' ')}`,
    licence: `${model.id}: ${model.licence.name}`,
    async recognize({ ears, windows, language }, at) {
      let heard = language
      const segments: Segment[] = []
      for (const [turn, window] of windows.entries()) {
        let { start } = window
        do {
          const sound = await readEars(ears, { start, end: window.end }, at)
          const ask = { folder: model.folder, threads, sound, ...(heard && { language: heard }) }
          const found = await inference.hear(ask, at.signal)
          heard ??= found.language
          for (const segment of found.segments) segments.push(moved(segment, start, found.silence))
          if (found.until <= 0) break
          start += found.until
        } while (window.end - start >= restMs)
        at.report((turn + 1) / windows.length)
      }
      return { language: heard ?? 'ja', segments }
    },
  }
}

type Segment = Recognized['segments'][number]

function moved(segment: Segment, by: number, silence: number): Segment {
  const shift = <T extends Span>(span: T): T => ({ ...span, start: span.start + by, end: span.end + by })
  return { ...shift(segment), words: segment.words.map(shift), silence }
}
