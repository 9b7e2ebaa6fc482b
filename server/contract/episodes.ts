/** The wire of episodes: what comes in, how far it is, what there is to see, hear and take away. Part of ../contract.ts, which see. */
import { z } from 'zod'
import { stepNames } from '../../pipelines/stage.ts'
import { FindingView, ProblemView } from './problem.ts'
import { PaceView, ScoreView, SpeakingView } from './scores.ts'
import { id, language, leads, name, text, watchers } from './words.ts'

export const NewEpisode = z.strictObject({
  series: id,
  number: name,
  title: text(200).optional(),
  targets: z.array(language).max(20).optional(),
  onAir: z.iso.datetime().optional(),
  audioStream: z.int().min(0).max(99).optional(),
  textStream: z.int().min(0).max(99).optional(),
  /** Ids of finished uploads. */
  media: z.string().max(100),
  script: z.string().max(100).optional(),
  subtitles: z.string().max(100).optional(),
  me: z.string().max(100).optional(),
})
/** What is absent stays as it is; what is null is taken away. Files are ids of finished uploads. */
export const EpisodeChange = z
  .strictObject({
    title: text(200),
    onAir: z.iso.datetime().nullable(),
    /** A later master of the same episode: its lines, and what people made of them, go where the sound went. */
    media: z.string().max(100),
    script: z.string().max(100).nullable(),
    subtitles: z.string().max(100).nullable(),
    me: z.string().max(100).nullable(),
  })
  .partial()
/** Who changed what of the episode itself, and when. */
const ChangeView = z.object({ by: z.string(), at: z.string(), what: z.array(EpisodeChange.keyof()) })
export const episodeStates = ['waiting', 'running', 'ready', 'failed', 'cancelled'] as const
export const StepView = z.object({
  step: z.enum(stepNames),
  of: z.string().optional(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  fraction: z.number(),
  left: z.number().optional(),
})
export type StepView = z.infer<typeof StepView>
/** What an uploaded file holds, so that a person can choose its sound and its words before the work begins. */
export const StreamsView = z.object({
  name: z.string(),
  duration: z.number(),
  audio: z.array(
    z.object({
      index: z.int(),
      codec: z.string(),
      channels: z.int(),
      language: language.optional(),
      title: z.string().optional(),
    }),
  ),
  text: z.array(
    z.object({
      index: z.int(),
      codec: z.string(),
      language: language.optional(),
      title: z.string().optional(),
      readable: z.boolean(),
    }),
  ),
})
export type StreamsView = z.infer<typeof StreamsView>
/** A file a person may fetch. `url` asks for permission anew on every request. */
export const FileView = z.object({ name: z.string(), type: z.string(), bytes: z.number(), url: z.string() })
export const EpisodeView = z.object({
  id,
  series: id,
  number: z.string(),
  title: z.string(),
  language,
  targets: z.array(language),
  state: z.enum(episodeStates),
  onAir: z.string().optional(),
  problem: ProblemView.optional(),
  duration: z.number().optional(),
  video: z.boolean().optional(),
  frameRate: z.object({ num: z.number(), den: z.number() }).optional(),
  steps: z.array(StepView),
  /** What there is to play so far. */
  proxy: z.string().optional(),
  /** What is heard where there is no picture. */
  sound: z.string().optional(),
  thumbnails: z.array(z.object({ at: z.number(), url: z.string() })),
  peaks: z.array(z.object({ samples: z.number(), url: z.string() })),
  shots: z.array(z.number()),
  /** What the picture's mouths do: a JSON list of `ShotFlaps`. */
  flaps: z.string().optional(),
  way: z.enum(['script', 'subtitles', 'recognized']).optional(),
  tracks: z.array(z.object({ language, format: z.string(), url: z.string() })),
  dubs: z.array(
    z.object({
      language,
      regions: z.array(z.object({ start: z.number(), end: z.number(), url: z.string() })),
      loudness: z.number(),
      /** Decibels to add while playing: the regions are kept as mixed, before the gain that brings them to `loudness`. */
      gain: z.number(),
    }),
  ),
  /** By language: what its subtitles are held to. */
  pace: z.record(z.string(), PaceView).optional(),
  /** By language: how long its words take to say. */
  speaking: z.record(z.string(), SpeakingView).optional(),
  /** By language: how its dub lies on the original. */
  scores: z.record(z.string(), ScoreView).optional(),
  /** What came with it besides its media. */
  given: z.array(z.enum(['script', 'subtitles', 'me'])),
  changes: z.array(ChangeView),
  /** How the files to hand over stand: of the work as it is, or of what it was before. */
  parcel: z.enum(['none', 'making', 'current', 'old']),
  /** The parcel's, while it is current. */
  files: z.array(FileView),
  findings: z.array(FindingView),
  counts: z.record(
    z.string(),
    z.object({ lines: z.int(), empty: z.int(), approved: z.int(), findings: z.int() }),
  ),
})
export type EpisodeView = z.infer<typeof EpisodeView>
export const EpisodeRow = EpisodeView.pick({
  id: true,
  series: true,
  number: true,
  title: true,
  language: true,
  targets: true,
  state: true,
  onAir: true,
  duration: true,
  steps: true,
  counts: true,
  problem: true,
}).extend({ thumbnail: z.string().optional() })
export type EpisodeRow = z.infer<typeof EpisodeRow>

export const episodeRoutes = {
  allEpisodes: {
    method: 'get',
    path: '/api/series/:series/episodes',
    says: 'Episodes of a series',
    may: watchers,
    answer: z.array(EpisodeRow),
  },
  streams: {
    method: 'get',
    path: '/api/streams/:upload',
    says: 'What a finished upload holds',
    may: leads,
    answer: StreamsView,
  },
  newEpisode: {
    method: 'post',
    path: '/api/episodes',
    says: 'Ingest an episode from finished uploads',
    may: leads,
    body: NewEpisode,
    answer: EpisodeView,
  },
  oneEpisode: {
    method: 'get',
    path: '/api/episodes/:episode',
    says: 'One episode',
    may: watchers,
    answer: EpisodeView,
  },
  changeEpisode: {
    method: 'patch',
    path: '/api/episodes/:episode',
    says: 'Change when an episode is due, its title, its master, or what came with it',
    may: leads,
    body: EpisodeChange,
    answer: EpisodeView,
  },
  run: {
    method: 'post',
    path: '/api/episodes/:episode/run',
    says: 'Start or go on',
    may: leads,
    answer: EpisodeView,
  },
  pack: {
    method: 'post',
    path: '/api/episodes/:episode/parcel',
    says: 'Make the files to hand over',
    may: leads,
    answer: EpisodeView,
  },
  cancel: {
    method: 'delete',
    path: '/api/episodes/:episode/run',
    says: 'Cancel the work',
    may: leads,
    answer: EpisodeView,
  },
} as const
