/** The wire of recordings of voices. Part of ../contract.ts, which see. */
import { z } from 'zod'
import { instant, reference, words } from './terms.ts'

const judges = ['lead', 'reviewer'] as const

export const PhraseView = z.object({ phrase: z.string(), text: z.string(), ends: instant })
export type PhraseView = z.infer<typeof PhraseView>
export const RecordingView = z.object({
  id: z.string(),
  actor: reference,
  actorName: z.string(),
  kind: z.enum(['statement', 'reference']),
  at: instant,
  milliseconds: z.int(),
  phrase: z.string().optional(),
  /** What a model heard, and how much of the phrase that is, 0 to 1. A signal for the reviewer, and no more. */
  heard: z.string().optional(),
  match: z.number().optional(),
  similarity: z.number().optional(),
  verdict: z.enum(['waiting', 'accepted', 'rejected']),
  url: z.string().optional(),
})
export type RecordingView = z.infer<typeof RecordingView>
export const JudgeRecording = z.strictObject({ accepted: z.boolean(), note: words(2000).optional() })

export const recordingPlaces = {
  recording: z.string().regex(/^[\w-]{1,64}$/, 'a recording'),
  phrase: z.string().regex(/^[\w-]{43}$/, 'a phrase'),
} as const

export const recordingRoutes = {
  newPhrase: {
    method: 'post',
    path: '/api/consent/voice/phrases',
    says: 'A fresh phrase to read aloud before a recording of one’s voice is taken',
    may: ['actor'],
    answer: PhraseView,
  },
  recordings: {
    method: 'get',
    path: '/api/consent/voice',
    says: 'Recordings of voices: my own, or those that wait for a verdict',
    may: ['actor', ...judges],
    answer: z.array(RecordingView),
  },
  judgeRecording: {
    method: 'post',
    path: '/api/consent/voice/:recording/verdict',
    says: 'Whether the spoken statement is the phrase, and by the person it is to be',
    may: judges,
    body: JudgeRecording,
    answer: RecordingView,
  },
} as const
