import type { Run, Stage, Step } from '../stage.ts'
import type {
  Activity,
  Blob,
  Dub,
  Finding,
  Fitted,
  FittedLine,
  Language,
  Media,
  Take,
  Voice,
  Wish,
} from '../terms.ts'
import { bedGain, openStem } from './bed.ts'
import { joinSpans, spansNear } from './envelope.ts'
import { decibels, integrated } from './loudness.ts'
import type { Notary } from './mark/credentials/credentials.ts'
import { markerOf, type Watermark } from './mark/watermark.ts'
import { type Mixed, mixRegion, regionsOf } from './mix.ts'
import type { Performed } from './perform.ts'
import { characterOf, openPerformer, voiced } from './performer.ts'
import type { Scene, Standing, Voices } from './voices.ts'

export type DubAsk = {
  readonly fitted: Fitted
  readonly wish: Wish
  readonly media: Pick<Media, 'original'>
  readonly me?: Blob
  readonly activity: Activity
  readonly standing: Standing
  readonly watermark: Pick<Watermark, 'identity' | 'idOf' | 'mark'>
  readonly notary: Pick<Notary, 'identity' | 'attach'>
}

/** Raise one when its part would make something else of the same inputs. */
const versions = { stem: 1, gain: 1, region: 2 }
const part = (kind: keyof typeof versions, of: string): Step => ({
  name: 'part',
  version: versions[kind],
  of,
})

/** No sample of a mix may come nearer to full scale than this. dBTP. */
const ceiling = -2

/**
 * Drafts the dub: a take for every line, then the mix in regions, each of them a step of its own, so that an edited line
 * re-makes its take and the regions it reaches into. Findings tell of what was not spoken and why.
 */
export async function draftDub(
  { fitted, wish, media, me, activity, standing, watermark, notary }: DubAsk,
  voices: Voices,
  run: Run,
  at: Stage,
): Promise<Dub> {
  const { language, lines } = fitted
  const scene: Scene = { title: wish.title, episode: wish.episode, language }
  const marker = markerOf(watermark, scene)
  const { original } = media
  const performer = await openPerformer({ fitted, wish, media, standing, watermark, notary }, voices, run, at)
  const { cast, duration } = performer
  const performed = await performAll()

  // The last look: what was permitted when a take was made need not be permitted now.
  const takes = await voices.lastLook(
    'mix',
    scene,
    lines,
    performed.map(({ take }) => take),
  )
  const mixed = await mixAll(takes)
  const loudness = levelOf(mixed, wish.loudness)
  const mark = takes.some(({ state }) => state === 'spoken') && { id: marker.id, by: watermark.identity }
  return {
    language,
    engines: standing.engines.filter(({ engine }) => takes.some(take => speaks(take, engine))),
    consents: consentsOf(takes, lines),
    takes,
    regions: mixed.map(({ region }) => region),
    loudness,
    ...(mark && { mark }),
    findings: [
      ...castFindings(cast, wish, language),
      ...performed.flatMap(({ findings }) => findings),
      ...levelFindings(loudness, wish.loudness, language),
    ],
  }

  async function performAll(): Promise<readonly Performed[]> {
    const performed: Performed[] = []
    for (const [index, line] of lines.entries()) {
      at.signal.throwIfAborted()
      performed.push(await performer.perform(line))
      at.report((0.7 * (index + 1)) / lines.length)
    }
    return performed
  }

  async function mixAll(takes: readonly Take[]): Promise<readonly Mixed[]> {
    const stem =
      me && (await run(part('stem', 'me'), ['stem', me, duration], at => openStem(me, duration, at)))
    const gain = await run(part('gain', 'bed'), ['gain', original, stem, activity.speech], at =>
      bedGain(original, stem, activity.speech, at),
    )
    const spoken = takes.filter(take => take.state === 'spoken')
    const heard = new Set(spoken.map(take => take.line))
    const covered = [...spoken, ...lines.filter(line => heard.has(line.id))]
    const uncovered = lines.filter(line => voiced.has(line.kind) && !heard.has(line.id))
    const under = joinSpans(covered, uncovered)
    const through = joinSpans(uncovered, covered)
    const spans = regionsOf(duration)
    const mixed: Mixed[] = []
    for (const [index, span] of spans.entries()) {
      at.signal.throwIfAborted()
      const near = spoken.filter(take => take.start < span.end && take.end > span.start)
      const ingredients = {
        original,
        ...(stem && { me: stem }),
        bedGain: gain,
        under: spansNear(under, span),
        through: spansNear(through, span),
        takes: near.map(({ start, end, sound }) => ({ start, end, sound })),
        ...(spoken.length > 0 && { mark: { id: marker.id, by: watermark.identity } }),
      }
      mixed.push(
        await run(part('region', String(index)), ['region', span, ingredients], at =>
          mixRegion(span, ingredients, marker, voices.veiled('mix', [{ scene, lines, takes: near }], at)),
        ),
      )
      at.report(0.7 + (0.3 * (index + 1)) / spans.length)
    }
    return mixed
  }
}

const speaks = (take: Take, engine: string) =>
  take.state === 'spoken' && take.voice.kind === 'nobody' && take.voice.engine === engine

function consentsOf(takes: readonly Take[], lines: readonly FittedLine[]): Dub['consents'] {
  const characters = new Map(lines.map(line => [line.id, characterOf(line)]))
  const rows = new Map<string, { character: string; actor: string; entries: Set<string> }>()
  for (const take of takes) {
    if (take.state !== 'spoken' || take.voice.kind !== 'person') continue
    const [character, { actor }] = [characters.get(take.line) ?? '', take.voice]
    const name = JSON.stringify([character, actor])
    const row = rows.get(name) ?? { character, actor, entries: new Set() }
    for (const id of take.by?.entries ?? []) row.entries.add(id)
    rows.set(name, row)
  }
  return [...rows.values()].map(row => ({ ...row, entries: [...row.entries] }))
}

/** What to raise the regions by so that the whole is as loud as wished, as far as its peaks allow. */
function levelOf(mixed: readonly Mixed[], wished: number): Dub['loudness'] {
  const own = Math.max(-100, integrated(mixed.flatMap(({ tenths }) => tenths)))
  const peak = decibels(mixed.reduce((most, region) => Math.max(most, region.peak), 1e-5))
  const gain = own <= -70 ? 0 : round(Math.min(wished - own, ceiling - peak))
  return { integrated: round(own + gain), truePeak: round(peak + gain), gain }
}
const round = (value: number) => Math.round(value * 100) / 100

function levelFindings(loudness: Dub['loudness'], wished: number, language: Language): readonly Finding[] {
  if (Math.abs(loudness.integrated - wished) <= 0.5) return []
  return [
    {
      rule: 'off-loudness',
      severity: 'warning',
      place: { language },
      figures: { loudness: loudness.integrated, wished, peak: loudness.truePeak },
      says: 'The mix is not as loud as wished, because its peaks leave no room or because it is silent.',
      mend: 'Lower the peaks of the music-and-effects stem, or wish for another loudness.',
    },
  ]
}

function castFindings(cast: ReadonlyMap<string, Voice>, wish: Wish, language: Language): readonly Finding[] {
  const known = new Set(wish.cast.map(({ character }) => character))
  return [...cast].flatMap(([character, voice]): Finding[] =>
    known.has(character) || voice.kind !== 'nobody'
      ? []
      : [
          {
            rule: 'uncast',
            severity: 'note',
            place: { language },
            figures: { character, voice: voice.preset },
            says: 'Nobody was cast, so a voice that is nobody’s was chosen.',
            mend: 'Cast the character.',
          },
        ],
  )
}
