import { isHeld } from '../rights.ts'
import type { Run, Stage, Step } from '../stage.ts'
import type { Fitted, FittedLine, Media, Ms, Take, Voice, Wish } from '../terms.ts'
import { lengthOf } from './bed.ts'
import { castVoices } from './cast.ts'
import type { Notary } from './mark/credentials/credentials.ts'
import { markerOf, type Watermark } from './mark/watermark.ts'
import { type Maker, type Performed, perform } from './perform.ts'
import { spill } from './place.ts'
import type { Part, Scene, Script, Standing, Voices } from './voices.ts'

export type PerformAsk = {
  readonly fitted: Fitted
  readonly wish: Wish
  readonly media: Pick<Media, 'original'>
  readonly standing: Standing
  readonly watermark: Pick<Watermark, 'identity' | 'idOf' | 'mark'>
  readonly notary: Pick<Notary, 'identity' | 'attach'>
}

/** Raise it when a take would be another from the same inputs. */
const version = 4

/** What is voiced anew. Songs keep their singers; signs and notes have no voice. */
export const dubbed: ReadonlySet<FittedLine['kind']> = new Set(['dialogue', 'narration'])
export const voiced: ReadonlySet<FittedLine['kind']> = new Set([...dubbed, 'song'])

export type Performer = {
  readonly cast: ReadonlyMap<string, Voice>
  readonly duration: Ms
  /** A step of its own, remembered: the same line in the same place is performed once, whoever asks for it. */
  readonly perform: (line: FittedLine) => Promise<Performed>
}

/** Casts the lines and has them performed, each when it is asked for. */
export async function openPerformer(
  { fitted, wish, media, standing, watermark, notary }: PerformAsk,
  voices: Voices,
  run: Run,
  at: Stage,
): Promise<Performer> {
  const { language, lines } = fitted
  const scene: Scene = { title: wish.title, episode: wish.episode, language }
  const marker = markerOf(watermark, scene)
  const maker: Maker = {
    asker: wish.asker ?? 'nobody',
    marker,
    sign: (wav, consents) =>
      notary.attach(wav, {
        title: `${wish.title} - ${wish.episode}`,
        of: 'dialogue',
        voices: [{ language, watermark: marker.id, consents: [...consents].sort() }],
      }),
  }
  const duration = await lengthOf(media.original, at)
  const spoken = lines.filter(isDubbed)
  const cast = castVoices(spoken.map(characterOf), wish.cast, voices.presets, language)

  async function performLine(line: FittedLine): Promise<Performed> {
    const unspoken = (reason: 'rights' | 'not-dubbed' | 'empty' | 'no-voice'): Performed => ({
      take: { line: line.id, state: 'unspoken', reason },
      findings: [],
    })
    if (isHeld(line)) return unspoken('rights')
    if (!dubbed.has(line.kind)) return unspoken('not-dubbed')
    if (line.phrases.length === 0) return unspoken('empty')
    const voice = cast.get(characterOf(line))
    if (!voice) return unspoken('no-voice')
    const script = scriptOf(line, duration)
    const until = Math.max(script.end, reachOf(line, lines, duration))
    const asked: Part = { ...scene, line: script, voice }
    const step: Step = { name: 'part', version, of: line.id }
    const stands = standsOn(voice, characterOf(line), standing)
    return run(step, ['take', asked, until, stands, watermark.identity, notary.identity], part =>
      perform(asked, until, voices, maker, part),
    )
  }
  return { cast, duration, perform: performLine }
}

export const isDubbed = (line: FittedLine): boolean =>
  dubbed.has(line.kind) && !isHeld(line) && line.phrases.length > 0
export const characterOf = (line: Pick<FittedLine, 'speaker'>) => line.speaker ?? ''

/** A line as it is spoken: where its plan leaves the line's span, that is the span. */
function scriptOf({ id, speaker, start, end, phrases }: FittedLine, duration: Ms): Script {
  return {
    id,
    phrases: phrases.map(({ start, end, text }) => ({ start, end, text })),
    start: Math.min(start, ...phrases.map(phrase => phrase.start)),
    end: Math.min(Math.max(end, ...phrases.map(phrase => phrase.end)), duration),
    ...(speaker && { speaker }),
  }
}

/** The last instant a line may reach: into the silence after it, but never into the next one or past the end. */
function reachOf(line: FittedLine, lines: readonly FittedLine[], duration: Ms): Ms {
  const next = lines.filter(other => other.id !== line.id && other.end > line.end && voiced.has(other.kind))
  const begins = next.map(({ start, phrases }) => Math.min(start, phrases[0]?.start ?? start))
  return Math.max(line.end, Math.min(duration, line.end + spill, ...begins))
}

/**
 * What a take depends on besides what is said: what speaks, or who allows it. That a limit is reached re-makes nothing
 * that was spoken before it was.
 */
function standsOn(voice: Voice, character: string, { engines, persons, speakers }: Standing): unknown {
  if (voice.kind === 'nobody') return engines.find(({ engine }) => engine === voice.engine)
  const allows = persons.flatMap(({ act, outlook, ...row }): unknown[] => {
    if (row.character !== character || row.actor !== voice.actor) return []
    if (act === 'speak') return [{ act, refused: 'refused' in outlook && !limits.has(outlook.refused) }]
    return act === 'mix' ? [{ act, outlook }] : []
  })
  return [allows, speakers.find(({ actor }) => actor === voice.actor)]
}
const limits: ReadonlySet<string> = new Set(['too-many-lines', 'too-many-seconds'])

/** So many lines tell how fast a voice is: a line fitted through six lies within 2 % of one through forty. */
const pilots = 6

/** What the first lines of every voice came to, and who is cast with which: by this the pace of a voice is known. */
export async function tryVoices(
  ask: PerformAsk,
  voices: Voices,
  run: Run,
  at: Stage,
): Promise<{ readonly takes: readonly Take[]; readonly cast: Readonly<Record<string, Voice>> }> {
  const performer = await openPerformer(ask, voices, run, at)
  const tried = new Map<string, number>()
  const takes: Take[] = []
  for (const line of ask.fitted.lines.filter(isDubbed)) {
    at.signal.throwIfAborted()
    const voice = JSON.stringify(performer.cast.get(characterOf(line)))
    const count = tried.get(voice) ?? 0
    if (count >= pilots) continue
    tried.set(voice, count + 1)
    takes.push((await performer.perform(line)).take)
  }
  return { takes, cast: Object.fromEntries(performer.cast) }
}
