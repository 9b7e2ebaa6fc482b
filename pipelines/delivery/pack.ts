import { Problem } from '../problem.ts'
import type { Run, Stage, Step } from '../stage.ts'
import type {
  Blob,
  Draft,
  FittedLine,
  Media,
  NamedFile,
  Source,
  SubtitleFile,
  Take,
  Version,
  Wish,
} from '../terms.ts'
import { type Licensed, manifestOf, type Piece } from './manifest.ts'
import { expectMark, type HearMark } from './marked.ts'
import { bestTexts, mux } from './mux.ts'
import { safeName } from './names.ts'
import { makeStems, makeTrack, type Stems } from './stems.ts'

export type PackAsk = {
  readonly source: Source
  readonly wish: Pick<Wish, 'title' | 'episode'>
  readonly media: Pick<Media, 'original' | 'proxy'>
  readonly original: Draft['original']
  readonly versions: readonly Version[]
  /** The engines that listened and translated, where any did. */
  readonly engines: { readonly ears?: Licensed; readonly tongue?: Licensed }
  readonly voices: Door
  readonly hearMark: HearMark
}

/** What a parcel needs of the door to voices: the last look, and what is said of voices that are nobody's. */
export type Door = {
  readonly presets: readonly { readonly engine: string; readonly preset: string; readonly says: string }[]
  readonly lastLook: (
    act: 'deliver',
    scene: { readonly title: string; readonly episode: string; readonly language: string },
    lines: readonly FittedLine[],
    takes: readonly Take[],
  ) => Promise<readonly Take[]>
}

const versions = { stems: 1, track: 1, playable: 1 }
const part = (kind: keyof typeof versions, of: string): Step => ({
  name: 'part',
  version: versions[kind],
  of,
})

/**
 * Packs the parcel: stems of every language, one playable file with everything in it, the subtitle files, and a manifest
 * that tells what they are. Every voice is asked for once more, line by line; one that may no longer be delivered stops
 * it, for it is in the mix. So does a dub whose mark is not in what was encoded.
 * @throws Problem `voice-withheld`; running the draft again leaves the voice out; `mark-missing`
 */
export async function pack(ask: PackAsk, run: Run, at: Stage): Promise<readonly NamedFile[]> {
  const { source, wish, media, original, versions, engines, voices } = ask
  const { title, episode } = wish
  const base = safeName(`${title} - ${episode}`)
  await lookAgain(ask)

  const pieces: Piece[] = []
  const mixes: Blob[] = []
  const sounds = [
    {
      language: source.language,
      dub: false,
      file: await run(part('track', source.language), ['track', media.original], originalTrack),
    },
  ]
  for (const [index, { fitted, dub }] of versions.entries()) {
    const { language } = fitted
    const made = ['stems', dub.takes, dub.regions, dub.loudness]
    const stems = await run(part('stems', language), made, at => makeStems(dub, at))
    pieces.push(...stemPieces(stems, `${base}.${safeName(language)}`, language, source.me !== undefined))
    sounds.push({ language, dub: true, file: stems.track })
    mixes.push(stems.mix)
    at.report((0.9 * (index + 1)) / versions.length)
  }

  const files = [...original.files, ...versions.flatMap(version => version.files)]
  const shown = new Set(
    [original, ...versions].filter(({ track }) => track.cues.length > 0).map(({ track }) => track.language),
  )
  const texts = bestTexts(files.filter(({ language }) => shown.has(language)))
  const tracks = { ...(media.proxy && { picture: media.proxy }), sounds, texts }
  const playable = await run(part('playable', base), ['playable', tracks, base], at => mux(tracks, base, at))
  const name = `${base}.${media.proxy ? 'mkv' : 'mka'}`
  for (const [index, { dub }] of versions.entries()) {
    const mix = mixes[index]
    if (!dub.mark || !mix) continue
    const delivered = { name, file: playable, stream: index + 1, mix, spoken: spokenIn(dub) }
    await expectMark(dub.mark, delivered, ask.hearMark, run)
  }
  pieces.unshift({
    name,
    file: playable,
    is: 'picture, all sounds and all subtitles',
  })
  pieces.push(...files.map(subtitlePiece))

  const says = ({ engine, preset }: { engine: string; preset: string }) =>
    voices.presets.find(row => row.engine === engine && row.preset === preset)?.says
  const manifest = manifestOf({ source, title, episode, versions, pieces, engines, says })
  const json = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
  return [
    ...pieces.map(({ name, file }) => ({ name, file })),
    { name: `${base}.manifest.json`, file: await at.keepBytes(json, 'application/json') },
  ]

  async function originalTrack(at: Stage) {
    return makeTrack(await at.file(media.original), at)
  }

  function subtitlePiece({ language, format, file }: SubtitleFile): Piece {
    return { name: `${base}.${safeName(language)}.${format}`, file, is: 'subtitles', language }
  }
}

async function lookAgain({ wish, versions, voices }: PackAsk): Promise<void> {
  for (const { fitted, dub } of versions) {
    const scene = { title: wish.title, episode: wish.episode, language: fitted.language }
    const looked = await voices.lastLook('deliver', scene, fitted.lines, dub.takes)
    looked.forEach((take, index) => {
      if (take.state === 'withheld' && dub.takes[index]?.state === 'spoken')
        throw new Problem('voice-withheld', { refusal: take.refusal })
    })
  }
}

const spokenIn = ({ takes }: Version['dub']) =>
  takes.reduce((sum, take) => (take.state === 'spoken' ? sum + take.end - take.start : sum), 0)

const stemPieces = (stems: Stems, base: string, language: string, hasStem: boolean): readonly Piece[] => [
  { name: `${base}.dialogue.wav`, file: stems.dialogue, is: 'dialogue stem', language },
  {
    name: `${base}.${hasStem ? 'music-effects' : 'bed'}.wav`,
    file: stems.bed,
    is: hasStem ? 'music-and-effects stem' : 'the original, giving way to the dialogue',
    language,
  },
  { name: `${base}.mix.wav`, file: stems.mix, is: 'mix', language },
]
