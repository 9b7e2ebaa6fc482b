import { type Desk, layOut } from '../../client/state.ts'
import type { EpisodeView, LineView } from '../../server/contract.ts'

/** A line as the server would tell it. */
export const lineView = (id: string, more: Partial<LineView> = {}): LineView => ({
  id,
  language: 'en',
  start: 1000,
  end: 2000,
  kind: 'dialogue',
  source: '行こう',
  trust: 1,
  sourceVersion: 0,
  text: 'Let’s go.',
  version: 0,
  origin: { how: 'engine', engine: 'marian' },
  speaking: 600,
  rate: 0.6,
  verdict: 'green',
  cues: [],
  comments: [],
  findings: [],
  ...more,
})

const episode: EpisodeView = {
  id: 'e1',
  series: 's1',
  number: '1',
  title: '',
  language: 'ja',
  targets: ['en', 'es'],
  state: 'ready',
  duration: 60_000,
  steps: [],
  thumbnails: [],
  peaks: [],
  shots: [],
  tracks: [],
  dubs: [],
  given: [],
  changes: [],
  parcel: 'none',
  files: [],
  findings: [],
  counts: {},
}

/** A desk with these lines on it. */
export const deskOf = (lines: readonly LineView[], more: Partial<Desk> = {}): Desk => ({
  ...layOut(episode, 'en', {}),
  lines,
  ...more,
})
