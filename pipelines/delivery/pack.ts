import type { Run, Stage, Step } from '../stage.ts'
import type {
  Blob,
  Draft,
  FittedLine,
  Language,
  Media,
  NamedFile,
  Release,
  Source,
  SubtitleFile,
  Take,
  Version,
  Wish,
} from '../terms.ts'
import { type Credentials, claimOf, expectCredentials, type Signed } from './credited.ts'
import { type Licensed, manifestOf, type Piece } from './manifest.ts'
import { expectMark, type HearMark } from './marked.ts'
import { bestTexts, mux } from './mux.ts'
import { safeName } from './names.ts'
import { makeStems, makeTrack, type Stems } from './stems.ts'

export type PackAsk = {
  readonly source: Source
  readonly wish: Pick<Wish, 'title' | 'episode' | 'release'>
  readonly media: Pick<Media, 'original' | 'proxy'>
  readonly original: Draft['original']
  readonly versions: readonly Version[]
  /** The engines that listened and translated, where any did. */
  readonly engines: { readonly ears?: Licensed; readonly tongue?: Licensed }
  readonly voices: Door
  readonly hearMark: HearMark
  readonly credentials: Credentials
  /** The languages whose dub may not leave, with the reason, as `undeliverable` found them. */
  readonly held: Held
}
export type Held = Readonly<Record<Language, string>>

/** What a parcel needs of the door to voices: the last look, and what is said of voices that are nobody's. */
export type Door = {
  readonly presets: readonly { readonly engine: string; readonly preset: string; readonly says: string }[]
  readonly lastLook: (
    act: 'deliver',
    scene: Scene,
    lines: readonly FittedLine[],
    takes: readonly Take[],
  ) => Promise<readonly Take[]>
  /** A stage for work on what people say: it opens it line by line, with their leave, and seals what is kept. */
  readonly veiled: (act: 'deliver', heard: readonly Heard[], at: Stage) => Stage
}
type Scene = Pick<Wish, 'title' | 'episode'> & { readonly language: Language } & Partial<Release>
type Heard = {
  readonly scene: Scene
  readonly lines: readonly FittedLine[]
  readonly takes: readonly Take[]
}

const versions = { stems: 2, track: 1, playable: 2 }
const part = (kind: keyof typeof versions, of: string): Step => ({
  name: 'part',
  version: versions[kind],
  of,
})

/**
 * Packs the parcel: stems of every language, one playable file with everything in it, the subtitle files, and a manifest
 * that tells what they are. Every voice is asked for once more, line by line. A dub that may not be delivered stays out of
 * it, and the manifest says why. One whose mark is not in what was encoded stops it, and so do credentials that don't hold.
 * @throws Problem `voice-withheld` when somebody takes their yes back while it is packed, `mark-missing`,
 * `credentials-missing`
 */
export async function pack(ask: PackAsk, run: Run, at: Stage): Promise<readonly NamedFile[]> {
  const { source, wish, media, original, versions, engines, voices, credentials, held } = ask
  const { title, episode } = wish
  const base = safeName(`${title} - ${episode}`)
  const pieces: Piece[] = []
  const mixes: Blob[] = []
  const sounds = [
    {
      language: source.language,
      dub: false,
      file: await run(part('track', source.language), ['track', media.original], originalTrack),
    },
  ]
  const sounding = versions.filter(({ fitted }) => held[fitted.language] === undefined)
  const heard = sounding.map(version => heardOf(version, wish))
  for (const [index, version] of sounding.entries()) {
    const { dub, fitted } = version
    const { language } = fitted
    const claims = { dialogue: claimOf([dub], 'dialogue', wish), mix: claimOf([dub], 'mix', wish) }
    const made = ['stems', dub.takes, dub.regions, dub.loudness, claims, credentials.identity]
    const stems = await run(part('stems', language), made, at =>
      makeStems(dub, claims, credentials, voices.veiled('deliver', [heardOf(version, wish)], at), at),
    )
    pieces.push(
      ...stemPieces(stems, `${base}.${safeName(language)}`, language, source.me !== undefined, claims.mix),
    )
    sounds.push({ language, dub: true, file: stems.track })
    mixes.push(stems.mix.file)
    at.report((0.9 * (index + 1)) / sounding.length)
  }

  const files = [...original.files, ...versions.flatMap(version => version.files)]
  const shown = new Set(
    [original, ...versions].filter(({ track }) => track.cues.length > 0).map(({ track }) => track.language),
  )
  const texts = bestTexts(files.filter(({ language }) => shown.has(language)))
  const tracks = { ...(media.proxy && { picture: media.proxy }), sounds, texts }
  const dubs = sounding.map(({ dub }) => dub)
  const claim = claimOf(dubs, 'mix', wish)
  const muxed = ['playable', tracks, base, claim, credentials.identity]
  const playable = await run(part('playable', base), muxed, at =>
    mux(tracks, base, claim, credentials, voices.veiled('deliver', heard, at), at),
  )
  const name = `${base}.${media.proxy ? 'mkv' : 'mka'}`
  for (const [index, { dub }] of sounding.entries()) {
    const mix = mixes[index]
    if (!dub.mark || !mix) continue
    const delivered = { name, file: playable.file, stream: index + 1, mix, spoken: spokenIn(dub) }
    await expectMark(dub.mark, delivered, ask.hearMark, run, at => voices.veiled('deliver', heard, at))
  }
  pieces.unshift(...signedPieces(playable, { name, is: 'picture, all sounds and all subtitles' }, claim))
  for (const { name, file, credentials: where } of pieces) {
    if (!where) continue
    const beside = pieces.find(piece => piece.name === where)?.file
    const signed = { file, ...(beside && { beside }) }
    await expectCredentials(name, signed, credentials, run, at => voices.veiled('deliver', heard, at))
  }
  pieces.push(...files.map(subtitlePiece))

  const says = ({ engine, preset }: { engine: string; preset: string }) =>
    voices.presets.find(row => row.engine === engine && row.preset === preset)?.says
  const manifest = manifestOf({
    ...{ source, title, episode, original: original.track, versions, pieces, engines, says, held },
  })
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

/** Which dubs may not leave at this moment, and why. */
export async function undeliverable(
  wish: PackAsk['wish'],
  versions: readonly Version[],
  voices: Pick<Door, 'lastLook'>,
): Promise<Held> {
  const held: Record<Language, string> = {}
  for (const version of versions) {
    const { scene, lines, takes } = heardOf(version, wish)
    const looked = await voices.lastLook('deliver', scene, lines, takes)
    looked.forEach((take, index) => {
      if (take.state === 'withheld' && takes[index]?.state === 'spoken')
        held[version.fitted.language] ??= take.refusal
    })
  }
  return held
}

const spokenIn = ({ takes }: Version['dub']) =>
  takes.reduce((sum, take) => (take.state === 'spoken' ? sum + take.end - take.start : sum), 0)
const heardOf = ({ fitted, dub }: Version, { title, episode, release }: PackAsk['wish']): Heard => ({
  scene: { title, episode, language: fitted.language, ...release },
  lines: fitted.lines,
  takes: dub.takes,
})

const stemPieces = (
  { dialogue, bed, mix }: Stems,
  base: string,
  language: string,
  hasStem: boolean,
  claim: unknown,
): readonly Piece[] => [
  ...signedPieces(dialogue, { name: `${base}.dialogue.wav`, is: 'dialogue stem', language }, claim),
  {
    name: `${base}.${hasStem ? 'music-effects' : 'bed'}.wav`,
    file: bed,
    is: hasStem ? 'music-and-effects stem' : 'the original, giving way to the dialogue',
    language,
  },
  ...signedPieces(mix, { name: `${base}.mix.wav`, is: 'mix', language }, claim),
]

/** A file, and its credentials where they lie beside it: by the same name, as whoever looks for them expects. */
function signedPieces(
  { file, beside }: Signed,
  piece: Omit<Piece, 'file' | 'credentials'>,
  claim: unknown,
): readonly Piece[] {
  if (!claim) return [{ ...piece, file }]
  const name = piece.name.replace(/\.[^.]+$/, '.c2pa')
  const of = { ...(piece.language !== undefined && { language: piece.language }) }
  return [
    { ...piece, file, credentials: beside ? name : 'inside' },
    ...(beside ? [{ name, file: beside, is: `content credentials of ${piece.name}`, ...of }] : []),
  ]
}
