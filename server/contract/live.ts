/** The wire of Socket.IO: imperative from the client, past tense from the server. Part of ../contract.ts, which see. */
import { z } from 'zod'
import type { episodeStates, StepView } from './episodes.ts'
import type { ProblemView } from './problem.ts'
import { id, language } from './words.ts'

export type FromClient = {
  'episode:watch': (
    episode: string,
    done: (answer: { ok: true; watching: string[] } | { ok: false; problem: ProblemView }) => void,
  ) => void
  'episode:leave': (episode: string) => void
  'line:open': (at: { episode: string; line: string; language: string } | null) => void
}
export type FromServer = {
  'step:moved': (at: { episode: string; step: StepView }) => void
  /** The episode changed in a way worth fetching it again (state, new artifacts). */
  'episode:changed': (at: { episode: string; state: (typeof episodeStates)[number] }) => void
  /** These lines changed in text, times, cue, take or approval. */
  'lines:changed': (at: { episode: string; language: string; lines: string[]; by?: string }) => void
  'watchers:changed': (at: {
    episode: string
    people: { name: string; line?: string; language?: string }[]
  }) => void
  'session:ended': () => void
}

export const Watch = id
export const LineOpen = z.object({ episode: id, line: z.string().max(100), language }).nullable()
