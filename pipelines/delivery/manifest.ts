import type { Credit, Dub, Finding, FittedLine, NamedFile, Source, Track, Version, Voice } from '../terms.ts'

/** What a file of the parcel is. */
export type Piece = NamedFile & {
  readonly is: string
  readonly language?: string
  /** Where its content credentials are: in it, or in the file of this name. */
  readonly credentials?: 'inside' | (string & {})
}

/** An engine that listened or translated, and on what terms. */
export type Licensed = { readonly identity: string; readonly licence: string }

export type ManifestParts = {
  readonly source: Source
  readonly title: string
  readonly episode: string
  /** The original's own subtitles. */
  readonly original: Track
  readonly versions: readonly Version[]
  readonly pieces: readonly Piece[]
  readonly engines: { readonly ears?: Licensed; readonly tongue?: Licensed }
  /** What is known of a voice that is nobody's: why it is. */
  readonly says: (voice: Extract<Voice, { readonly kind: 'nobody' }>) => string | undefined
  /** Why a language's dub is not in it. */
  readonly held: Readonly<Record<string, string>>
}

/**
 * What is in the parcel, what it was made from, by what and on what terms; every voice by name, as nobody's or with the
 * consents it rests on; every line that is not spoken, with the reason. A function of the parcel: it holds no date.
 */
export function manifestOf(parts: ManifestParts) {
  const { source, title, episode, original, versions, pieces, engines, says, held } = parts
  return {
    kotodama: 1,
    title,
    episode,
    source: {
      name: source.name,
      language: source.language,
      sha256: source.file.digest,
      bytes: source.file.bytes,
      ...(source.script && { script: source.script.digest }),
      ...(source.subtitles && { subtitles: source.subtitles.digest }),
      ...(source.me && { musicAndEffects: source.me.digest }),
    },
    made: {
      ...(engines.ears && { heard: engines.ears }),
      ...(engines.tongue && byEngine(versions) && { translated: engines.tongue }),
    },
    subtitles: [original, ...versions.map(({ track }) => track)].map(track => ({
      language: track.language,
      cues: track.cues.length,
      ...(track.held && { held: track.held }),
      findings: countFindings(track),
    })),
    versions: versions.map(version => ({
      language: version.fitted.language,
      lines: version.fitted.lines.length,
      translated: translated(version.fitted.lines),
      loudness: version.dub.loudness,
      ...(version.dub.mark && { watermark: version.dub.mark.id }),
      ...(held[version.fitted.language] !== undefined && { withheld: held[version.fitted.language] }),
      voices: voicesOf(version, says),
      engines: version.dub.engines satisfies readonly Credit[],
      silent: silentLines(version.dub),
    })),
    files: pieces.map(({ name, is, language, credentials, file }) => ({
      name,
      is,
      ...(language !== undefined && { language }),
      ...(credentials && { credentials }),
      type: file.type,
      bytes: file.sealed?.bytes ?? file.bytes,
      sha256: file.sealed?.digest ?? file.digest,
    })),
  }
}

const byEngine = (versions: readonly Version[]) =>
  versions.some(({ fitted }) => fitted.lines.some(({ origin }) => origin.how === 'engine'))

/** What the house style has against them as they are handed over. */
function countFindings({ findings }: Track): Record<Finding['severity'], number> {
  const counts = { error: 0, warning: 0, note: 0 }
  for (const { severity } of findings) counts[severity]++
  return counts
}

/** How many lines came from whom. */
function translated(lines: readonly FittedLine[]): Record<FittedLine['origin']['how'], number> {
  const counts = { human: 0, memory: 0, engine: 0, none: 0 }
  for (const { origin } of lines) counts[origin.how]++
  return counts
}

function voicesOf({ fitted, dub }: Version, says: ManifestParts['says']) {
  const speakers = new Map(fitted.lines.map(line => [line.id, line.speaker ?? '']))
  const rows = new Map<string, object>()
  for (const take of dub.takes) {
    if (take.state === 'unspoken') continue
    const character = speakers.get(take.line) ?? ''
    const { voice } = take
    const row =
      voice.kind === 'nobody'
        ? { character, nobody: `${voice.engine}/${voice.preset}`, says: says(voice) ?? '' }
        : {
            character,
            person: voice.actor,
            state: take.state,
            consents: entriesOf(dub, character, voice.actor),
          }
    rows.set(JSON.stringify(row), row)
  }
  return [...rows.values()]
}

const entriesOf = ({ consents }: Dub, character: string, actor: string) =>
  consents.filter(row => row.character === character && row.actor === actor).flatMap(row => row.entries)

const silentLines = ({ takes }: Dub) =>
  takes.flatMap(take => {
    if (take.state === 'spoken') return []
    return [{ line: take.line, why: take.state === 'withheld' ? `withheld: ${take.refusal}` : take.reason }]
  })
