import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openMedia } from '../../pipelines/media/open.ts'
import { probeMedia } from '../../pipelines/media/probe.ts'
import type { Stage } from '../../pipelines/stage.ts'
import { makeSubtitles, originalSubtitles } from '../../pipelines/subtitles/make.ts'
import type {
  Blob,
  Draft,
  Finding,
  FittedLine,
  Language,
  Line,
  Media,
  MemoryEntry,
  MixRegion,
  Take,
  Verdict,
  Version,
} from '../../pipelines/terms.ts'
import { encodeWav } from '../../pipelines/wav.ts'

type Truth = {
  readonly lines: readonly {
    readonly kind: Line['kind']
    readonly speaker?: string
    readonly text: string
    readonly start: number
    readonly end: number
  }[]
}
const samples = join(import.meta.dirname, '../../samples')
const read = async <T>(sample: string, file: string): Promise<T> =>
  JSON.parse(await readFile(join(samples, sample, file), 'utf8'))

export type SampleWish = {
  readonly sample: 'hello' | 'lantern-01'
  readonly from: Language
  readonly targets: readonly Language[]
  /** So many lines of a millisecond's making, for lists that have to be long. */
  readonly lines?: number
}

/**
 * A draft as the journey would leave it behind: real media and subtitles of a sample, lines as its maker knows them,
 * translations out of its memory, and tones in place of voices, so that a page can be tested without any engine.
 */
export async function draftSample(wish: SampleWish, at: Stage): Promise<Draft> {
  const path = join(samples, wish.sample, 'episode.mp4')
  const file = await at.keepBytes(await readFile(path), 'video/mp4')
  const source = { file, name: 'episode.mp4', language: wish.from }
  const probe = await probeMedia(source, at)
  const media = await openMedia(source, probe, at)
  const truth = await read<Truth>(wish.sample, 'expected/truth.json')
  const memory = await read<readonly MemoryEntry[]>(wish.sample, 'memory.json')
  const lines = linesOf(truth, wish.lines)
  const transcript = { language: wish.from, way: 'script' as const, lines, findings: [] }
  const original = await originalSubtitles(transcript, media, at)
  const versions: Version[] = []
  for (const target of wish.targets) versions.push(await versionOf(target, lines, memory, media, at))
  const activity = { speech: lines.map(({ start, end }) => ({ start, end })) }
  const files = versions.flatMap(({ files }) =>
    files.map(({ language, format, file }) => ({ name: `${wish.sample}.${language}.${format}`, file })),
  )
  return { media, activity, transcript, original, versions, parcel: { of: '0'.repeat(64), files } }
}

function linesOf(truth: Truth, count = truth.lines.length): Line[] {
  return Array.from({ length: count }, (_, index) => {
    const line = truth.lines[index % truth.lines.length] ?? {
      kind: 'dialogue',
      text: '',
      start: 0,
      end: 1000,
    }
    const later = Math.floor(index / truth.lines.length) * 90_000
    return {
      ...line,
      start: line.start + later,
      end: line.end + later,
      id: `line-${index + 1}`,
      words: [],
      trust: 0.9,
      hand: 'machine',
    }
  })
}

async function versionOf(
  language: Language,
  lines: readonly Line[],
  memory: readonly MemoryEntry[],
  media: Media,
  at: Stage,
): Promise<Version> {
  const fitted = { language, lines: lines.map(line => fittedOf(line, language, memory)), findings: [] }
  const { track, files } = await makeSubtitles(fitted, media, at)
  const takes: Take[] = []
  for (const [index, line] of fitted.lines.slice(0, 60).entries()) takes.push(await takeOf(line, index, at))
  const regions = await regionsOf(takes, media.probe.duration, at)
  const loudness = { integrated: -27, truePeak: -9, gain: -3 }
  const overlong: Finding[] = fitted.lines
    .filter(({ verdict }) => verdict === 'overlong')
    .map(line => ({
      rule: 'overlong',
      severity: 'error',
      place: { line: line.id, span: { start: line.start, end: line.end }, language },
      figures: { speaking: line.speaking, room: line.end - line.start },
      says: 'It takes longer to say than there is time.',
      mend: 'Shorten the text.',
    }))
  return {
    fitted: { ...fitted, findings: overlong },
    track,
    files,
    dub: { language, takes, regions, loudness, findings: [], engines: [], consents: [] },
  }
}

function fittedOf(line: Line, language: Language, memory: readonly MemoryEntry[]): FittedLine {
  const entry = memory.find(one => one.to === language && one.source === line.text)
  const text = entry?.target ?? ''
  const room = line.end - line.start
  const speaking = text === '' ? 0 : text.length * (language === 'ja' ? 130 : 62)
  const rate = speaking / room
  const verdict: Verdict =
    text === '' ? 'empty' : rate > 1.25 ? 'overlong' : rate > 1.15 ? 'amber' : rate < 0.8 ? 'short' : 'green'
  return {
    id: line.id,
    kind: line.kind,
    ...(line.speaker !== undefined && { speaker: line.speaker }),
    source: line.text,
    start: line.start,
    end: line.end,
    text,
    origin: entry ? { how: 'memory', score: 1, origin: entry.origin, source: entry.source } : { how: 'none' },
    speaking,
    rate,
    verdict,
    room,
    spare: 0,
    phrases: text === '' ? [] : [{ start: line.start, end: line.end, text }],
  }
}

async function takeOf(line: FittedLine, index: number, at: Stage): Promise<Take> {
  if (line.text === '') return { line: line.id, state: 'unspoken', reason: 'empty' }
  const voice = { kind: 'nobody' as const, engine: 'espeak', preset: 'f3' }
  const sound = await tone(line.end - line.start, 220 * 2 ** ((index % 12) / 12), at)
  return { line: line.id, state: 'spoken', start: line.start, end: line.end, voice, sound, stretch: 1 }
}

const regionMs = 4_000

async function regionsOf(takes: readonly Take[], duration: number, at: Stage): Promise<MixRegion[]> {
  const regions: MixRegion[] = []
  for (let start = 0; start < duration; start += regionMs) {
    const end = Math.min(duration, start + regionMs)
    const busy = takes.some(take => take.state === 'spoken' && take.start < end && take.end > start)
    regions.push({ start, end, sound: await tone(end - start, busy ? 330 + start / 100 : 110, at) })
  }
  return regions
}

/** So many milliseconds of a note, at the mix's 48 kHz. */
async function tone(ms: number, hertz: number, at: Stage): Promise<Blob> {
  const samples = new Float32Array(Math.round(ms * 48))
  for (let index = 0; index < samples.length; index++)
    samples[index] = 0.1 * Math.sin((2 * Math.PI * hertz * index) / 48_000)
  return at.keepBytes(encodeWav(samples, 48_000), 'audio/wav')
}
