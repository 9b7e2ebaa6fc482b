/** What people see of a line: the machine's draft, and people's hands over it. Pure functions. */
import { isDeepStrictEqual } from 'node:util'
import type { Cue, Draft, Finding, FittedLine, Language, Line, Origin, Take } from '../pipelines/terms.ts'
import type { LineView } from './contract.ts'
import { scoreVersion } from './score.ts'
import type { Worked } from './store/lines.ts'
import { blobUrl, findingsIn, versionIn, viewFinding } from './view.ts'

export type LinesKnown = {
  readonly episode: string
  readonly language: Language
  readonly draft: Partial<Draft>
  /** True while the machine has work to do on the episode. */
  readonly busy: boolean
  /** People's hands on this language and on the original, by line. */
  readonly worked: ReadonlyMap<string, Worked>
  readonly source: ReadonlyMap<string, Worked>
  /** Names of people by their ids. */
  readonly names: ReadonlyMap<string, string>
}

/** The machine's line, of whichever language: what a person's hand is laid over. */
type Base = Pick<FittedLine, 'id' | 'start' | 'end' | 'kind' | 'speaker' | 'rights' | 'text' | 'origin'> &
  Pick<FittedLine, 'speaking' | 'rate' | 'verdict' | 'suggestion' | 'room' | 'spare'>

/** Every line of the original in one language, or those of the given ids. */
export function viewLines(known: LinesKnown, only?: ReadonlySet<string>): LineView[] {
  const { transcript, original, versions } = known.draft
  if (!transcript) return []
  const isOriginal = known.language === transcript.language
  const version = isOriginal ? undefined : versionIn(known.language, versions)
  const track = isOriginal ? original?.track : version?.track
  const fitted = new Map(version?.fitted.lines.map(line => [line.id, line]))
  const cues = grouped(track?.cues ?? [], cue => cue.lines)
  const scores = new Map(
    version && scoreVersion(version, known.draft).lines.map(line => [line.line, line.score]),
  )
  const takes = new Map(version?.dub.takes.map(take => [take.line, take]))
  // What a late master reopened, it reopened in every language, until somebody has said yes to it again.
  const late = isOriginal ? [] : transcript.findings.filter(isLate)
  const noted = [...late, ...findingsIn(known.language, known.draft)].filter(
    one => !isLate(one) || known.worked.get(one.place.line ?? '')?.approval === undefined,
  )
  const findings = grouped(noted, ({ place }) => (place.line === undefined ? [] : [place.line]))
  return transcript.lines
    .filter(({ id }) => !only || only.has(id))
    .map(line => {
      const base = isOriginal ? ofOriginal(line) : (fitted.get(line.id) ?? untranslated(line))
      return {
        ...viewWords(line, base, known),
        cues: (cues.get(line.id) ?? []).map(({ start, end, text }: Cue) => ({ start, end, text })),
        ...viewTake(known.episode, takes.get(line.id)),
        ...viewScore(scores.get(line.id)),
        findings: (findings.get(line.id) ?? []).map(viewFinding),
      }
    })
}

const isLate = ({ rule }: Finding) => rule.startsWith('master-')

function viewWords(line: Line, base: Base, { language, busy, worked, source, names, draft }: LinesKnown) {
  const mine = worked.get(line.id)
  const theirs = source.get(line.id)
  const change = mine?.change ?? {}
  const nameOf = (id: string) => names.get(id) ?? ''
  const said = change.text === undefined ? base : overruled(base, change.text)
  const rights = theirs?.change.rights ?? line.rights
  const speaker = change.speaker ?? theirs?.change.speaker ?? base.speaker
  return {
    id: line.id,
    language,
    start: change.start ?? base.start,
    end: change.end ?? base.end,
    kind: theirs?.change.kind ?? base.kind,
    ...(speaker !== undefined && { speaker }),
    ...(rights && { rights }),
    ...viewSight(draft.sight?.lines[line.id]?.screen, theirs?.change.screen),
    ...(line.style !== undefined && { style: line.style }),
    ...viewSong(line, theirs?.change.sung),
    source: theirs?.change.text ?? line.text,
    trust: line.trust,
    sourceVersion: theirs?.version ?? 0,
    version: mine?.version ?? 0,
    text: said.text,
    origin: said.origin,
    ...(said.suggestion && { suggestion: said.suggestion }),
    speaking: base.speaking,
    rate: base.rate,
    verdict: base.verdict,
    ...(base.room !== undefined && { room: base.room, spare: base.spare ?? 0 }),
    ...(mine?.approval && {
      approval: { by: nameOf(mine.approval.by), at: new Date(mine.approval.at).toISOString() },
    }),
    comments: (mine?.comments ?? []).map(({ by, at, text }) => ({
      by: nameOf(by),
      at: new Date(at).toISOString(),
      text,
    })),
    ...(mine?.by && { editedBy: nameOf(mine.by) }),
    ...(busy && (differs(change, base) || differs(theirs?.change ?? {}, line)) && { pending: true }),
  }
}

function viewSong({ sung, forms }: Line, hand: Line['sung']): Pick<LineView, 'sung' | 'forms'> {
  const now = hand ?? sung
  return {
    ...(now && { sung: now.map(one => ({ ...one })) }),
    ...(forms && { forms: forms.map(({ form, text }) => ({ form, text })) }),
  }
}

const viewSight = (
  sight: LineView['sight'],
  screen: LineView['screen'],
): Pick<LineView, 'sight' | 'screen'> =>
  sight || screen ? { sight: sight ?? 'unknown', screen: screen ?? 'auto' } : {}

/** A person's words stand; what the machine had there is kept beside them, if it is another thing and its own. */
function overruled(base: Base, text: string): Pick<Base, 'text' | 'origin' | 'suggestion'> {
  const own = base.origin.how === 'engine' || base.origin.how === 'memory'
  const beside = own && base.text !== '' && base.text !== text
  const suggestion = beside ? { text: base.text, origin: base.origin } : base.suggestion
  return { text, origin: { how: 'human' }, ...(suggestion && { suggestion }) }
}

/** True when a person set something that the machine's line does not have yet. */
function differs(change: Worked['change'], base: Worked['change']): boolean {
  return (['text', 'start', 'end', 'speaker', 'kind', 'rights', 'sung'] as const).some(
    key =>
      change[key] !== undefined &&
      !isDeepStrictEqual(change[key], base[key] ?? (key === 'rights' ? '' : undefined)),
  )
}

/** The original fits itself: it takes exactly the time it takes. */
function ofOriginal(line: Line): Base {
  const { id, start, end, kind, speaker, text, hand } = line
  const origin: Origin = hand === 'human' ? { how: 'human' } : { how: 'none' }
  const verdict = text.trim() === '' ? 'empty' : 'green'
  return { id, start, end, kind, speaker, text, origin, speaking: end - start, rate: 1, verdict }
}

function untranslated({ id, start, end, kind, speaker }: Line): Base {
  return {
    id,
    start,
    end,
    kind,
    speaker,
    text: '',
    origin: { how: 'none' },
    speaking: 0,
    rate: 0,
    verdict: 'empty',
  }
}

function viewTake(episode: string, take: Take | undefined): Pick<LineView, 'take'> {
  if (!take) return {}
  if (take.state === 'withheld') return { take: { state: take.state, reason: take.refusal } }
  if (take.state === 'unspoken') return { take: { state: take.state, reason: take.reason } }
  const { state, start, end, stretch, sound } = take
  return { take: { state, start, end, stretch, url: blobUrl(episode, sound) } }
}

const viewScore = (score: LineView['score']): Pick<LineView, 'score'> => (score ? { score } : {})

function grouped<T>(all: readonly T[], keys: (one: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) for (const key of keys(one)) groups.set(key, [...(groups.get(key) ?? []), one])
  return groups
}
