import type {
  EnginesView,
  EpisodeRow,
  EpisodeView,
  HouseView,
  InviteView,
  LineView,
  ProblemView,
  SeriesView,
  SessionView,
  StreamsView,
  UserView,
} from '../server/contract.ts'
import type { Leads } from './leads/state.ts'
import type { Place } from './place.ts'

export type Ms = number
export type Tongue = 'en' | 'ja'
export type Theme = 'auto' | 'light' | 'dark'

/** All there is to know of the page. Everything on it is a function of this; what changes it stands in actions and sync. */
export type State = {
  readonly tongue: Tongue
  readonly theme: Theme
  readonly place: Place
  /** Undefined until the server was asked, null when nobody is signed in. */
  readonly session: SessionView | null | undefined
  readonly connected: boolean
  readonly now: number
  readonly notice?: Notice
  readonly dialog?: 'help' | 'new-series'
  readonly series?: readonly SeriesView[]
  /** Episodes by series. */
  readonly rows: Readonly<Record<string, readonly EpisodeRow[]>>
  /** Whose style subtitles follow, by series. */
  readonly houses?: Readonly<Record<string, readonly HouseView[]>>
  readonly engines?: EnginesView
  readonly people?: readonly UserView[]
  readonly invited?: InviteView
  readonly intake: Intake
  readonly desk?: Desk
  readonly leads?: Leads
}

/** Something to tell, once: a refusal, or that a thing is done. */
export type Notice = { readonly problem: ProblemView } | { readonly done: string }

/** An episode on its way in. */
export type Intake = {
  readonly files: Readonly<Partial<Record<Role, Carried>>>
  readonly streams?: StreamsView
  readonly busy: boolean
}
export type Role = 'media' | 'script' | 'subtitles' | 'me'
export const fileRoles: readonly Role[] = ['media', 'script', 'subtitles', 'me']
export type Carried = {
  readonly name: string
  readonly bytes: number
  readonly sent: number
  /** The upload's id once all of it has arrived. */
  readonly id?: string
  readonly failed?: string
}

/** The episode page. */
export type Desk = {
  readonly episode: EpisodeView
  /** The language worked in: a target, or the original's own. */
  readonly language: string
  readonly lines?: readonly LineView[]
  /** Subtitles of a language that is shown and not worked in. */
  readonly cues: Readonly<Record<string, readonly Cue[]>>
  readonly open?: string
  /** On a narrow screen: the open line stands in place of the list. */
  readonly near: boolean
  /** What was written and is not saved yet, by language and line. */
  readonly drafts: Readonly<Record<string, Draft>>
  readonly saving: readonly string[]
  readonly sift: Sift
  readonly pane: Pane
  readonly watchers: readonly Watcher[]
  readonly player: Player
  /** The part of the episode that the waveform shows. */
  readonly view: { readonly start: Ms; readonly end: Ms }
}
export type Cue = LineView['cues'][number]
export const panes = ['lines', 'findings', 'withheld', 'files'] as const
export type Pane = (typeof panes)[number]
export const siftings = ['all', 'empty', 'findings', 'withheld', 'open', 'approved'] as const
export type Sift = { readonly only: (typeof siftings)[number]; readonly text: string }
export type Watcher = { readonly name: string; readonly line?: string; readonly language?: string }

/** A person's words on a line, and the line as it was when they began: what is absent they left alone. */
export type Draft = {
  readonly base: LineView
  readonly text?: string
  readonly start?: Ms
  readonly end?: Ms
  readonly speaker?: string
  readonly kind?: LineView['kind']
  readonly rights?: string
  readonly screen?: LineView['screen']
  readonly sung?: LineView['sung']
}

export type Player = {
  readonly at: Ms
  readonly playing: boolean
  readonly rate: number
  /** The original, or the dub of a language. */
  readonly hears: 'original' | string
  /** The subtitles of a language, or none. */
  readonly shows: 'none' | string
  /** Set by the page, or drawn by libass as players of ASS do. */
  readonly drawn: 'page' | 'libass'
  /** Whether the mouths that were found are drawn over the picture. */
  readonly mouths: boolean
  /** Where playing stops by itself, when one line is heard. */
  readonly until?: Ms
}

export const stillPlayer: Player = {
  at: 0,
  playing: false,
  rate: 1,
  hears: 'original',
  shows: 'none',
  drawn: 'page',
  mouths: false,
}

export function initial(given: { tongue: Tongue; theme: Theme; place: Place; now: number }): State {
  return {
    ...given,
    session: undefined,
    connected: true,
    rows: {},
    intake: { files: {}, busy: false },
  }
}

/** A desk with an episode just laid on it. */
export function layOut(episode: EpisodeView, language: string | undefined, drafts: Desk['drafts']): Desk {
  const working = language ?? episode.targets[0] ?? episode.language
  return {
    episode,
    language: working,
    cues: {},
    near: false,
    drafts,
    saving: [],
    sift: { only: 'all', text: '' },
    pane: 'lines',
    watchers: [],
    player: { ...stillPlayer, shows: working },
    view: { start: 0, end: Math.min(episode.duration ?? 20_000, 20_000) },
  }
}
