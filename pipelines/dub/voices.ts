import {
  type Act,
  acts,
  Forgery,
  type Gate,
  type Grant,
  isRefusal,
  type Outlook,
} from '../../consent/index.ts'
import type { Stage } from '../stage.ts'
import type { Casting, Credit, Language, Take } from '../terms.ts'
import type { Sound, VoiceEngine } from './engine.ts'
import { type Heard, type Part, type Scene, type Script, useOf, type WithheldName, withheld } from './part.ts'
import {
  audible,
  engineFor,
  type Kept,
  knows,
  type Persons,
  phrases,
  type Spoken,
  speakAs,
  turn,
} from './person.ts'
import { type Loom, type Opened, unveil, veiled } from './veil.ts'

export type { Heard, Opened, Part, Persons, Scene, Script, Sound, Spoken, WithheldName }
export { knows, withheld }

/** A voice that is nobody's, to choose from. */
export type Preset = {
  readonly engine: string
  readonly preset: string
  readonly languages: readonly Language[]
  readonly says: string
}

/** What the voices of a cast stand on now: plain JSON that is another whenever they may or would speak otherwise. */
export type Standing = {
  readonly engines: readonly Credit[]
  readonly persons: readonly {
    readonly character: string
    readonly actor: string
    readonly act: Act
    readonly outlook: Outlook
  }[]
  /** What each person's voice is spoken after, and by what. */
  readonly speakers: readonly {
    readonly actor: string
    readonly reference?: string
    readonly engine?: string
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
  /** A stage for work on what is said: what is sealed is opened line by line, what is kept is sealed again. */
  readonly veiled: (act: 'mix' | 'deliver', heard: readonly Heard[], at: Stage) => Stage
  /** Opens a sealed file that lies at a path, if every line in it may be used so at this moment. */
  readonly unveil: (
    act: 'hear' | 'deliver',
    heard: readonly Heard[],
    path: string,
  ) => Promise<Opened | { readonly withheld: WithheldName }>
}
type CastWish = { readonly title: string; readonly episode: string; readonly cast: readonly Casting[] }

/**
 * Opens the only door to a voice. Nobody else holds an engine. Voices that are nobody's speak freely, if their engine
 * declared them so when the door was opened; a person's speaks with a grant that opens their recording at that moment.
 */
export function openVoices(gate: Gate, engines: readonly VoiceEngine[], persons?: Persons): Voices {
  const presets = new Map<string, { readonly engine: VoiceEngine; readonly row: Preset }>()
  for (const engine of engines)
    for (const { preset, languages, says } of engine.presets)
      presets.set(key(engine.name, preset), {
        engine,
        row: Object.freeze({ engine: engine.name, preset, languages: [...languages], says }),
      })
  const credits = engines.map(({ name, identity, licence }) => ({ engine: name, identity, licence }))

  const loom: Loom | undefined = persons && {
    vault: persons.vault,
    commit: gate.commit,
    barred: async entries => (await persons.barred?.(entries)) ?? false,
    permit,
  }

  async function permit(act: Act, part: Part): ReturnType<Voices['permit']> {
    if (part.voice.kind !== 'person') throw new Forgery('A voice that is nobody’s needs no grant.')
    const answer = await gate.permit({ ...useOf(act, part), actor: part.voice.actor })
    return isRefusal(answer) ? { withheld: answer.refused } : answer
  }

  async function look(act: Act, part: Part): Promise<WithheldName | undefined> {
    if (part.voice.kind !== 'person') return undefined
    const grant = await permit(act, part)
    return 'withheld' in grant ? grant.withheld : turn(gate, act, part, part.voice.actor, grant)
  }

  async function speakerOf(actor: string, language: Language): Promise<Standing['speakers'][number]> {
    const [reference, engine] = [await persons?.reference(actor), engineFor(persons, language)]
    return {
      actor,
      ...(reference && { reference: reference.digest }),
      ...(engine && { engine: engine.identity }),
    }
  }

  async function standing({ title, episode, cast }: CastWish, language: Language): Promise<Standing> {
    const rows = cast.flatMap(({ character, voice }) =>
      voice.kind === 'person' ? acts.map(act => ({ character, actor: voice.actor, act })) : [],
    )
    const actors = [...new Set(rows.map(({ actor }) => actor))]
    const outlooks = rows.map(async person => ({
      ...person,
      outlook: await gate.outlook({ ...person, ...plainly, title, episode, language }),
    }))
    return {
      engines: credits,
      persons: await Promise.all(outlooks),
      speakers: await Promise.all(actors.map(actor => speakerOf(actor, language))),
    }
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
      return speakAs(gate, persons, part, voice.actor, rates, grant, signal)
    }
    const chosen = presets.get(key(voice.engine, voice.preset))
    if (!chosen || !knows(chosen.row, language)) return { unspoken: 'no-voice' }
    const { preset } = chosen.row
    const say = (rates: readonly number[]) =>
      phrases(line, rates, signal, (text, rate) =>
        chosen.engine
          .speak({ text, language, preset, rate }, signal)
          .then(sound => audible(sound, voice.engine)),
      )
    const keep = async ({ wav, at }: Kept) => ({ sound: await at.keepBytes(wav([]), 'audio/wav') })
    return { sounds: await say(rates), again: say, keep }
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
      const refusal = !line
        ? 'another-use'
        : take.by && (await persons?.barred?.(take.by.entries))
          ? 'quarantined'
          : await look(act, { ...scene, line, voice: take.voice })
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
    veiled: (act: 'mix' | 'deliver', heard: readonly Heard[], at: Stage) =>
      loom ? veiled(loom, act, heard, at) : at,
    unveil: async (act: 'hear' | 'deliver', heard: readonly Heard[], path: string) =>
      loom ? unveil(loom, act, heard, path) : { withheld: 'no-engine' as const },
  })
}

const key = (engine: string, preset: string) => JSON.stringify([engine, preset])

/** Within the house, unaltered, nothing marked. */
const plainly = { territories: [], media: [], alterations: [], content: [] }
