/**
 * The wire: what may be asked over HTTP and said over Socket.IO, once. The server parses with these shapes, the OpenAPI
 * document is made from them, and the client takes its types from here and nothing else of the server.
 */
import { z } from 'zod'
import { stepNames } from '../pipelines/stage.ts'
import { consentPlaces, consentRoutes } from './contract/consent.ts'
import { leadingRoutes } from './contract/leading.ts'
import { recordingPlaces, recordingRoutes } from './contract/recordings.ts'
import { PasskeyNonce, PasskeySignIn, SetupParty, sayingRoutes } from './contract/saying.ts'
import { parties, reference } from './contract/terms.ts'
import { walkPlaces, walkRoutes } from './contract/walks.ts'

export * from './contract/consent.ts'
export * from './contract/leading.ts'
export * from './contract/mouth.ts'
export * from './contract/recordings.ts'
export * from './contract/saying.ts'
export { type PartyRole, parties, partyRoles, reference, TermsShape } from './contract/terms.ts'
export * from './contract/walks.ts'

const ms = z.int().min(0).max(36_000_000)
const text = (max: number) =>
  z
    .string()
    .max(max)
    .transform(value => value.normalize('NFC'))
const name = text(200).pipe(z.string().trim().min(1))
export const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'an id')
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'a digest')
export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag like ja or es-419')
const version = z.int().min(0)

export const roles = ['lead', 'translator', 'reviewer', 'admin', ...parties] as const
const role = z.enum(roles)
export type Role = z.infer<typeof role>

// --- people ------------------------------------------------------------------------------------------------------
const password = z.string().min(10).max(200)
export const SignIn = z.strictObject({ name, password: z.string().max(200) })
export const Setup = z.strictObject({ token: z.string().max(200), name, password })
export const Invite = z.strictObject({ name, roles: z.array(role).min(1) })
export const UserView = z.object({ id, name: z.string(), roles: z.array(role) })
export type UserView = z.infer<typeof UserView>
/** `csrf` goes back in the header `x-csrf` with everything but GET. */
export const SessionView = z.object({ user: UserView, csrf: z.string() })
export type SessionView = z.infer<typeof SessionView>
export const InviteView = z.object({ user: UserView, link: z.string() })
export type InviteView = z.infer<typeof InviteView>
/** Who is only asked for a voice has a passkey and a page of their own, and no password. */
export const asPartyAlone = (roles: readonly Role[]): boolean =>
  roles.length > 0 && roles.every(role => (parties as readonly Role[]).includes(role))
/** Where a one-time link leads. The token stands behind `#`, which no browser sends on: it gets into no log. */
export const setupLink = (origin: string, roles: readonly Role[], token: string): string =>
  `${origin}${asPartyAlone(roles) ? '/voice' : '/'}#/setup/${token}`

// --- series --------------------------------------------------------------------------------------------------------
export const TermShape = z.strictObject({
  source: name,
  target: name,
  language,
  forbid: z.array(name).optional(),
  keep: z.boolean().optional(),
  note: text(500).optional(),
})
export const VoiceShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nobody'), engine: id, preset: z.string().max(100) }),
  z.strictObject({ kind: z.literal('person'), actor: reference }),
])
export const CastingShape = z.strictObject({ character: name, voice: VoiceShape })
const kind = z.enum(['dialogue', 'sign', 'song', 'note', 'narration'])
/** Lines of this style of imported subtitles are of this kind. */
export const StyleKindShape = z.strictObject({ style: text(200), kind })
const seriesFields = {
  title: name,
  language,
  targets: z.array(language).max(20),
  glossary: z.array(TermShape).max(20_000),
  cast: z.array(CastingShape).max(500),
  styles: z.array(StyleKindShape).max(500),
  loudness: z.number().min(-40).max(-10),
  /** Where it is to be released, as ISO 3166 has it, and by what medium, in the words of the yeses it needs. */
  release: z.strictObject({
    territories: z.array(z.string().regex(/^[A-Z]{2}$/)).max(300),
    media: z.array(name).max(50),
  }),
}
export const NewSeries = z
  .strictObject({ title: name, language })
  .extend(z.object(seriesFields).partial().omit({ title: true, language: true }).shape)
export const SeriesChange = z.strictObject(seriesFields).partial()
export const SeriesView = z.object({ id, ...seriesFields, episodes: z.int() })
export type SeriesView = z.infer<typeof SeriesView>
/** Translation memory comes in whole: pairs a person made, added to those there are. */
export const MemoryImport = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        from: language,
        to: language,
        source: text(2000),
        target: text(2000),
        origin: text(200),
      }),
    )
    .max(50_000),
})

// --- episodes --------------------------------------------------------------------------------------------------------
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
export const episodeStates = ['waiting', 'running', 'ready', 'failed', 'cancelled'] as const
export const StepView = z.object({
  step: z.enum(stepNames),
  of: z.string().optional(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  fraction: z.number(),
  left: z.number().optional(),
})
export type StepView = z.infer<typeof StepView>
export const ProblemView = z.object({
  code: z.string(),
  says: z.string(),
  mend: z.string(),
  figures: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type ProblemView = z.infer<typeof ProblemView>
export const FindingView = z.object({
  rule: z.string(),
  severity: z.enum(['note', 'warning', 'error']),
  says: z.string(),
  mend: z.string().optional(),
  place: z.object({
    line: z.string().optional(),
    span: z.object({ start: z.number(), end: z.number() }).optional(),
    language: z.string().optional(),
  }),
  figures: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The words it was found in, with this mended, and with all that can be. Nobody but a person takes them. */
  fix: z.object({ was: z.string(), text: z.string(), all: z.string() }).optional(),
})
export type FindingView = z.infer<typeof FindingView>
/** The body of every refusal. A 409 of a line's edit is a `Conflict`, which says more. */
export const Refusal = z.object({ problem: ProblemView })
export type Refusal = z.infer<typeof Refusal>
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
/** How much of a language's text fits: characters a second, characters a row, rows. */
export const PaceView = z.object({ cps: z.number(), columns: z.number(), rows: z.number() })
export type PaceView = z.infer<typeof PaceView>
/**
 * What a page needs to tell how long a text takes to say, at every key: for every match of each pattern (flags `giu`) so
 * many milliseconds, and `base`. `bands` are verdicts by speaking time ÷ room, the calmest first; beyond them it is
 * `overlong`.
 */
export const SpeakingView = z.object({
  base: z.number(),
  parts: z.array(z.object({ pattern: z.string(), ms: z.number() })),
  syllable: z.number(),
  bands: z.array(
    z.object({
      verdict: z.enum(['green', 'ok', 'amber', 'short']),
      least: z.number(),
      most: z.number(),
    }),
  ),
})
export type SpeakingView = z.infer<typeof SpeakingView>
/**
 * How a dub lies on the original's speech, 0 to 1: what of the original is spoken over, the two durations held against
 * each other, and intersection over union. Milliseconds early are below 0.
 */
export const LineScoreView = z.object({
  intersection: z.number(),
  durations: z.number(),
  iou: z.number(),
  rate: z.number().optional(),
  onset: z.number().optional(),
  offset: z.number().optional(),
  flaps: z.number().optional(),
})
export type LineScoreView = z.infer<typeof LineScoreView>
const ErrorView = z.object({ median: z.number(), p90: z.number(), within: z.number() })
export const ScoreView = z.object({
  lines: z.int(),
  silent: z.int(),
  intersection: z.number(),
  durations: z.number(),
  iou: z.number(),
  rateCompliance: z.number().optional(),
  smoothness: z.number().optional(),
  onset: ErrorView.optional(),
  offset: ErrorView.optional(),
  flaps: z.number().optional(),
})
export type ScoreView = z.infer<typeof ScoreView>
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

// --- lines -----------------------------------------------------------------------------------------------------------
const OriginView = z.object({
  how: z.enum(['human', 'memory', 'engine', 'none']),
  score: z.number().optional(),
  engine: z.string().optional(),
  origin: z.string().optional(),
  source: z.string().optional(),
})
export const TakeView = z.object({
  state: z.enum(['spoken', 'withheld', 'unspoken']),
  start: z.number().optional(),
  end: z.number().optional(),
  stretch: z.number().optional(),
  url: z.string().optional(),
  reason: z.string().optional(),
})
const screen = z.enum(['on', 'off', 'auto'])
/** One line in its source and in one target language. `version` counts the human edits of that language's text. */
export const LineView = z.object({
  id: z.string(),
  language,
  start: z.number(),
  end: z.number(),
  kind,
  speaker: z.string().optional(),
  /** Whose its words are: no machine translates or speaks them. */
  rights: z.string().optional(),
  /** Where the mouth is: as a person said, and as the machine saw it. */
  screen: screen.optional(),
  sight: z.enum(['on', 'off', 'unknown']).optional(),
  /** The style it wore in the subtitles it came from. */
  style: z.string().optional(),
  source: z.string(),
  trust: z.number(),
  sourceVersion: version,
  text: z.string(),
  version,
  origin: OriginView,
  suggestion: z.object({ text: z.string(), origin: OriginView }).optional(),
  speaking: z.number(),
  rate: z.number(),
  verdict: z.enum(['green', 'ok', 'amber', 'short', 'overlong', 'empty']),
  /** Time in which the original speaks, and silence around it that may be used; absent of what nobody says aloud. */
  room: z.number().optional(),
  spare: z.number().optional(),
  score: LineScoreView.optional(),
  cues: z.array(z.object({ start: z.number(), end: z.number(), text: z.string() })),
  take: TakeView.optional(),
  approval: z.object({ by: z.string(), at: z.string() }).optional(),
  comments: z.array(z.object({ by: z.string(), at: z.string(), text: z.string() })),
  editedBy: z.string().optional(),
  /** A person's words or times are newer than the cues and the take: those are being made again. */
  pending: z.boolean().optional(),
  findings: z.array(FindingView),
})
export type LineView = z.infer<typeof LineView>
/** Some lines only: their ids with commas between them. Without it, all. */
export const LinesQuery = z.object({ only: z.string().max(20_000).optional() })
/** What is absent stays as it is. `version` is the one the editor saw; another one there is a conflict. */
export const LineEditBody = z.strictObject({
  version,
  text: text(2000).optional(),
  start: ms.optional(),
  end: ms.optional(),
  speaker: text(100).optional(),
  /** Of the original alone, for all languages. An empty `rights` takes the flag off. */
  kind: kind.optional(),
  rights: text(200).optional(),
  screen: screen.optional(),
})
export type LineEditBody = z.infer<typeof LineEditBody>
export const VerdictBody = z.strictObject({
  version,
  /** The words that were judged: if the machine has written others since, that is a conflict too. */
  text: text(2000).optional(),
  verdict: z.enum(['approve', 'reopen']).optional(),
  comment: text(2000).optional(),
})
/** The body of 409 when somebody was quicker: what you sent and what stands there now. */
export const Conflict = Refusal.extend({
  yours: z.union([LineEditBody, VerdictBody]),
  theirs: LineView,
})
export type Conflict = z.infer<typeof Conflict>

// --- engines ------------------------------------------------------------------------------------------------------------
export const ModelView = z.object({
  id: z.string(),
  for: z.string(),
  bytes: z.number(),
  licence: z.string(),
  installed: z.boolean(),
  command: z.string(),
})
export const EnginesView = z.object({
  ears: z.string().optional(),
  tongue: z.string().optional(),
  voices: z.array(
    z.object({ engine: z.string(), preset: z.string(), languages: z.array(z.string()), says: z.string() }),
  ),
  models: z.array(ModelView),
  hints: z.array(z.string()),
})
export type EnginesView = z.infer<typeof EnginesView>

// --- Socket.IO: imperative from the client, past tense from the server ------------------------------------------------------
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

// --- the table of routes: the OpenAPI document and the typed client are both made from it -------------------------------------
export type Route = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  readonly path: string
  readonly says: string
  /** Who may; absent: anybody signed in; 'anyone': nobody need be. */
  readonly may?: readonly Role[] | 'anyone'
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly answer?: z.ZodType
}
/** What may stand in the {places} of a path. */
export const pathShapes = {
  series: id,
  episode: id,
  language,
  line: z.string().min(1).max(100),
  upload: z.string().regex(/^[0-9a-f]{32}$/, 'an upload'),
  digest,
  name: z.string().min(1).max(200),
  ...consentPlaces,
  ...recordingPlaces,
  ...walkPlaces,
} as const
const editors = ['lead', 'translator', 'admin'] as const
export const leads = ['lead', 'admin'] as const
export const watchers = ['lead', 'translator', 'reviewer', 'admin'] as const
export const routes = {
  session: { method: 'get', path: '/api/session', says: 'Who am I', answer: SessionView },
  signIn: {
    method: 'post',
    path: '/api/session',
    says: 'Sign in',
    may: 'anyone',
    body: SignIn,
    answer: SessionView,
  },
  signOut: { method: 'delete', path: '/api/session', says: 'Sign out' },
  passkeyNonce: {
    method: 'post',
    path: '/api/session/passkey/nonce',
    says: 'Begin to sign in with a passkey',
    may: 'anyone',
    answer: PasskeyNonce,
  },
  passkeySignIn: {
    method: 'post',
    path: '/api/session/passkey',
    says: 'Sign in with the passkey that one enrolled with',
    may: 'anyone',
    body: PasskeySignIn,
    answer: SessionView,
  },
  setupParty: {
    method: 'post',
    path: '/api/setup/passkey',
    says: 'Use the one-time link of somebody who will have a passkey and no password',
    may: 'anyone',
    body: SetupParty,
    answer: SessionView,
  },
  setup: {
    method: 'post',
    path: '/api/setup',
    says: 'Use a one-time link: choose a name and a password',
    may: 'anyone',
    body: Setup,
    answer: SessionView,
  },
  users: {
    method: 'get',
    path: '/api/users',
    says: 'Everybody with an account',
    may: ['admin'],
    answer: z.array(UserView),
  },
  invite: {
    method: 'post',
    path: '/api/users',
    says: 'Make an account and its one-time link',
    may: ['admin'],
    body: Invite,
    answer: InviteView,
  },
  allSeries: {
    method: 'get',
    path: '/api/series',
    says: 'All series',
    may: watchers,
    answer: z.array(SeriesView),
  },
  newSeries: {
    method: 'post',
    path: '/api/series',
    says: 'Begin a series',
    may: leads,
    body: NewSeries,
    answer: SeriesView,
  },
  oneSeries: {
    method: 'get',
    path: '/api/series/:series',
    says: 'One series',
    may: watchers,
    answer: SeriesView,
  },
  changeSeries: {
    method: 'patch',
    path: '/api/series/:series',
    says: 'Change a series',
    may: leads,
    body: SeriesChange,
    answer: SeriesView,
  },
  importMemory: {
    method: 'post',
    path: '/api/series/:series/memory',
    says: 'Add to the translation memory',
    may: editors,
    body: MemoryImport,
    answer: z.object({ added: z.int() }),
  },
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
  run: {
    method: 'post',
    path: '/api/episodes/:episode/run',
    says: 'Start or go on',
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
  lines: {
    method: 'get',
    path: '/api/episodes/:episode/lines/:language',
    says: 'Lines in one language; in the language of the original, the lines themselves',
    may: watchers,
    query: LinesQuery,
    answer: z.array(LineView),
  },
  editLine: {
    method: 'put',
    path: '/api/episodes/:episode/lines/:language/:line',
    says: 'Edit a line',
    may: editors,
    body: LineEditBody,
    answer: LineView,
  },
  judgeLine: {
    method: 'post',
    path: '/api/episodes/:episode/lines/:language/:line/verdict',
    says: 'Approve, reopen, comment',
    may: watchers,
    body: VerdictBody,
    answer: LineView,
  },
  engines: {
    method: 'get',
    path: '/api/engines',
    says: 'Engines at hand and how to install more',
    may: watchers,
    answer: EnginesView,
  },
  ...consentRoutes,
  ...sayingRoutes,
  ...recordingRoutes,
  ...leadingRoutes,
  ...walkRoutes,
} as const satisfies Record<string, Route>
// Files go by their own paths, streamed, with ranges: GET /api/episodes/:episode/blobs/:digest and …/files/:name.
// Uploads speak tus at /api/uploads. /healthz, /metrics and /api/openapi.json need no account.
