import { type FileHandle, open } from 'node:fs/promises'
import type { Installed } from '../../models.ts'
import type { Inference } from '../../onnx.ts'
import type { Stage } from '../../stage.ts'
import type { Blob, Span } from '../../terms.ts'
import type { Recognized, SpeechEngine } from '../engine.ts'

/** Samples a millisecond and bytes a sample of the ears' WAV (16 kHz mono 16 bit). */
const samplesPerMs = 16
const bytesPerSample = 2
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
          const sound = await samplesOf(ears, { start, end: window.end }, at)
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

async function samplesOf(ears: Blob, { start, end }: Span, at: Stage): Promise<Float32Array> {
  const file = await open(await at.file(ears))
  try {
    const first = (await dataStart(file)) + start * samplesPerMs * bytesPerSample
    const bytes = Buffer.alloc((end - start) * samplesPerMs * bytesPerSample)
    const { bytesRead } = await file.read(bytes, 0, bytes.length, first)
    const samples = new Float32Array(Math.floor(bytesRead / bytesPerSample))
    return samples.map((_, sample) => bytes.readInt16LE(sample * bytesPerSample) / 32_768)
  } finally {
    await file.close()
  }
}

/** Where the samples begin: after the `data` chunk's head, wherever the writer put it. */
async function dataStart(file: FileHandle): Promise<number> {
  const head = Buffer.alloc(4096)
  const { bytesRead } = await file.read(head, 0, head.length, 0)
  for (let at = 12; at + 8 <= bytesRead; ) {
    const size = head.readUInt32LE(at + 4)
    if (head.toString('latin1', at, at + 4) === 'data') return at + 8
    at += 8 + size + (size % 2)
  }
  return 44
}
