import { deflateSync } from 'node:zlib'
import type { Finding, Ms, Span } from '../terms.ts'
import type { Recognized } from './engine.ts'

type Segment = Recognized['segments'][number]
export type Guarded = {
  readonly segments: readonly (Segment & { readonly trust: number })[]
  readonly findings: readonly Finding[]
}

/** Radford et al. 2022: text that deflates by more than 2.4 loops; likelier than 0.6 that nobody spoke, and unsure. */
const loops = 2.4
const silent = 0.6
const unsure = -1
/** A segment of which the detector heard less than this as speech was said by nobody, or sung. */
const leastSpeech = 0.15
/** Said by the model where it hears music or nothing at all, because its lessons ended so: credits and thanks to viewers. */
const phantoms = [
  /ご視聴(いただき)?(まこと|誠)?に?ありがとうござい/u,
  /チャンネル登録/u,
  /字幕.{0,8}(作成|提供)/u,
  /thank(s| you) (so much )?for watching/iu,
  /subtitles? by/iu,
  /subt[ií]tulos (realizados |creados )?por/iu,
  /^\W*(♪|\[music\]|\(music\)|音楽)\W*$/iu,
]

type Doubt = {
  readonly rule: string
  readonly says: string
  readonly drop: boolean
  readonly figures: Finding['figures']
}

/**
 * Holds what an engine heard against what is known of such engines' failures: loops, words over silence, phantom phrases,
 * times that go back or lead outside. What can't have been said is left out and told of; what is doubtful stays, distrusted.
 */
export function guard(heard: readonly Segment[], speech: readonly Span[], duration: Ms): Guarded {
  const findings: Finding[] = []
  const segments: Guarded['segments'][number][] = []
  let reached = 0
  let before = ''
  for (const segment of heard) {
    const start = Math.min(duration, Math.max(reached, segment.start))
    const end = Math.min(duration, Math.max(start, segment.end))
    const text = segment.text.trim().normalize('NFC')
    if (text === '') continue
    const doubt = doubtOf(
      { ...segment, text },
      overlap({ start: segment.start, end: segment.end }, speech),
      before,
    )
    before = text
    if (doubt) findings.push(told(doubt, { start, end }, text))
    if (doubt?.drop || end === start) continue
    reached = end
    const inside = segment.words
      .map(word => ({ ...word, start: clip(word.start, start, end), end: clip(word.end, start, end) }))
      .filter(word => word.text.trim() !== '')
    segments.push({ ...segment, text, start, end, words: inside, trust: doubt ? 0.3 : trustOf(segment) })
  }
  return { segments, findings }
}

function doubtOf(
  { text, silence = 0, logprob = 0 }: Segment,
  spoken: number,
  before: string,
): Doubt | undefined {
  const ratio = Buffer.byteLength(text) / deflateSync(text).byteLength
  if (ratio > loops)
    return {
      rule: 'heard-loop',
      says: 'The engine repeated itself.',
      drop: true,
      figures: { ratio: round(ratio) },
    }
  if (silence > silent && logprob < unsure)
    return {
      rule: 'heard-silence',
      says: 'The engine wrote words where it thought nobody spoke.',
      drop: true,
      figures: { silence: round(silence), logprob: round(logprob) },
    }
  if (phantoms.some(phantom => phantom.test(text)) && spoken < 0.8)
    return {
      rule: 'heard-phantom',
      says: 'The engine often writes this where nothing is said.',
      drop: spoken < leastSpeech,
      figures: { speech: round(spoken) },
    }
  if (spoken < leastSpeech)
    return {
      rule: 'heard-unspoken',
      says: 'There are words, but hardly anybody is heard to speak: music, or nobody.',
      drop: false,
      figures: { speech: round(spoken) },
    }
  if (text === before && [...text].length > 12)
    return {
      rule: 'heard-twice',
      says: 'The same sentence was heard twice in a row.',
      drop: false,
      figures: {},
    }
  return undefined
}

function told({ rule, says, drop, figures }: Doubt, span: Span, text: string): Finding {
  const mend = drop ? 'Listen; if it was said, add the line.' : 'Listen, and mend or empty the line.'
  return { rule, severity: 'warning', place: { span }, figures: { ...figures, text }, says, mend }
}

/** e to the mean log-probability is the mean probability of a word's piece, more or less. */
const trustOf = ({ logprob }: Segment) =>
  logprob === undefined ? 0.8 : round(Math.min(1, Math.exp(logprob)))
const round = (value: number) => Math.round(value * 100) / 100
const clip = (at: Ms, start: Ms, end: Ms) => Math.min(end, Math.max(start, at))

/** The part of the span in which somebody speaks, 0 to 1. */
export function overlap({ start, end }: Span, speech: readonly Span[]): number {
  const shared = speech.reduce(
    (sum, other) => sum + Math.max(0, Math.min(end, other.end) - Math.max(start, other.start)),
    0,
  )
  return end > start ? shared / (end - start) : 0
}
