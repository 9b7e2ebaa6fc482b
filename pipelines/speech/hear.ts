import { readFile } from 'node:fs/promises'
import type { Espeak } from '../espeak.ts'
import type { Inference } from '../onnx.ts'
import { Problem } from '../problem.ts'
import type { Stage } from '../stage.ts'
import type {
  Activity,
  Blob,
  Carried,
  Finding,
  Media,
  Ms,
  Source,
  Span,
  Speech,
  Utterance,
} from '../terms.ts'
import { alignScript } from './align.ts'
import type { SpeechEngine } from './engine.ts'
import { guard } from './guard.ts'
import { isSpoken, readScript } from './script.ts'
import { joinShort, packWindows } from './windows.ts'

export type Heard = {
  readonly source: Source
  readonly media: Media
  readonly activity: Activity
  /** The utterances of supplied or embedded subtitles. */
  readonly given?: readonly Utterance[] | undefined
  /** Reads subtitles that were given as the script: then their lines are looked for around where they stand. */
  readonly captioned?: (script: Blob, at: Stage) => Promise<readonly Utterance[]>
}

/** Who hears: an engine where there is one, who knows how a script sounds, and who hears mouths. */
export type Ears = {
  readonly ears?: SpeechEngine
  readonly espeak: Espeak
  readonly inference?: Pick<Inference, 'mouth'>
}

/**
 * Finds out what is said and when, by the best way there is: lines that were carried over from another master, a script
 * aligned to the sound, subtitles as they are timed, or a speech-to-text engine.
 * @throws Problem `no-words` when there is none of the three; `script-unreadable`
 */
export async function hear(heard: Heard, { ears, espeak, inference }: Ears, at: Stage): Promise<Speech> {
  const { source, media, activity, given } = heard
  const { language } = source
  if (source.carried) return over(source.carried, activity, at)
  if (source.script) {
    const { script, captions } = await linesOf(source.script, heard, at)
    const asked = { script, ears: media.ears, activity, language }
    const { utterances, findings } = await alignScript(asked, espeak, at, inference)
    const kept = utterances.map((utterance, line) => ({ ...captions[line], ...utterance }))
    return { way: 'script', language, utterances: kept, findings }
  }
  if (given && given.length > 0)
    return {
      way: 'subtitles',
      language,
      utterances: given.flatMap(within(media.probe.duration)),
      findings: [],
    }
  if (ears) return recognize(heard, ears, at)
  throw new Problem('no-words', { file: source.name, model: 'whisper-base' })
}

/** Where somebody speaks in what the earlier master hadn't, nobody has written a line. */
async function over(carried: Blob, activity: Activity, at: Stage): Promise<Speech> {
  const { speech, fresh }: Carried = JSON.parse(await readFile(await at.file(carried), 'utf8'))
  const spoken = fresh.filter(span => spokenIn(span, activity) >= leastSpoken)
  return { ...speech, findings: [...speech.findings, ...spoken.map(unwritten)] }
}

const unwritten = (span: Span): Finding => ({
  rule: 'master-new',
  severity: 'warning',
  place: { span },
  figures: {},
  says: 'Somebody speaks here in the late master, where the one before it had another sound.',
  mend: 'Listen. If a line is missing, give the episode a script or subtitles that have it.',
})
const spokenIn = ({ start, end }: Span, { speech }: Activity): Ms =>
  speech.reduce((sum, one) => sum + Math.max(0, Math.min(end, one.end) - Math.max(start, one.start)), 0)
/** Shorter than any word. */
const leastSpoken: Ms = 200

/** The lines of a script, or of subtitles in its place; there is an utterance for every line, in order. */
async function linesOf(file: Blob, { captioned }: Heard, at: Stage) {
  try {
    return { script: readScript(await readFile(await at.file(file)), 'script'), captions: [] }
  } catch (error) {
    const captions = captioned ? await captioned(file, at).catch(() => []) : []
    if (!captions.some(({ kind }) => isSpoken(kind))) throw error
    const script = captions.map(({ kind, speaker, text, start, end }, line) => ({
      ...{ row: line + 1, kind, text, hints: [], start, end },
      ...(speaker !== undefined && { speaker }),
    }))
    return { script, captions }
  }
}

async function recognize(
  { source, media, activity }: Heard,
  engine: SpeechEngine,
  at: Stage,
): Promise<Speech> {
  const windows = packWindows(joinShort(activity.speech))
  const { segments, language } = await engine.recognize(
    { ears: media.ears, windows, language: source.language },
    at,
  )
  const guarded = guard(segments, activity.speech, media.probe.duration)
  return {
    way: 'recognized',
    language,
    utterances: guarded.segments.map(({ start, end, text, words, trust }) => ({
      start,
      end,
      text,
      words,
      trust,
      kind: 'dialogue',
      pinned: false,
    })),
    findings: guarded.findings,
  }
}

/** Subtitles of another cut may run past the end: what lies outside was not said in this one. */
const within =
  (duration: number) =>
  (utterance: Utterance): Utterance[] =>
    utterance.start >= duration ? [] : [{ ...utterance, end: Math.min(duration, utterance.end) }]
