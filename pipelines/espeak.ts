import { openChild } from './child.ts'
import type { SynthesizeAsk, Synthesized } from './espeak/synthesize.ts'
import { voiceOf } from './espeak/voices.ts'
import { type Mark, type Phone, phonesOf, plainText, type SpokenWord, wordsOf } from './espeak/words.ts'
import { base, leaning, type Piece, piecesOf } from './language.ts'
import { Problem } from './problem.ts'
import type { Part } from './reading/kana.ts'
import type { Hint } from './reading/ruby.ts'
import { openReader } from './reading.ts'
import type { Language, Ms } from './terms.ts'

export type EspeakAsk = {
  /** Up to 30,000 bytes of UTF-8. Japanese may carry its readings (`漢字《かんじ》`); the rest is looked up. */
  readonly text: string
  readonly language: Language
  /** A way to change the voice, by the synthesizer's name for it: `f3`, `m2`, `klatt4`, `whisper` … */
  readonly variant?: string
  /** 1 is its natural pace of 175 words a minute; 0.46 to 2.57 can be had, more and less are held to that. */
  readonly rate?: number
  /** 0 to 99; 50 is the voice's own. */
  readonly pitch?: number
  /** Readings of Japanese beside those in the text. */
  readonly hints?: readonly Hint[]
}

/** Mono, −1..1. The sound begins with its first word and ends with its last; times are those of the sound. */
export type Spoken = {
  readonly samples: Float32Array
  readonly sampleRate: number
  /** `at` is the place in the text (of Japanese: in the text without its readings). */
  readonly words: readonly SpokenWord[]
  readonly phones: readonly Phone[]
}

/** What is said when, without the sound. */
export type Timed = Pick<Spoken, 'words' | 'phones'> & { readonly length: Ms }

/**
 * The embedded synthesizer, which knows how most languages sound. Many asks may be open; they are answered in order.
 * Problems: `language-unspoken`, `reading-missing`, `engine-failed`.
 */
export type Espeak = {
  readonly speak: (ask: EspeakAsk, signal?: AbortSignal) => Promise<Spoken>
  /** How long it takes to say, pauses inside included. */
  readonly measure: (ask: EspeakAsk, signal?: AbortSignal) => Promise<Ms>
  /** When each word and sound of it would be said. Remembered. */
  readonly time: (ask: EspeakAsk, signal?: AbortSignal) => Promise<Timed>
  readonly close: () => void
}

const naturalPace = 175
const remembered = 5_000

/** Opens the synthesizer. Its processes (one that speaks, one that reads Japanese) start when they are first needed. */
export function openEspeak(): Espeak {
  const child = openChild<SynthesizeAsk, Synthesized>(new URL('./espeak/synthesize.ts', import.meta.url), {
    name: 'espeak',
  })
  const reader = openReader()
  const measured = new Map<string, Timed>()

  async function synthesize(ask: EspeakAsk, silent: boolean, signal: AbortSignal | undefined) {
    const { text, language, variant, rate = 1, pitch = 50 } = ask
    const voice = voiceOf(language)
    if (!voice) throw new Problem('language-unspoken', { language })
    const said =
      base(language) === 'ja'
        ? await reader.read(text, ask.hints ?? [], signal)
        : { plain: text.normalize('NFC'), kana: undefined, parts: [] }
    const spoken = said.kana ?? plainText(said.plain)
    const wordsPerMinute = Math.round(Math.min(450, Math.max(80, naturalPace * rate)))
    const sound = await child.ask(
      { text: spoken, voice, ...(variant !== undefined && { variant }), wordsPerMinute, pitch, silent },
      signal,
    )
    return { ...said, spoken, sound }
  }

  async function speak(ask: EspeakAsk, signal?: AbortSignal): Promise<Spoken> {
    const done = await synthesize(ask, false, signal)
    const { samples, sampleRate } = done.sound
    const sound = new Float32Array(samples)
    for (let at = 0; at < sound.length; at++) sound[at] = (sound[at] ?? 0) / 32768
    return { samples: sound, sampleRate, ...timesOf(ask, done) }
  }

  async function time(ask: EspeakAsk, signal?: AbortSignal): Promise<Timed> {
    const { text, language, variant, rate, pitch, hints } = ask
    const key = JSON.stringify([text, language, variant, rate, pitch, hints])
    const known = measured.get(key)
    if (known !== undefined) return known
    const done = await synthesize(ask, true, signal)
    const { words, phones } = timesOf(ask, done)
    const timed = { length: Math.round(lengthOf(done.sound)), words, phones }
    const [oldest] = measured.keys()
    if (measured.size >= remembered && oldest !== undefined) measured.delete(oldest)
    measured.set(key, timed)
    return timed
  }

  return {
    speak,
    time,
    measure: async (ask, signal) => (await time(ask, signal)).length,
    close: () => {
      child.close()
      reader.close()
    },
  }
}

const lengthOf = ({ length, sampleRate }: Synthesized): number => (length / sampleRate) * 1000

type Done = {
  readonly plain: string
  readonly kana: string | undefined
  readonly parts: readonly Part[]
  readonly spoken: string
  readonly sound: Synthesized
}

function timesOf(
  { language }: EspeakAsk,
  { plain, kana, parts, spoken, sound }: Done,
): Pick<Timed, 'words' | 'phones'> {
  const marks = marksOf(sound, spoken)
  const phones = phonesOf(marks, lengthOf(sound))
  const pieces = kana === undefined ? piecesOf(plain, language) : leaning(plain, cutBy(parts, plain))
  const places = pieces.map(piece =>
    kana === undefined ? piece.at : kanaPlace(piece.at, parts, spoken.length),
  )
  return { words: wordsOf(pieces, places, marks, phones, spoken.length), phones }
}

/** The synthesizer counts code points from 1, we count UTF-16 units from 0. */
function marksOf({ events }: Synthesized, spoken: string): Mark[] {
  const places = [0]
  for (const sign of spoken) places.push((places.at(-1) ?? 0) + sign.length)
  return events.flatMap(({ type, id, text_position, audio_position: at }): Mark[] => {
    if (type === 'word') return [{ kind: 'word', place: places[text_position - 1] ?? spoken.length, at }]
    return type === 'phoneme' ? [{ kind: 'phone', ipa: String(id ?? ''), at }] : []
  })
}

/** A Japanese text cut into the words that were read, and what lies between them. */
function cutBy(parts: readonly Part[], text: string): Piece[] {
  const edges = [0, ...parts.flatMap(({ at, length }) => [at, at + length]), text.length]
  return edges
    .map((at, index) => ({ at, text: text.slice(at, edges[index + 1] ?? at) }))
    .filter(piece => piece.text !== '')
}

/** Where in the kana a place of the text is said. */
function kanaPlace(at: number, parts: readonly Part[], end: number): number {
  const part = parts.find(candidate => candidate.at + candidate.length > at)
  if (!part) return end
  const into = Math.max(0, at - part.at) / part.length
  return part.kanaAt + Math.floor(into * part.kanaLength)
}
