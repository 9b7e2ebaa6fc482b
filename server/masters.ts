/** A late master of an episode that people have worked on: what of it is the same, and where everything goes. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Compared,
  carryLines,
  carryScript,
  listenToFile,
  openWav,
  type Print,
  Problem,
  printer,
  sharedSound,
} from '../pipelines/index.ts'
import type { Blob, Draft, Rate, Source } from '../pipelines/terms.ts'
import type { Master } from './store/episodes.ts'
import type { Moves } from './store/lines.ts'
import type { Worked } from './store/worked.ts'

/** A file whose sound is compared, by the stream that is listened to. */
export type Sounding = { readonly path: string } & Pick<Source, 'name' | 'language' | 'audioStream'>
export type Compare = (was: Sounding, is: Sounding) => Promise<Compared>

/** What both files share, by their sound. @throws Problem of a file that can't be read */
export const compareSounds: Compare = async (was, is) => {
  const before = await printFile(was.path, was)
  const { print, rate } = await printFile(is.path, is)
  const shared = sharedSound(before.print, print, 2000)
  return { shared, length: print.bits.length * print.hop, ...(rate && { rate }) }
}

/** A file's fingerprint. Ten seconds at a time: a season of films is compared on a small machine that has other work. */
export async function printFile(
  path: string,
  of: Partial<Sounding> = {},
): Promise<{ readonly print: Print; readonly rate?: Rate }> {
  return inScratch(async scratch => {
    const at = { signal: new AbortController().signal, report: () => {}, scratch }
    const { ears, rate } = await listenToFile(path, { ...of, pictures: false, whole: true }, at)
    const wav = await openWav(ears)
    try {
      const { push, done } = printer()
      const piece = 10 * wav.sampleRate
      for (let from = 0; from < wav.frames; from += piece)
        push(await wav.read(from, Math.min(piece, wav.frames - from)))
      return { print: done(), ...(rate && { rate }) }
    } finally {
      await wav.close()
    }
  })
}

export async function inScratch<T>(work: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'kotodama-listen-'))
  try {
    return await work(scratch)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

export type Late = {
  /** It sounds as it did, from end to end. */
  readonly same: boolean
  readonly words: Pick<Master, 'carried' | 'subtitles'>
  readonly moves: Omit<Moves, 'master'>
}
type Shelf = {
  readonly keepBytes: (bytes: Uint8Array, type: string) => Promise<Blob>
  readonly path: (blob: Blob) => Promise<string>
}

/**
 * Carries the words of an episode over to a late master of it.
 * @throws Problem `master-strange` when it sounds like another episode; then nothing was kept
 */
export async function carryOver(
  { media, transcript }: Pick<Draft, 'media' | 'transcript'>,
  { source, worked }: { readonly source: Source; readonly worked: readonly Worked[] },
  late: Sounding,
  { compare, blobs }: { readonly compare: Compare; readonly blobs: Shelf },
): Promise<Late> {
  const compared = await compare({ ...source, path: await blobs.path(source.file) }, late)
  const hands = new Map<string, string[]>()
  for (const { line, change } of worked)
    if (change.text) hands.set(line, [...(hands.get(line) ?? []), change.text])
  const carrying = carryLines(transcript, compared, hands)
  if (!carrying) throw new Problem('master-strange', { file: late.name })
  const { carried, offsets, reopened } = carrying
  const captions = source.subtitles ?? media.captions
  const script = captions && carryScript(await readFile(await blobs.path(captions)), compared)
  const { fresh, speech } = carried
  const moved = [...offsets.values()].some(offset => offset !== 0)
  return {
    same:
      !moved && fresh.length + reopened.length === 0 && speech.utterances.length === transcript.lines.length,
    words: {
      carried: await blobs.keepBytes(Buffer.from(JSON.stringify(carried)), 'application/json'),
      ...(script && { subtitles: await blobs.keepBytes(script, 'text/plain') }),
    },
    moves: { offsets, reopened },
  }
}
