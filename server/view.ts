/** What people see of an episode, from what it is: pure functions, no store and no clock. */
import { predictorOf, verdicts } from '../pipelines/index.ts'
import { stepNames } from '../pipelines/stage.ts'
import type { Blob, Draft, Finding, Language, NamedFile, Version } from '../pipelines/terms.ts'
import type { EpisodeRow, EpisodeView, PaceView, StepView } from './contract.ts'
import { scoreVersion } from './score.ts'
import type { Episode } from './store/episodes.ts'
import type { Worked } from './store/lines.ts'
import type { Work } from './store/work.ts'

/** How far the machine is. */
export type Progress = Pick<Work, 'state' | 'steps' | 'draft' | 'problem' | 'parcel'>
export const untouched: Progress = { state: 'waiting', steps: [] }

/** Everything that is known of an episode at one moment. */
export type Known = {
  readonly episode: Episode
  readonly progress: Progress
  readonly draft: Partial<Draft>
  readonly worked: readonly Worked[]
}

export const blobUrl = (episode: string, { digest }: Blob) => `/api/episodes/${episode}/blobs/${digest}`
export const fileUrl = (episode: string, name: string) =>
  `/api/episodes/${episode}/files/${encodeURIComponent(name)}`

/** @param pace what subtitles of a language are held to, where a style is known for it */
export function viewEpisode(known: Known, pace: (language: Language) => PaceView | undefined): EpisodeView {
  const { episode, progress, draft } = known
  const { media, transcript, sight, original, versions = [] } = draft
  const url = (blob: Blob) => blobUrl(episode.id, blob)
  const video = media?.probe.video[0]
  const files = [...(original?.files ?? []), ...versions.flatMap(version => version.files)]
  const paces = languagesOf(episode).map(language => [language, pace(language)] as const)
  return {
    ...viewHead(known),
    ...(media && { duration: media.probe.duration, video: video !== undefined }),
    ...(video && { frameRate: video.rate }),
    ...(media && (media.proxy ? { proxy: url(media.proxy) } : { sound: url(media.original) })),
    thumbnails: (media?.thumbnails ?? []).map(({ at, picture }) => ({ at, url: url(picture) })),
    peaks: (media?.peaks ?? []).map(({ samples, pairs }) => ({ samples, url: url(pairs) })),
    shots: [...(media?.shots ?? [])],
    ...(sight && { flaps: url(sight.flaps) }),
    ...(transcript && { way: transcript.way }),
    tracks: files.map(({ language, format, file }) => ({ language, format, url: url(file) })),
    dubs: versions.map(({ dub }) => ({
      language: dub.language,
      regions: dub.regions.map(({ start, end, sound }) => ({ start, end, url: url(sound) })),
      loudness: dub.loudness.integrated,
      gain: dub.loudness.gain,
    })),
    pace: Object.fromEntries(paces.filter((pair): pair is [string, PaceView] => pair[1] !== undefined)),
    ...speakingIn(versions),
    ...scoresIn(versions, draft),
    given: (['script', 'subtitles', 'me'] as const).filter(slot => episode.source[slot] !== undefined),
    changes: (episode.changes ?? []).map(({ called, at, what }) => ({
      by: called,
      at: new Date(at).toISOString(),
      what: [...what],
    })),
    parcel: parcelOf(known),
    files: offered(known).map(({ name, file }) => ({
      name,
      type: file.type,
      bytes: file.bytes,
      url: fileUrl(episode.id, name),
    })),
    findings: findingsOf(draft).map(viewFinding),
    steps: stepsOf(episode, progress),
  }
}

/** What may be taken away: the parcel, while nothing is being made that could make another of it. */
export const offered = ({ progress, draft }: Pick<Known, 'progress' | 'draft'>): readonly NamedFile[] =>
  progress.state === 'ready' ? (draft.parcel?.files ?? []) : []

function parcelOf(known: Known): EpisodeView['parcel'] {
  const { progress, draft } = known
  if (progress.parcel && (progress.state === 'waiting' || progress.state === 'running')) return 'making'
  if (!draft.parcel) return 'none'
  return offered(known).length > 0 ? 'current' : 'old'
}

function speakingIn(versions: readonly Version[]): Pick<EpisodeView, 'speaking'> {
  const bands = verdicts.flatMap(([verdict, least, most]) =>
    verdict === 'empty' || verdict === 'overlong' ? [] : [{ verdict, least, most }],
  )
  const rows = versions.map(({ fitted: { language, lines } }) => {
    const { parts, ...predictor } = predictorOf(language, lines)
    return [language, { ...predictor, parts: parts.map(part => ({ ...part })), bands }] as const
  })
  return rows.length > 0 ? { speaking: Object.fromEntries(rows) } : {}
}

function scoresIn(versions: readonly Version[], draft: Partial<Draft>): Pick<EpisodeView, 'scores'> {
  const rows = versions.flatMap(version => {
    const { whole } = scoreVersion(version, draft)
    return whole.lines > 0 ? [[version.fitted.language, whole] as const] : []
  })
  return rows.length > 0 ? { scores: Object.fromEntries(rows) } : {}
}

export function viewRow(known: Known): EpisodeRow {
  const { episode, progress, draft } = known
  const [first] = draft.media?.thumbnails ?? []
  return {
    ...viewHead(known),
    ...(draft.media && { duration: draft.media.probe.duration }),
    ...(first && { thumbnail: blobUrl(episode.id, first.picture) }),
    steps: stepsOf(episode, progress),
  }
}

function viewHead({ episode, progress, draft, worked }: Known) {
  return {
    id: episode.id,
    series: episode.series,
    number: episode.number,
    title: episode.title,
    language: episode.source.language,
    targets: [...episode.targets],
    state: progress.state,
    ...(episode.onAir && { onAir: episode.onAir }),
    ...(progress.problem && { problem: progress.problem }),
    counts: Object.fromEntries(
      languagesOf(episode).map(language => [language, count(language, draft, worked)]),
    ),
  }
}

/** Every line of every target language bears somebody's yes: it may leave the house. */
export function isApproved(known: Known): boolean {
  const { counts } = viewHead(known)
  return known.episode.targets.every(language => {
    const { lines = 0, approved = 0 } = counts[language] ?? {}
    return lines > 0 && approved === lines
  })
}

const languagesOf = ({ source, targets }: Episode) => [source.language, ...targets]

function count(language: Language, draft: Partial<Draft>, worked: readonly Worked[]) {
  const lines = linesIn(language, draft)
  const mine = new Map(worked.filter(line => line.language === language).map(line => [line.line, line]))
  return {
    lines: lines.length,
    empty: lines.filter(({ id, text }) => (mine.get(id)?.change.text ?? text).trim() === '').length,
    approved: lines.filter(({ id }) => mine.get(id)?.approval).length,
    findings: findingsIn(language, draft).length,
  }
}

/** The machine's words of a language, line by line of the original; a line it has not come to is empty. */
function linesIn(language: Language, { transcript, versions }: Partial<Draft>) {
  const lines = transcript?.lines ?? []
  if (language === transcript?.language) return lines
  const said = new Map(versionIn(language, versions)?.fitted.lines.map(line => [line.id, line.text]))
  return lines.map(({ id }) => ({ id, text: said.get(id) ?? '' }))
}

export const versionIn = (language: Language, versions: readonly Version[] = []) =>
  versions.find(version => version.fitted.language === language)

/** What was noticed in a language; of the original's own, in its words and subtitles. */
export function findingsIn(
  language: Language,
  { transcript, original, versions }: Partial<Draft>,
): Finding[] {
  if (language === transcript?.language) return [...transcript.findings, ...(original?.track.findings ?? [])]
  const version = versionIn(language, versions)
  return version ? [...version.fitted.findings, ...version.track.findings, ...version.dub.findings] : []
}

function findingsOf(draft: Partial<Draft>): Finding[] {
  const languages = [
    draft.transcript?.language,
    ...(draft.versions ?? []).map(({ fitted }) => fitted.language),
  ]
  return languages.flatMap(language => (language === undefined ? [] : findingsIn(language, draft)))
}

export const viewFinding = ({ rule, severity, clause, place, figures, says, mend, fix }: Finding) => ({
  rule,
  severity,
  ...(clause !== undefined && { clause }),
  place,
  figures,
  says,
  ...(mend !== undefined && { mend }),
  ...(fix && { fix }),
})

const perLanguage = ['translation', 'timing', 'subtitles', 'dub'] as const

/** Every step the episode will see, in the order of the journey, as far as each is. */
export function stepsOf({ source, targets }: Episode, { steps, parcel }: Progress): StepView[] {
  const known = new Map(steps.map(step => [`${step.step} ${step.of ?? ''}`, step]))
  const later = ['picture', 'pack', ...perLanguage]
  const once = stepNames.filter(name => !later.includes(name))
  const all: readonly Pick<StepView, 'step' | 'of'>[] = [
    ...once.map(step => ({ step })),
    { step: 'subtitles', of: source.language },
    { step: 'picture' },
    ...targets.flatMap(of => perLanguage.map(step => ({ step, of }))),
    ...(parcel || known.has('pack ') ? [{ step: 'pack' } as const] : []),
  ]
  return all.map(
    ({ step, of }) =>
      known.get(`${step} ${of ?? ''}`) ?? { step, ...(of && { of }), state: 'waiting', fraction: 0 },
  )
}
