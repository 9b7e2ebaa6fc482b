import {
  cueFormats,
  type Mouth,
  openWav,
  presets,
  rateOf,
  type Sound,
  type SpokenLine,
  shapesOf,
  sheetOf,
  soundOfTakes,
} from '../pipelines/index.ts'
import { Problem } from '../pipelines/problem.ts'
import type { Blob, Draft, LineKind, MouthShape } from '../pipelines/terms.ts'
import type { CuesAsk } from './contract.ts'
import { type Library, missing } from './known.ts'

/** How cues are drawn and written. */
export type Drawing = Omit<CuesAsk, 'speaker' | 'line'>

/** Shapes as a file of cues for the sound of that name. Problems: `bad-request` for a rate that is none. */
export function writeCues(
  shapes: readonly MouthShape[],
  { format: name, preset, fps, on, lead }: Drawing,
  sound: string,
): { readonly text: string; readonly extension: string } {
  const format = cueFormats[name]
  const sheet = sheetOf(shapes, {
    rate: rateOf(fps),
    preset: presets[preset ?? ('preset' in format ? format.preset : 'anime')],
    ...(on && { on: Number(on) as 1 | 2 | 3 }),
    ...(lead && { lead: Number(lead) }),
  })
  return { text: format.write({ sheet, shapes, sound }), extension: format.extension }
}

export type EpisodeMouth = {
  readonly library: Pick<Library, 'draft' | 'episode'>
  readonly mouth: Mouth
  /** A path at which a kept blob can be read. */
  readonly file: (blob: Blob) => Promise<string>
}
export type Whose = Pick<CuesAsk, 'speaker' | 'line'>

type Line = SpokenLine & { readonly id: string; readonly speaker?: string; readonly kind: LineKind }
type Voiced = { readonly lines: readonly Line[]; readonly sound: Sound; readonly close: () => Promise<void> }

const spoken: readonly LineKind[] = ['dialogue', 'narration']

/**
 * The mouths of an episode, of one character or of one line, in the original's language or a dub's, and what to call them.
 * Problems: `not-found`; `voice-withheld` where a take of a person's would have to be taken apart.
 */
export async function shapesOfEpisode(
  { library, mouth, file }: EpisodeMouth,
  id: string,
  language: string,
  whose: Whose,
  signal: AbortSignal,
): Promise<{ readonly shapes: readonly MouthShape[]; readonly name: string }> {
  const { number } = await library.episode(id)
  const draft = await library.draft(id)
  const { media } = draft
  if (!media) return missing('episode', 'without its sound')
  const voiced = await voicedIn(draft, language, whose, file)
  try {
    const lines = voiced.lines.filter(({ kind }) => spoken.includes(kind))
    const [line] = lines
    if (!line) return missing('line', whose.line ?? whose.speaker ?? language)
    const shapes =
      whose.line === undefined
        ? await shapesOf(mouth, voiced.sound, media.probe.duration, lines, signal)
        : (await mouth.track(voiced.sound, line, line, signal)).shapes
    return { shapes, name: [number, language, whose.line ?? whose.speaker].filter(Boolean).join(' ') }
  } finally {
    await voiced.close()
  }
}

/** The lines that are asked for, with the sound they are said in. */
async function voicedIn(
  { transcript, media, versions = [] }: Partial<Draft>,
  language: string,
  whose: Whose,
  file: EpisodeMouth['file'],
): Promise<Voiced> {
  const wanted = ({ id, speaker }: { readonly id: string; readonly speaker?: string }) =>
    (whose.line === undefined || id === whose.line) &&
    (whose.speaker === undefined || speaker === whose.speaker)
  if (transcript && media && transcript.language === language) {
    const sound = await openWav(await file(media.ears))
    const lines = transcript.lines.filter(wanted).map(line => ({ ...line, language }))
    return { lines, sound, close: sound.close }
  }
  const version = versions.find(({ fitted }) => fitted.language === language)
  if (!version) return missing('language', language)
  const said = new Map(version.fitted.lines.filter(wanted).map(line => [line.id, line]))
  const takes = version.dub.takes.flatMap(take =>
    take.state === 'spoken' && said.has(take.line) ? [take] : [],
  )
  // A person's yes to speak is none to have their voice taken apart: it stays sealed.
  if (takes.some(({ sound }) => sound.sealed)) throw new Problem('voice-withheld', { refusal: 'no-consent' })
  return {
    lines: takes.flatMap(({ line, start, end }) => {
      const fitted = said.get(line)
      return fitted ? [{ ...fitted, start, end, language }] : []
    }),
    sound: soundOfTakes(takes.map(({ start, end, sound }) => ({ start, end, path: () => file(sound) }))),
    close: async () => {},
  }
}
