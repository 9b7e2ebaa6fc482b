import { createHash } from 'node:crypto'
import { type Act, Closed, type Gate, type Grant, isRefusal, type Vault } from '../../consent/index.ts'
import { Problem } from '../problem.ts'
import type { Stage } from '../stage.ts'
import type { Blob, Language, Ms, Spoke } from '../terms.ts'
import type { PersonEngine, Sound } from './engine.ts'
import { type Part, type Script, useOf, type WithheldName } from './part.ts'
import { sealBytes } from './veil.ts'

/** Where persons' voices lie and what speaks with them. Without it none does. */
export type Persons = {
  readonly vault: Pick<Vault, 'open' | 'enclose' | 'within' | 'disclose'>
  /** The first that speaks a language speaks it. */
  readonly engines: readonly PersonEngine[]
  /** The recording to speak after: its name in the vault and the SHA-256 of it as base64url. */
  readonly reference: (
    actor: string,
  ) => Promise<{ readonly name: string; readonly digest: string } | undefined>
  /** True of what was made by a yes that was taken back. */
  readonly barred?: (entries: readonly string[]) => Promise<boolean>
}

/** The sound of every phrase, or why there is none. */
export type Spoken =
  | {
      readonly sounds: readonly Sound[]
      /** Says the same at other rates. */
      readonly again: (rates: readonly number[]) => Promise<readonly Sound[]>
      /** Keeps what came of it, once: a person's sealed, and with their leave at this moment. */
      readonly keep: (made: Kept) => Promise<KeptTake | { readonly withheld: WithheldName }>
    }
  | { readonly withheld: WithheldName }
  | { readonly unspoken: 'no-voice' }

/** A finished take: a WAV that says by which entries in the log it was spoken, how long it is, and who asked for it. */
export type Kept = {
  readonly wav: (entries: readonly string[]) => Uint8Array
  readonly milliseconds: Ms
  readonly asker: string
  readonly at: Pick<Stage, 'keepBytes'>
}
export type KeptTake = { readonly sound: Blob; readonly by?: Spoke }

/** Turns a grant in its lock: nothing, when it opened this person's voice for this. */
export async function turn(
  gate: Gate,
  act: Act,
  part: Part,
  actor: string,
  grant: Grant,
): Promise<WithheldName | undefined> {
  const opened = await gate.redeem(grant, useOf(act, part))
  if (isRefusal(opened)) return opened.refused
  return opened.actor === actor ? undefined : 'other-actor'
}

export const engineFor = (persons: Persons | undefined, language: Language) =>
  persons?.engines.find(({ languages }) => !languages || knows({ languages }, language))

/** True when the voice speaks the language: `es-419` is spoken by whoever speaks `es`. */
export const knows = (
  { languages }: { readonly languages: readonly Language[] },
  language: Language,
): boolean => languages.some(spoken => base(spoken) === base(language))
const base = (language: Language) => language.toLowerCase().split('-')[0]

/** Whose recording is spoken after comes out of the grant: it opens that person's and nobody else's. */
export async function speakAs(
  gate: Gate,
  persons: Persons | undefined,
  part: Part,
  actor: string,
  rates: readonly number[],
  grant: Grant,
  signal: AbortSignal,
): Promise<Spoken> {
  const { line, language } = part
  const [engine, reference] = [engineFor(persons, language), await persons?.reference(actor)]
  if (!persons || !engine || !reference)
    return {
      withheld: (await turn(gate, 'speak', part, actor, grant)) ?? (engine ? 'no-reference' : 'no-engine'),
    }
  const opened = await persons.vault
    .open(grant, useOf('speak', part), reference.name)
    .catch((error: unknown) => {
      if (error instanceof Closed) return { withheld: 'closed' as const }
      throw error
    })
  if ('withheld' in opened) return opened
  if (isRefusal(opened)) return { withheld: opened.refused }
  if (opened.actor !== actor) return { withheld: 'other-actor' }
  const { voice, entries } = opened
  const say = (rates: readonly number[]) =>
    phrases(line, rates, signal, (text, rate) =>
      engine
        .speak({ text, language, rate, reference: voice }, signal)
        .then(sound => audible(sound, engine.name)),
    )
  const by: Spoke = { entries, reference: reference.digest, engine: engine.identity }
  const { vault } = persons
  return {
    sounds: await say(rates),
    again: say,
    async keep({ wav: signed, milliseconds, asker, at }) {
      voice.fill(0)
      const wav = signed(entries)
      const { title, episode } = part
      const within = [{ actor, title, episode, language, line: line.id }]
      const about = { actors: [actor], entries: [...entries].sort() }
      const output = createHash('sha256').update(wav).digest('base64url')
      const answer = await gate.commit(grant, { asker, milliseconds, output }, () =>
        sealBytes(vault, within, about, wav, 'audio/wav', at),
      )
      return isRefusal(answer) ? { withheld: answer.refused } : { sound: answer.kept, by }
    },
  }
}

/** Says one phrase after the other, for as long as it is wanted. */
export async function phrases(
  line: Script,
  rates: readonly number[],
  signal: AbortSignal,
  say: (text: string, rate: number) => Promise<Sound>,
): Promise<readonly Sound[]> {
  const sounds: Sound[] = []
  for (const [index, { text }] of line.phrases.entries()) {
    signal.throwIfAborted()
    sounds.push(await say(text, rates[index] ?? 1))
  }
  return sounds
}

/** Ten minutes: more than any line, less than what fills the memory. */
const longest = 600

/** An engine is a stranger: what it gives is held against what sound can be. */
export function audible(sound: Sound, engine: string): Sound {
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
