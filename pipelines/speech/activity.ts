import type { Stage } from '../stage.ts'
import type { Activity, Blob, Span } from '../terms.ts'
import { openWav } from '../wav.ts'
import { openBounds } from './bounds.ts'
import { frameSamples, openDetector } from './detector.ts'

const block = 1000

/**
 * Where someone speaks in 16 kHz mono sound, in one pass: WebRTC's detector decides, the rules of bounds.ts make spans of it.
 * Takes memory for ten seconds of sound, however long it is.
 */
export async function findSpeech(ears: Blob, at: Stage): Promise<Activity> {
  return findSpeechIn(await at.file(ears), at)
}

/** The same in a file that is not kept. */
export async function findSpeechIn(ears: string, at: Pick<Stage, 'signal' | 'report'>): Promise<Activity> {
  const wav = await openWav(ears)
  const detector = await openDetector()
  const bounds = openBounds()
  const speech: Span[] = []
  /** Power of the frame before and of this one: levels are those of 30 ms, so that one click is no speech. */
  let [before, now] = [0, 0]
  let heard: ReturnType<typeof detector.hear> | undefined
  const decide = (after: number) => {
    if (heard) speech.push(...bounds.next({ ...heard, level: decibels((before + now + after) / 3) }))
  }
  try {
    for (let from = 0; from < wav.frames; from += block * frameSamples) {
      at.signal.throwIfAborted()
      const samples = await wav.read(from, Math.min(block * frameSamples, wav.frames - from))
      for (let i = 0; i + frameSamples <= samples.length; i += frameSamples) {
        const frame = samples.subarray(i, i + frameSamples)
        const after = power(frame)
        decide(after)
        heard = detector.hear(frame)
        before = now
        now = after
      }
      at.report(from / wav.frames)
    }
    decide(0)
    speech.push(...bounds.end())
    at.report(1)
    return { speech }
  } finally {
    detector.close()
    await wav.close()
  }
}

const power = (frame: Float32Array) => frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length
const decibels = (mean: number) => 10 * Math.log10(mean + 1e-10)
