import {
  type Act,
  type Alteration,
  acts,
  type Content,
  Forgery,
  type Gate,
  type Grant,
  isRefusal,
  type Outlook,
  type RefusalName,
  refusals,
  type Use,
} from '../../consent/index.ts'
import { Problem } from '../problem.ts'
import type { Casting, Credit, FittedLine, Language, Span, Take, Voice } from '../terms.ts'
import type { Sound, VoiceEngine } from './engine.ts'

export type { Sound }

/** A voice that is nobody's, to choose from. */
export type Preset = {
  readonly engine: string
  readonly preset: string
  readonly languages: readonly Language[]
  readonly says: string
}

/** Where something is said. */
export type Scene = {
  readonly title: string
  readonly episode: string
  readonly language: Language
  /** Where it goes and by what medium when it leaves the house, how the voice is altered, what a person marked in it. */
  readonly territories?: readonly string[]
  readonly media?: readonly string[]
  readonly alterations?: readonly Alteration[]
  readonly content?: readonly Content[]
}

/** What a voice is told of a line, and what a consent may depend on. */
export type Script = Span & Pick<FittedLine, 'id' | 'speaker' | 'phrases'>

/** A line and the voice it is cast with. */
export type Part = Scene & { readonly line: Script; readonly voice: Voice }

/** Why the door stayed shut: the gate's refusals and its own. */
export const withheld = {
  ...refusals,
  'no-grant': 'A voice that is a person’s speaks only with a grant.',
  'other-actor': 'The grant is for another person’s voice.',
  'no-engine': 'No engine is installed that speaks with a person’s voice.',
} as const
export type WithheldName = RefusalName | 'no-grant' | 'other-actor' | 'no-engine'

/** The sound of every phrase, or why there is none. */
export type Spoken =
  | { readonly sounds: readonly Sound[] }
  | { readonly withheld: WithheldName }
  | { readonly unspoken: 'no-voice' }

/** What the voices of a cast stand on now: plain JSON that is another whenever they may or would speak otherwise. */
export type Standing = {
  readonly engines: readonly Credit[]
  readonly persons: readonly {
    readonly character: string
    readonly actor: string
    readonly act: Act
    readonly outlook: Outlook
  }[]
}

export type Voices = {
  readonly engines: readonly Credit[]
  readonly presets: readonly Preset[]
  readonly standing: (wish: CastWish, language: Language) => Promise<Standing>
  /** The key to one act on one line spoken by a person's voice, or why not. */
  readonly permit: (act: Act, part: Part) => Promise<Grant | { readonly withheld: WithheldName }>
  /** Says every phrase of the line at its rate. A person's voice speaks with a grant for exactly this alone. */
  readonly speak: (
    part: Part,
    rates: readonly number[],
    grant: Grant | undefined,
    signal: AbortSignal,
  ) => Promise<Spoken>
  /**
   * Asked again at the moment of every use: gives back the takes, those that may no longer be used so as withheld ones.
   * Whoever mixes, plays, packs or hands out sound uses what this gives back and nothing else.
   */
  readonly lastLook: (
    act: Act,
    scene: Scene,
    lines: readonly Script[],
    takes: readonly Take[],
  ) => Promise<readonly Take[]>
}
type CastWish = { readonly title: string; readonly episode: string; readonly cast: readonly Casting[] }

/**
 * Opens the only door to a voice. Nobody else holds an engine. Voices that are nobody's speak freely, if their engine
 * declared them so when the door was opened; a person's speaks with a grant that is redeemed at that moment.
 */
export function openVoices(gate: Gate, engines: readonly VoiceEngine[]): Voices {
  const presets = new Map<string, { readonly engine: VoiceEngine; readonly row: Preset }>()
  for (const engine of engines)
    for (const { preset, languages, says } of engine.presets)
      presets.set(key(engine.name, preset), {
        engine,
        row: Object.freeze({ engine: engine.name, preset, languages: [...languages], says }),
      })
  const credits = engines.map(({ name, identity, licence }) => ({ engine: name, identity, licence }))

  async function open(act: Act, part: Part, actor: string, grant: Grant): Promise<WithheldName | undefined> {
    const opened = await gate.redeem(grant, useOf(act, part))
    if (isRefusal(opened)) return opened.refused
    return opened.actor === actor ? undefined : 'other-actor'
  }

  async function permit(act: Act, part: Part): ReturnType<Voices['permit']> {
    if (part.voice.kind !== 'person') throw new Forgery('A voice that is nobody’s needs no grant.')
    const answer = await gate.permit({ ...useOf(act, part), actor: part.voice.actor })
    return isRefusal(answer) ? { withheld: answer.refused } : answer
  }

  async function look(act: Act, part: Part): Promise<WithheldName | undefined> {
    if (part.voice.kind !== 'person') return undefined
    const grant = await permit(act, part)
    return 'withheld' in grant ? grant.withheld : open(act, part, part.voice.actor, grant)
  }

  async function standing({ title, episode, cast }: CastWish, language: Language): Promise<Standing> {
    const persons = cast.flatMap(({ character, voice }) =>
      voice.kind === 'person' ? acts.map(act => ({ character, actor: voice.actor, act })) : [],
    )
    const outlooks = persons.map(async person => ({
      ...person,
      outlook: await gate.outlook({ ...person, ...plainly, title, episode, language }),
    }))
    return { engines: credits, persons: await Promise.all(outlooks) }
  }

  async function speak(
    part: Part,
    rates: readonly number[],
    grant: Grant | undefined,
    signal: AbortSignal,
  ): Promise<Spoken> {
    const { voice, line, language } = part
    if (voice.kind !== 'nobody') {
      if (!grant) return { withheld: 'no-grant' }
      return { withheld: (await open('speak', part, voice.actor, grant)) ?? 'no-engine' }
    }
    const chosen = presets.get(key(voice.engine, voice.preset))
    if (!chosen || !knows(chosen.row, language)) return { unspoken: 'no-voice' }
    const sounds: Sound[] = []
    for (const [index, { text }] of line.phrases.entries()) {
      signal.throwIfAborted()
      const ask = { text, language, preset: chosen.row.preset, rate: rates[index] ?? 1 }
      sounds.push(audible(await chosen.engine.speak(ask, signal), voice.engine))
    }
    return { sounds }
  }

  async function lastLook(
    act: Act,
    scene: Scene,
    lines: readonly Script[],
    takes: readonly Take[],
  ): Promise<readonly Take[]> {
    const byId = new Map(lines.map(line => [line.id, line]))
    const looked = takes.map(async (take): Promise<Take> => {
      if (take.state !== 'spoken') return take
      const line = byId.get(take.line)
      const refusal = line ? await look(act, { ...scene, line, voice: take.voice }) : 'another-use'
      return refusal ? { line: take.line, state: 'withheld', voice: take.voice, refusal } : take
    })
    return Promise.all(looked)
  }

  return Object.freeze({
    engines: credits,
    presets: [...presets.values()].map(({ row }) => row),
    standing,
    permit,
    speak,
    lastLook,
  })
}

/** True when the voice speaks the language: `es-419` is spoken by whoever speaks `es`. */
export const knows = ({ languages }: Preset, language: Language): boolean =>
  languages.some(spoken => base(spoken) === base(language))
const base = (language: Language) => language.toLowerCase().split('-')[0]

const key = (engine: string, preset: string) => JSON.stringify([engine, preset])

/** Within the house, unaltered, nothing marked. */
const plainly = { territories: [], media: [], alterations: [], content: [] }

const useOf = (act: Act, { title, episode, language, line, ...part }: Part): Use => ({
  act,
  territories: part.territories ?? [],
  media: part.media ?? [],
  alterations: part.alterations ?? [],
  content: part.content ?? [],
  title,
  episode,
  language,
  character: line.speaker ?? '',
  line: line.id,
  text: line.phrases.map(phrase => phrase.text).join('\n'),
})

/** Ten minutes: more than any line, less than what fills the memory. */
const longest = 600

/** An engine is a stranger: what it gives is held against what sound can be. */
function audible(sound: Sound, engine: string): Sound {
  const { samples, sampleRate } = sound
  const broken =
    !(sampleRate >= 8000 && sampleRate <= 192_000) || !Number.isInteger(sampleRate)
      ? `it gave a sample rate of ${sampleRate}`
      : samples.length > sampleRate * longest
        ? `it spoke for ${Math.round(samples.length / sampleRate)} s`
        : samples.every(Number.isFinite)
          ? undefined
          : 'it gave samples that are no numbers'
  if (broken) throw new Problem('engine-failed', { engine, reason: broken })
  return sound
}
