/** The face of this room for the journey: files in, cues and files out. */
import { readFile } from 'node:fs/promises'
import { Problem } from '../problem.ts'
import type { Stage } from '../stage.ts'
import type {
  Blob,
  Cue,
  Finding,
  Fitted,
  HouseStyle,
  Language,
  Line,
  LineKind,
  Media,
  SubtitleFile,
  Track,
  Transcript,
  Utterance,
} from '../terms.ts'
import { encode } from './bytes.ts'
import { check, type Remark } from './check/check.ts'
import { netflix } from './check/netflix.ts'
import { heldTo, profileIn } from './check/own.ts'
import type { Profile } from './check/profile.ts'
import { type Fix, fixesOf } from './check/words.ts'
import { type Document, runsOf } from './document.ts'
import { ass } from './formats/ass.ts'
import type { TextFormat } from './formats/format.ts'
import { srt } from './formats/srt.ts'
import { vtt } from './formats/vtt.ts'
import { layOut } from './layout/lay-out.ts'
import type { TimedLine } from './layout/line.ts'
import { readSubtitles } from './read.ts'
import { inScript } from './script.ts'
import { utterancesOf } from './utterances.ts'

/** Sound alone has no frames: times then fall on film's. */
const filmRate = { num: 24, den: 1 }
const handedOut: readonly TextFormat[] = [srt, vtt, ass]

/**
 * The words of a supplied or embedded subtitle file, in the order they are said. Each is a line already.
 * @throws Problem `subtitles-unreadable` when the file holds nothing that could be read
 */
export async function readUtterances(blob: Blob, at: Stage, language?: Language): Promise<Utterance[]> {
  const { document, diagnostics } = readSubtitles(await readFile(await at.file(blob)))
  const utterances = utterancesOf(document, language)
  if (utterances.length > 0) return utterances
  const worst = diagnostics.find(({ severity }) => severity === 'error') ?? diagnostics[0]
  const reason = worst ? `row ${worst.line}: ${worst.says}` : 'there is no text in it'
  throw new Problem('subtitles-unreadable', { file: 'The subtitle file', reason })
}

/** The original's own subtitles: what was said, as it was said. */
export async function originalSubtitles(
  { language, lines }: Transcript,
  media: Media,
  at: Stage,
  houses: readonly HouseStyle[] = [],
  captions?: Blob,
): Promise<Made> {
  const timed = lines.map(({ words, ...line }): TimedLine => ({ ...line, heard: words }))
  return make(timed, profileIn(houses, language), media, at, captions && { captions, lines, original: true })
}

/** The subtitles of a translation. */
export async function makeSubtitles(
  { language, lines }: Fitted,
  media: Media,
  at: Stage,
  houses: readonly HouseStyle[] = [],
  from?: From,
): Promise<Made> {
  const timed = lines.map(({ phrases, ...line }): TimedLine => ({ ...line, heard: phrases }))
  return make(timed, profileIn(houses, language), media, at, from && { ...from, original: false })
}
/** What was found with cues, said of the lines they stand for. */
function findingsOf(
  remarks: readonly Remark[],
  cues: readonly Cue[],
  fixOf: (remark: Remark) => Fix | undefined,
): readonly Finding[] {
  const lines = new Map(cues.map(cue => [cue.id, cue.lines[0]]))
  return remarks.map(remark => {
    const { rule, severity, clause, place, figures, says, mend, caption } = remark
    const line = lines.get(caption)
    const fix = fixOf(remark)
    return {
      rule,
      severity,
      clause,
      place: { ...place, ...(line !== undefined && { line }) },
      figures,
      says,
      ...(mend !== undefined && { mend }),
      ...(fix && { fix }),
    }
  })
}
type Made = { track: Track; files: SubtitleFile[] }

/** The subtitles a transcript came from, and its lines, which know where they stand in them. */
export type From = { readonly captions: Blob; readonly lines: readonly Line[] }

/** A script keeps what only a script can say; of other formats nothing is lost that is looked for again. */
async function scriptOf(captions: Blob, at: Stage): Promise<Document | undefined> {
  const { document } = readSubtitles(await readFile(await at.file(captions)))
  return document.origin?.format === 'ass' ? document : undefined
}

async function make(
  lines: readonly TimedLine[],
  profile: Profile,
  media: Media,
  at: Stage,
  from?: From & { readonly original: boolean },
): Promise<Made> {
  const { language } = profile
  const rate = media.probe.video[0]?.rate ?? filmRate
  const clock = { rate, shots: media.shots, duration: media.probe.duration }
  const { cues, findings } = layOut(lines, profile, clock)
  const document = documentOf({ language, cues, findings }, profile)
  const remarks = check(document, profile, clock)
  const texts = new Map(lines.map(({ id, text }) => [id, text]))
  const fixOf = fixesOf(document, cues, texts, profile, clock)
  const track: Track = {
    language,
    cues,
    findings: [...findings, ...findingsOf(remarks, cues, fixOf)],
    held: heldTo(profile),
  }
  const files: SubtitleFile[] = []
  const script = from && (await scriptOf(from.captions, at))
  const scripted =
    script &&
    inScript(script, { language, lines: from.lines, cues, runs: cue => runsIn(cue, profile) }, from.original)
  for (const format of handedOut) {
    const written = format === ass && scripted ? scripted : document
    const bytes = encode(format.write?.(written) ?? '', { encoding: 'utf-8', bom: false })
    files.push({ language, format: format.name, file: await at.keepBytes(bytes, format.type) })
  }
  return { track, files }
}

/** What isn't said by somebody in the picture stands in italics, where the script has them and the house wants them. */
function isItalic(kind: LineKind, { italics, songs, language }: Profile): boolean {
  if (!italics || /^ja\b/i.test(language)) return false
  return kind === 'narration' || (kind === 'song' && (songs?.italic ?? true))
}

const runsIn = ({ kind, text }: Pick<Cue, 'kind' | 'text'>, profile: Profile) =>
  runsOf(text, isItalic(kind, profile) ? { italic: true } : undefined)

export const documentOf = ({ language, cues }: Track, profile = netflix(language)): Document => ({
  language,
  captions: cues.map(({ id, start, end, kind, speaker, rights, text }) => ({
    id,
    start,
    end,
    kind,
    runs: runsIn({ kind, text }, profile),
    ...(speaker !== undefined && { speaker }),
    ...(rights !== undefined && { rights }),
    ...(kind === 'sign' && { place: { block: 'top' } }),
  })),
})
