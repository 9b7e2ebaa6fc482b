import { Problem, type ProblemCode } from '../problem.ts'
import { resample } from '../resample.ts'
import type { Stage } from '../stage.ts'
import type { Finding, Ms, Take } from '../terms.ts'
import { encodeWav } from '../wav.ts'
import { sampleRate } from './loudness.ts'
import type { Marker } from './mark/watermark.ts'
import { neededPace, type Place, paces, place, samplesOf } from './place.ts'
import { even, soften, trim } from './sound.ts'
import { stretch } from './stretch.ts'
import { type Part, type Script, type Spoken, type Voices, type WithheldName, withheld } from './voices.ts'

/** Who wants it, and what marks it: the watermark, and credentials that name the entries in the log it was spoken by. */
export type Maker = {
  readonly asker: string
  readonly marker: Marker
  readonly sign: (wav: Uint8Array, entries: readonly string[]) => Uint8Array
}
export type Performed = { readonly take: Take; readonly findings: readonly Finding[] }

/** A voice that comes this near to the pace is not asked again. */
const near = 0.02

/** Failures that are the line's and come again however often it is tried. Others end the step, to be tried again. */
const ofTheLine: ReadonlySet<ProblemCode> = new Set(['engine-failed', 'language-unspoken', 'reading-missing'])

/**
 * Performs one line: each phrase in its place, first at the voice's own pace to learn how long it is, then at the pace
 * that fits, and what is still missing by stretching. Nothing is ever cut off: what can't be said in time is `unspoken`
 * with the figure, what may not be said `withheld` with the reason. Whatever is spoken is marked as machine-spoken.
 * @param until the last instant it may reach: the line's end, or later when silence follows it
 */
export async function perform(
  part: Part,
  until: Ms,
  voices: Voices,
  { asker, marker, sign }: Maker,
  at: Stage,
): Promise<Performed> {
  const { line, voice, language } = part
  const finding = (rule: string, says: string, figures: Finding['figures'], mend: string): Finding => ({
    rule,
    severity: 'warning',
    place: { line: line.id, span: { start: line.start, end: line.end }, language },
    figures,
    says,
    mend,
  })

  let first: Spoken
  try {
    first = await say(part, [], voices, at.signal)
  } catch (error) {
    if (!(error instanceof Problem) || !ofTheLine.has(error.code)) throw error
    return {
      take: { line: line.id, state: 'unspoken', reason: 'no-voice' },
      findings: [finding('voice-failed', error.message, error.figures, error.mend)],
    }
  }
  const held = (refusal: WithheldName): Performed => ({
    take: { line: line.id, state: 'withheld', voice, refusal },
    findings: [finding('voice-withheld', withheld[refusal], { refusal }, 'Ask the actor, or recast it.')],
  })
  if ('withheld' in first) return held(first.withheld)
  if ('unspoken' in first)
    return {
      take: { line: line.id, state: 'unspoken', reason: 'no-voice' },
      findings: [finding('no-voice', 'No voice speaks this line.', { language }, 'Cast another voice.')],
    }

  const own = first.sounds.map(heard)
  const lengths = own.map(sound => sound.length)
  if (lengths.every(length => length === 0))
    return { take: { line: line.id, state: 'unspoken', reason: 'empty' }, findings: [] }
  const places = place(lengths, line, until)
  if (!places) {
    const needed = Math.ceil(neededPace(lengths, line, until) * 100) / 100
    const figures = { pace: needed, limit: paces.fastest }
    const says = 'It can’t be said in its time, however fast, and is not spoken.'
    return {
      take: { line: line.id, state: 'unspoken', reason: 'overlong' },
      findings: [finding('overlong', says, figures, 'Shorten it, or give it more time.')],
    }
  }

  const rates = places.map(({ length }, index) => (length === 0 ? 1 : (lengths[index] ?? 0) / length))
  const again = rates.some(rate => Math.abs(rate - 1) > near)
  const paced = again ? (await first.again(rates)).map(heard) : own
  const sounds = places.map(({ length }, index) =>
    soften(stretch(nearest(length, paced[index], own[index]), length)),
  )
  const { wav, ...times } = laid(line, lengths, places, sounds, marker)
  const kept = await first.keep({
    wav: entries => sign(wav, entries),
    milliseconds: times.end - times.start,
    asker,
    at,
  })
  if ('withheld' in kept) return held(kept.withheld)
  return {
    take: { line: line.id, state: 'spoken', voice, ...times, ...kept },
    findings: [],
  }
}

/** Has the phrases spoken, with a grant where the voice is a person's. */
async function say(
  part: Part,
  rates: readonly number[],
  voices: Voices,
  signal: AbortSignal,
): Promise<Spoken> {
  if (part.voice.kind === 'nobody') return voices.speak(part, rates, undefined, signal)
  const grant = await voices.permit('speak', part)
  return 'withheld' in grant ? grant : voices.speak(part, rates, grant, signal)
}

const heard = (sound: { readonly samples: Float32Array; readonly sampleRate: number }) =>
  trim(resample(sound.samples, sound.sampleRate, sampleRate))

/** The one that needs less stretching: an engine may take a rate otherwise than it was meant. */
function nearest(
  length: number,
  paced: Float32Array = new Float32Array(),
  own: Float32Array = new Float32Array(),
): Float32Array {
  const distance = (sound: Float32Array) =>
    Math.abs(Math.log(Math.max(1, sound.length) / Math.max(1, length)))
  return distance(paced) <= distance(own) ? paced : own
}

/** The phrases in their places, as a WAV. */
function laid(
  line: Script,
  lengths: readonly number[],
  places: readonly Place[],
  sounds: readonly Float32Array[],
  { mark }: Marker,
) {
  const [first, last] = [places[0], places.at(-1)]
  const start = line.start + Math.floor(((first?.at ?? 0) * 1000) / sampleRate)
  const end = line.start + Math.ceil((((last?.at ?? 0) + (last?.length ?? 0)) * 1000) / sampleRate)
  const samples = new Float32Array(samplesOf(end - start))
  places.forEach((spot, index) => {
    const sound = sounds[index]
    if (sound) samples.set(sound, spot.at - samplesOf(start - line.start))
  })
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const playing = sum(places.map(({ length }) => length))
  return {
    start,
    end,
    // The mark is the last thing done to it, at its place in the programme: there it is one with the mark of the mix.
    wav: encodeWav(mark(even(samples), samplesOf(start), 'speech'), sampleRate),
    stretch: Math.round((playing / sum(lengths)) * 1000) / 1000,
    own: lengths.map(length => Math.round((1000 * length) / sampleRate)),
    phrases: places.map(({ at, length }) => ({
      start: line.start + Math.round((1000 * at) / sampleRate),
      end: line.start + Math.round((1000 * (at + length)) / sampleRate),
    })),
  }
}
