import {
  type Act,
  type Alteration,
  type Content,
  type RefusalName,
  refusals,
  type Use,
} from '../../consent/index.ts'
import type { FittedLine, Language, Span, Take, Voice } from '../terms.ts'

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

/** What is said somewhere: lines, and the takes of them. */
export type Heard = {
  readonly scene: Scene
  readonly lines: readonly Script[]
  readonly takes: readonly Take[]
}

/** Why the door stayed shut: the gate's refusals and its own. */
export const withheld = {
  ...refusals,
  'no-grant': 'A voice that is a person’s speaks only with a grant.',
  'other-actor': 'The grant is for another person’s voice.',
  'no-engine': 'No engine is installed that speaks with a person’s voice.',
  'no-reference': 'There is no recording of this person’s voice to speak after.',
  closed: 'What was sealed of this voice can’t be opened: its key was destroyed, or it is damaged.',
  quarantined: 'It was made by a yes that was taken back.',
} as const
export type WithheldName = RefusalName | Exclude<keyof typeof withheld, RefusalName>

export const useOf = (act: Act, { title, episode, language, line, ...part }: Part): Use => ({
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
