/** Readers of subtitles that people use, and ours, each told as the captions it gives. */
import { createRequire } from 'node:module'
import { compile } from 'ass-compiler'
import { parse as parseSubsrt } from 'subsrt-ts'
import { parseSync } from 'subtitle'
import { textOf } from '../../pipelines/subtitles/document.ts'
import { ass } from '../../pipelines/subtitles/formats/ass.ts'
import { srt } from '../../pipelines/subtitles/formats/srt.ts'
import { vtt } from '../../pipelines/subtitles/formats/vtt.ts'
import { rules } from './subtitle-rules.ts'

/** Seconds, as browsers count. Neither says its types in a way that a project of modules could read. */
type Timed = { readonly startTime: number; readonly endTime: number; readonly text: string }
type Cues = { readonly cues: readonly Timed[] }
const { parseText } = (await import('media-captions')) as unknown as {
  parseText: (text: string, options: { type: string }) => Promise<Cues>
}
const { WebVTTParser }: { WebVTTParser: new () => { parse: (text: string, mode: string) => Cues } } =
  createRequire(import.meta.url)('webvtt-parser')

export const formats = { srt, vtt, ass }
export type Name = keyof typeof formats
export type Cue = { readonly start: number; readonly end: number; readonly text: string }

export type Reader = {
  readonly name: string
  readonly read: (text: string) => unknown
  readonly cues: (read: never) => readonly Cue[]
}
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', nbsp: '\u00a0' }
/** Readers that give words as they are written are not asked to take tags and entities out. */
const bare = (text: string) =>
  text
    .replace(/<[^>]*>|\{[^}]*\}/g, '')
    .replace(/\\N|\r\n/g, '\n')
    .replace(/&(lt|gt|amp|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .trimEnd()
const reader = <T>(
  name: string,
  read: (text: string) => T,
  cues: (read: Awaited<T>) => readonly Cue[],
): Reader => ({ name, read, cues })
export const ours = (name: Name): Reader =>
  reader(
    'Kotodama',
    text => formats[name].read(text),
    ({ document }) => document.captions.map(one => ({ start: one.start, end: one.end, text: textOf(one) })),
  )
const subsrt = (format: Name): Reader =>
  reader(
    'subsrt-ts',
    text => parseSubsrt(text, { format }),
    list =>
      list.flatMap(one =>
        one.type === 'caption' ? [{ start: one.start, end: one.end, text: bare(one.content) }] : [],
      ),
  )
const subtitle: Reader = reader(
  'subtitle',
  text => parseSync(text),
  list =>
    list.flatMap(one =>
      one.type === 'cue' ? [{ start: one.data.start, end: one.data.end, text: bare(one.data.text) }] : [],
    ),
)
const mediaCaptions = (type: Name): Reader =>
  reader(
    'media-captions',
    text => parseText(text, { type }),
    ({ cues }) =>
      cues.map(one => ({
        start: Math.round(one.startTime * 1000),
        end: Math.round(one.endTime * 1000),
        text: bare(one.text),
      })),
  )
const webvttParser: Reader = reader(
  'webvtt-parser',
  text => new WebVTTParser().parse(text, 'subtitles'),
  ({ cues }) =>
    cues.map(one => ({
      start: Math.round(one.startTime * 1000),
      end: Math.round(one.endTime * 1000),
      text: bare(one.text),
    })),
)
const assCompiler: Reader = reader(
  'ass-compiler',
  text => compile(text, {}),
  ({ dialogues }) =>
    dialogues.map(one => ({
      start: Math.round(one.start * 1000),
      end: Math.round(one.end * 1000),
      text: bare(one.slices.flatMap(slice => slice.fragments.map(({ text }) => text)).join('')),
    })),
)

export const rivals: Readonly<Record<Name, readonly Reader[]>> = {
  srt: [subsrt('srt'), subtitle, mediaCaptions('srt')],
  vtt: [subsrt('vtt'), subtitle, mediaCaptions('vtt'), webvttParser],
  ass: [subsrt('ass'), assCompiler, mediaCaptions('ass')],
}

export const same = (a: readonly Cue[], b: readonly Cue[]) =>
  a.length === b.length &&
  a.every((one, i) => one.text === b[i]?.text && one.start === b[i]?.start && one.end === b[i]?.end)

/** Of the rules of a format those that a reader keeps, and what the others are about. */
export async function kept(reader: Reader, name: Name) {
  if (name === 'ass') return undefined
  const broken: string[] = []
  for (const { what, file, cues } of rules[name])
    try {
      const wanted = cues.map(([start, end, text]) => ({ start, end, text }))
      if (!same(reader.cues((await reader.read(file)) as never), wanted)) broken.push(what)
    } catch {
      broken.push(what)
    }
  return { share: `${rules[name].length - broken.length} of ${rules[name].length}`, broken }
}
