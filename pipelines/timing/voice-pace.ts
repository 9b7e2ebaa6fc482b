import type { Fitted, FittedLine, Language, Ms, Take, Voice } from '../terms.ts'

/** A voice's own time is `a · D + b`, D being the synthesizer's (facts: a line fitted per voice halves the error of letters). */
export type VoicePace = { readonly a: number; readonly b: Ms }
/** What the synthesizer foretold of a phrase, and what a voice took for it at its own pace. */
export type Observation = { readonly foretold: Ms; readonly took: Ms }

/** Before anything was heard: as the synthesizer. */
export const prior: VoicePace = { a: 1, b: 0 }
/**
 * How far voices lie from that: a tenth to a sixth in pace over synthesizers and speakers, 60 ms at the edges; and how far
 * phrases lie from their voice's line: 8 % (calibrated synthesizer duration: 6.6–8.0 %).
 */
const spread = { a: 0.15, b: 60, phrase: 0.08 } as const
/** No voice is believed to be outside of this, however it was heard. */
const bounds = { a: [0.5, 2], b: [-200, 400] } as const

/**
 * The line through what was heard, shrunk to the prior: the mean of the posterior of Bayesian linear regression with
 * normal prior and noise in proportion to the length (Bishop, Pattern Recognition and Machine Learning, 3.3). Order of
 * observations does not matter; one more is one more term. Rounded (1 %, 10 ms), so that a new take which says nothing
 * new changes nothing that was made.
 */
export function learnPace(observations: readonly Observation[], from: VoicePace = prior): VoicePace {
  let [aa, ab, bb] = [1 / spread.a ** 2, 0, 1 / spread.b ** 2]
  let [ya, yb] = [from.a * aa, from.b * bb]
  for (const { foretold, took } of observations) {
    if (foretold <= 0 || took <= 0) continue
    const weight = 1 / (spread.phrase * foretold) ** 2
    aa += weight * foretold * foretold
    ab += weight * foretold
    bb += weight
    ya += weight * foretold * took
    yb += weight * took
  }
  const whole = aa * bb - ab * ab
  const a = (ya * bb - yb * ab) / whole
  const b = (yb * aa - ya * ab) / whole
  return {
    a: Math.round(100 * clamp(a, bounds.a)) / 100,
    b: 10 * Math.round(clamp(b, bounds.b) / 10),
  }
}

/** How long a voice takes for what the synthesizer says in `foretold`. */
export const speakingTime = (foretold: Ms, { a, b }: VoicePace): Ms =>
  foretold <= 0 ? 0 : Math.max(1, Math.round(a * foretold + b))

/** A voice in one language, as a key: the same whatever order its fields came in. */
export const voiceKey = (voice: Voice, language: Language): string =>
  JSON.stringify([
    ...(voice.kind === 'nobody' ? ['nobody', voice.engine, voice.preset] : ['person', voice.actor]),
    language,
  ])

/** What is known of voices, by `voiceKey`. Plain JSON, so that it can be kept and digested. */
export type VoicePaces = Readonly<Record<string, VoicePace>>

/** What takes tell of their voices, held against what was foretold of their lines' phrases. */
export function pacesHeard(
  takes: readonly Take[],
  lines: readonly Pick<FittedLine, 'id' | 'phrases'>[],
  language: Language,
): VoicePaces {
  const foretold = new Map(lines.map(line => [line.id, line.phrases]))
  const heard = new Map<string, Observation[]>()
  for (const take of takes) {
    if (take.state !== 'spoken' || !take.own) continue
    const phrases = foretold.get(take.line)
    // Phrases that were cut otherwise than foretold tell nothing.
    if (phrases?.length !== take.own.length) continue
    const key = voiceKey(take.voice, language)
    const rows = take.own.map((took, index) => ({ foretold: phrases[index]?.foretold ?? 0, took }))
    heard.set(key, [...(heard.get(key) ?? []), ...rows])
  }
  return Object.fromEntries(
    [...heard].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, rows]) => [key, learnPace(rows)]),
  )
}

/** The pace of each character's voice, as far as it was heard. */
export function pacesOf(
  { takes, cast }: { readonly takes: readonly Take[]; readonly cast: Readonly<Record<string, Voice>> },
  { lines, language }: Pick<Fitted, 'lines' | 'language'>,
): Readonly<Record<string, VoicePace>> {
  const paces = pacesHeard(takes, lines, language)
  return Object.fromEntries(
    Object.entries(cast).map(([character, voice]) => [character, paces[voiceKey(voice, language)] ?? prior]),
  )
}

const clamp = (value: number, [least, most]: readonly [number, number]) =>
  Math.min(most, Math.max(least, value))
