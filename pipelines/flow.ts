/**
 * The journey of an episode, top to bottom. Everything else is a leaf that is called from here.
 * It yields the draft as it grows, so that people can begin where the machine has finished.
 */

import type { HearMark } from './delivery/marked.ts'
import { pack, undeliverable } from './delivery/pack.ts'
import { digestOf } from './digest.ts'
import { draftDub } from './dub/draft.ts'
import type { Credentials } from './dub/mark/credentials/credentials.ts'
import { soundOf } from './dub/mark/sound.ts'
import type { Watermark } from './dub/mark/watermark.ts'
import { tryVoices } from './dub/performer.ts'
import type { Voices } from './dub/voices.ts'
import type { Espeak } from './espeak.ts'
import { openMedia } from './media/open.ts'
import { probeMedia } from './media/probe.ts'
import type { Inference } from './onnx.ts'
import { findSpeech } from './speech/activity.ts'
import type { SpeechEngine } from './speech/engine.ts'
import { hear } from './speech/hear.ts'
import type { Run, Stage, Step, StepName } from './stage.ts'
import { styleIn } from './subtitles/check/own.ts'
import { makeSubtitles, originalSubtitles, readUtterances } from './subtitles/make.ts'
import type {
  Blob,
  Draft,
  Language,
  MemoryEntry,
  Parcel,
  Rate,
  Source,
  Transcript,
  Version,
  Wish,
} from './terms.ts'
import { budgetsOf } from './timing/budget.ts'
import { fit } from './timing/fit.ts'
import { openLips } from './timing/lips.ts'
import type { Mouth } from './timing/mouth.ts'
import type { Pace } from './timing/pace.ts'
import { seeMouths, seenBy } from './timing/see.ts'
import { pacesOf } from './timing/voice-pace.ts'
import { segment } from './transcript/segment.ts'
import type { TranslationEngine } from './translation/engine.ts'
import { recall } from './translation/memory.ts'
import { translate } from './translation/translate.ts'
import { openWav } from './wav.ts'

/** Who does the work: engines that are installed or configured, and the one door to voices. */
export type Crew = {
  readonly ears?: SpeechEngine
  readonly tongue?: TranslationEngine
  /** Knows how a text sounds: what a script is aligned with. */
  readonly espeak: Espeak
  /** Hears mouths: a script is aligned better, and it is known how surely. */
  readonly inference?: Pick<Inference, 'mouth'>
  readonly pace: Pace
  /** Hears whether mouths are drawn after the sounds. */
  readonly mouth?: Mouth
  readonly voices: Voices
  /** Marks whatever a machine speaks. */
  readonly watermark: Watermark
  readonly credentials: Credentials
  readonly memory: (from: Language, to: Language) => Promise<readonly MemoryEntry[]>
}

/** Raise a number when its stage's code would make something else of the same inputs. */
const versions: Record<Exclude<StepName, 'part'>, number> = {
  probe: 1,
  media: 1,
  activity: 1,
  speech: 6,
  transcript: 2,
  picture: 2,
  translation: 2,
  timing: 3,
  subtitles: 5,
  dub: 5,
  pack: 5,
}
const step = (name: Exclude<StepName, 'part'>, of?: string): Step => ({ name, version: versions[name], of })

export async function* draftEpisode(
  source: Source,
  wish: Wish,
  crew: Crew,
  run: Run,
): AsyncGenerator<Partial<Draft>, Draft> {
  const { file, audioStream, textStream } = source
  const by = (language: Language) => wish.edits.filter(edit => edit.language === language)

  const probe = await run(step('probe'), [file], at => probeMedia(source, at))
  const media = await run(step('media'), [file, probe, audioStream, textStream], at =>
    openMedia(source, probe, at),
  )
  yield { media }

  const activity = await run(step('activity'), [media.ears], at => findSpeech(media.ears, at))
  const { language, script } = source
  const captions = source.subtitles ?? media.captions
  const speech = await run(
    step('speech'),
    [media.ears, activity, language, source.carried ?? script ?? captions ?? crew.ears?.identity],
    async at => {
      const read = (blob: Blob, at: Stage) => readUtterances(blob, at, language)
      const given = captions && (await read(captions, at))
      return hear({ source, media, activity, given, captioned: read }, crew, at)
    },
  )
  const transcript = await run(
    step('transcript'),
    [speech, media.shots, by(language), wish.styles ?? []],
    () => segment(speech, media.shots, by(language), wish.styles),
  )
  const { houses = [] } = wish
  const from = transcript.way === 'subtitles' && captions ? { captions, lines: transcript.lines } : undefined
  const laid = [media.shots, probe.video, from]
  const original = await run(
    step('subtitles', language),
    [transcript, ...laid, styleIn(houses, language)],
    at => originalSubtitles(transcript, media, at, houses, from?.captions),
  )
  yield { media, activity, transcript, original }

  const sight = await look()
  const seen = seenBy(sight, by(language))

  const ready: Version[] = []
  for (const target of wish.targets) {
    ready.push(await draftVersion(target, transcript))
    yield { media, activity, transcript, sight, original, versions: ready }
  }

  const { voices, credentials } = crew
  const hearMark: HearMark = ({ file, stream }, id, at) =>
    crew.watermark.matching(soundOf(file, stream, { signal: at.signal, report: () => {} }), id)
  const engines = {
    ...(crew.ears && transcript.way === 'recognized' && { ears: licensed(crew.ears) }),
    ...(crew.tongue && { tongue: licensed(crew.tongue) }),
  }
  const parcel = wish.parcel && (await packed(wish.parcel))
  return { media, activity, transcript, sight, original, versions: ready, ...(parcel && { parcel }) }

  /** A large thing, made when somebody wants it: not of every word that is changed. */
  async function packed(wanted: NonNullable<Wish['parcel']>): Promise<Parcel | undefined> {
    const held = await undeliverable(wish, ready, voices)
    const { title, episode, release } = wish
    const from = [
      source,
      title,
      episode,
      release,
      media,
      original,
      ready,
      engines,
      held,
      credentials.identity,
    ]
    const of = digestOf([versions.pack, from])
    if (wanted !== 'new' && wanted !== of) return undefined
    const ask = {
      source,
      wish,
      media,
      original,
      versions: ready,
      engines,
      voices,
      hearMark,
      credentials,
      held,
    }
    return { of, files: await run(step('pack'), from, at => pack(ask, run, at)) }
  }

  /** By the machine's own times: what a person edits since needs no second look at the film. */
  async function look() {
    const [video] = probe.video
    if (!media.proxy || !video) return undefined
    const film = { file: media.proxy, rate: seeing(video.rate), shots: media.shots, duration: probe.duration }
    const { lines } = segment(speech, media.shots, [])
    const { mouth } = crew
    return run(step('picture'), [film, lines, mouth && [mouth.identity, media.ears, language]], async at => {
      if (!mouth) return seeMouths(film, lines, at)
      const sound = await openWav(await at.file(media.ears))
      try {
        return await seeMouths(film, lines, at, openLips(mouth, sound, language, at.signal))
      } finally {
        await sound.close()
      }
    })
  }

  async function draftVersion(to: Language, lines: Transcript): Promise<Version> {
    const recalled = recall(await crew.memory(lines.language, to), lines.lines)
    const glossary = wish.glossary.filter(term => term.language === to)
    const budgets = crew.tongue?.budgeted ? budgetsOf(lines.lines, activity, to) : {}
    const honorifics = wish.honorifics?.find(({ language }) => language === to)
    const asked = { transcript: lines, to, recalled, glossary, honorifics, edits: by(to), budgets }
    const translation = await run(step('translation', to), [asked, crew.tongue?.identity], at =>
      translate(asked, crew.tongue, run, at),
    )
    const { watermark, credentials: notary } = crew
    const marks = [watermark.identity, notary.identity]
    const standing = await crew.voices.standing(wish, to)
    const { duration } = probe
    const timed = { transcript: lines, translation, edits: by(to), activity, duration, seen }
    // How fast a voice is, its own first takes tell: they are made once, and are takes of the dub where their plan stands.
    const paces = await run(
      { name: 'part', version: versions.timing, of: to },
      ['paces', timed, crew.pace.identity, wish.cast, standing, media.original, marks],
      async at => {
        const fitted = await fit(timed, crew.pace, at)
        return pacesOf(
          await tryVoices({ fitted, wish, media, standing, watermark, notary }, crew.voices, run, at),
          fitted,
        )
      },
    )
    const fitted = await run(step('timing', to), [timed, crew.pace.identity, paces], at =>
      fit({ ...timed, paces }, crew.pace, at),
    )
    const { track, files } = await run(step('subtitles', to), [fitted, ...laid, styleIn(houses, to)], at =>
      makeSubtitles(fitted, media, at, houses, from),
    )
    const dub = await run(
      step('dub', to),
      [fitted, wish.cast, wish.loudness, media.original, source.me, activity, standing, marks],
      at =>
        draftDub(
          { fitted, wish, media, me: source.me, activity, standing, watermark, notary },
          crew.voices,
          run,
          at,
        ),
    )
    return { fitted, track, files, dub }
  }
}

/** Mouths are drawn on twos at most: of a film of 50 or 60 pictures a second every other is enough. */
const seeing = ({ num, den }: Rate): Rate => (num > 31 * den ? { num, den: 2 * den } : { num, den })

const licensed = ({ identity, licence }: { readonly identity: string; readonly licence: string }) => ({
  identity,
  licence,
})
