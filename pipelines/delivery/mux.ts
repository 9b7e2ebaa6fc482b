import { join } from 'node:path'
import { ffmpeg, type Input } from '../ffmpeg.ts'
import type { Stage } from '../stage.ts'
import type { Blob, Language, SubtitleFile } from '../terms.ts'
import { type Claim, type Credentials, keepSigned, type Signed } from './credited.ts'
import { repeatably } from './stems.ts'
import { trackCode, trackName } from './tongues.ts'

export type Tracks = {
  /** What browsers play; its picture alone is taken. */
  readonly picture?: Blob
  readonly sounds: readonly { readonly language: Language; readonly file: Blob; readonly dub: boolean }[]
  readonly texts: readonly SubtitleFile[]
}

/** Subtitle formats that Matroska carries, richest first, with ffmpeg's name of each as input and as codec. */
const carried: readonly [format: string, demuxer: string, codec: string][] = [
  ['ass', 'ass', 'ass'],
  ['srt', 'srt', 'srt'],
]

/** The one file of each language that goes into the playable file. */
export function bestTexts(files: readonly SubtitleFile[]): readonly SubtitleFile[] {
  const languages = [...new Set(files.map(({ language }) => language))]
  return languages.flatMap(language => {
    const mine = files.filter(file => file.language === language)
    const best = carried.flatMap(([format]) => mine.filter(file => file.format === format))[0]
    return best ? [best] : []
  })
}

/**
 * One Matroska file with the picture, every sound and every text, each with its language and a name. The first sound,
 * the original, is the one that plays by itself. Matroska bears no credentials: they lie beside it.
 */
export async function mux(
  { picture, sounds, texts }: Tracks,
  title: string,
  claim: Claim | undefined,
  credentials: Pick<Credentials, 'attachTo' | 'beside'>,
  at: Stage,
  plain: Pick<Stage, 'keepBytes'>,
): Promise<Signed> {
  const inputs: Input[] = []
  const maps: string[] = []
  const tags: string[] = ['-metadata', `title=${title}`]
  const add = async (file: Blob, stream: string, format?: string) => {
    maps.push('-map', `${inputs.length}:${stream}:0`)
    inputs.push({ file: await at.file(file), ...(format !== undefined && { format }) })
  }
  const tag = (stream: string, language: Language, name: string, plays: boolean) =>
    tags.push(
      ...[`-metadata:s:${stream}`, `language=${trackCode(language)}`],
      ...[`-metadata:s:${stream}`, `title=${name}`],
      ...[`-disposition:${stream}`, plays ? 'default' : '0'],
    )

  if (picture) await add(picture, 'v')
  for (const [index, { language, file, dub }] of sounds.entries()) {
    await add(file, 'a')
    tag(`a:${index}`, language, `${trackName(language)}, ${dub ? 'dub draft' : 'original'}`, index === 0)
  }
  for (const [index, { language, format, file }] of texts.entries()) {
    const [, demuxer, codec] = carried.find(([name]) => name === format) ?? ['', '', 'srt']
    await add(file, 's', demuxer)
    maps.push(`-c:s:${index}`, codec)
    tag(`s:${index}`, language, trackName(language), false)
  }
  const file = join(at.scratch, 'playable.mkv')
  const args = [...maps, '-c:v', 'copy', '-c:a', 'copy', ...tags, ...repeatably, '-f', 'matroska']
  await ffmpeg({ inputs, outputs: [{ file, args }] }, { ...at, report: () => {} })
  return keepSigned(file, picture ? 'video/x-matroska' : 'audio/x-matroska', claim, credentials, at, plain)
}
