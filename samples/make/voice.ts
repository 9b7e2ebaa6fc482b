import openEspeak, { type EspeakWorker } from '@echogarden/espeak-ng-emscripten'
import { levelled, resample, trim } from './sound.ts'

/** A voice that is nobody's: a language and variant of the synthesizer, and how it is set. */
export type Throat = {
  readonly name: string
  readonly pitch: number
  readonly rate: number
}
export type Note = { readonly kana: string; readonly beats: number; readonly hertz: number }

export type Mouth = {
  readonly say: (text: string, throat: Throat) => Float32Array
  readonly sing: (notes: readonly Note[], throat: Throat, beat: number) => Float32Array
}

/** Voices stand at this RMS level (dB of full scale) before the episode's loudness is set. */
const level = -22

export async function openMouth(): Promise<Mouth> {
  const worker = await openWorker()
  return {
    say: (text, throat) => levelled(utter(worker, text, throat, 50), level),
    sing: (notes, throat, beat) => levelled(melody(worker, notes, throat, beat), level),
  }
}

/** The synthesizer seeds its breath noise from the clock when it opens: a clock that stands gives the same sound again. */
async function openWorker(): Promise<EspeakWorker> {
  const { now } = Date
  Date.now = () => 0
  try {
    const { eSpeakNGWorker } = await openEspeak()
    return await new eSpeakNGWorker()
  } finally {
    Date.now = now
  }
}

function utter(worker: EspeakWorker, text: string, throat: Throat, range: number): Float32Array {
  worker.set_voice(throat.name)
  worker.set_pitch(throat.pitch)
  worker.set_rate(throat.rate)
  worker.set_range(range)
  const parts: Int16Array[] = []
  worker.synthesize(text, sound => {
    if (sound) parts.push(sound)
    return false
  })
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(
      Float32Array.from(part, sample => sample / 32768),
      at,
    )
    at += part.length
  }
  return trim(resample(whole, worker.samplerate))
}

/** Each note is its syllable in monotone, at the pitch and pace that give its height and length, joined by short fades. */
function melody(worker: EspeakWorker, notes: readonly Note[], throat: Throat, beat: number): Float32Array {
  const total = notes.reduce((beats, note) => beats + note.beats, 0)
  const out = new Float32Array(Math.ceil(total * beat))
  const fade = 480
  let at = 0
  for (const { kana, beats, hertz: height } of notes) {
    const room = Math.round(beats * beat)
    const pitch = pitchOf(height)
    const sung = fitting(rate => utter(worker, kana, { ...throat, pitch, rate }, 0), room)
    if (!sung) throw new RangeError(`${kana} does not fit into ${beats} beats`)
    for (let i = 0; i < Math.min(sung.length, room); i++)
      out[at + i]! += sung[i]! * Math.min(1, i / fade, (Math.min(sung.length, room) - i) / fade)
    at += room
  }
  return out
}

/** The slowest that fits fills a note best. */
function fitting(at: (rate: number) => Float32Array, room: number): Float32Array | undefined {
  for (let rate = 80; rate <= 430; rate += 10) {
    const sung = at(rate)
    if (sung.length <= room * 1.02) return sung
  }
  return undefined
}

/** Pitch settings and the heights they give for the variant f3, in hertz, measured by autocorrelation. */
const heights = [
  [0, 113],
  [20, 133],
  [40, 161],
  [60, 198],
  [80, 246],
  [99, 306],
] as const
function pitchOf(height: number): number {
  const upper = heights.findIndex(([, hertz], i) => i > 0 && hertz >= height)
  const [lowSet, low] = heights[upper - 1] ?? heights[0]
  const [highSet, high] = heights[upper] ?? heights[5]
  return Math.round(lowSet + ((highSet - lowSet) * Math.log(height / low)) / Math.log(high / low))
}
