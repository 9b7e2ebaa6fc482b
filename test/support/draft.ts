import { createHash } from 'node:crypto'
import type { Blob, Draft, Line, Take, Version } from '../../pipelines/terms.ts'

/** A blob that holds its own name, so that who reads it knows which it was. */
export const blobOf = (name: string, type: string): Blob => ({
  digest: createHash('sha256').update(name).digest('hex'),
  bytes: Buffer.byteLength(name),
  type,
})

const line = (id: string, start: number, end: number, text: string): Line => ({
  id,
  start,
  end,
  kind: 'dialogue',
  speaker: 'ハル',
  text,
  words: [],
  trust: 0.9,
  hand: 'machine',
})

export const lines: readonly Line[] = [
  line('l1', 1000, 2000, 'おはよう'),
  line('l2', 3000, 4500, '行こう'),
  line('l3', 5000, 6000, 'さよなら'),
]

const voice = { kind: 'nobody', engine: 'espeak', preset: 'en' } as const
export const spoken: Take = {
  line: 'l1',
  state: 'spoken',
  start: 1000,
  end: 1900,
  voice,
  sound: blobOf('take of l1', 'audio/wav'),
  stretch: 1.05,
}

const english: Version = {
  fitted: {
    language: 'en',
    lines: [
      {
        id: 'l1',
        start: 1000,
        end: 2000,
        kind: 'dialogue',
        speaker: 'ハル',
        source: 'おはよう',
        text: 'Good morning',
        origin: { how: 'memory', score: 1, origin: 'Pilot', source: 'おはよう' },
        speaking: 950,
        rate: 0.95,
        verdict: 'green',
        phrases: [{ start: 1000, end: 2000, text: 'Good morning' }],
      },
      {
        id: 'l2',
        start: 3000,
        end: 4500,
        kind: 'dialogue',
        speaker: 'ハル',
        source: '行こう',
        text: '',
        origin: { how: 'none' },
        speaking: 0,
        rate: 0,
        verdict: 'empty',
        phrases: [],
      },
    ],
    findings: [
      {
        rule: 'empty',
        severity: 'warning',
        place: { line: 'l2', language: 'en' },
        figures: {},
        says: 'Nobody could translate this line.',
      },
    ],
  },
  track: {
    language: 'en',
    cues: [{ id: 'c1', start: 1000, end: 2100, lines: ['l1'], kind: 'dialogue', text: 'Good\nmorning' }],
    findings: [],
  },
  files: [{ language: 'en', format: 'vtt', file: blobOf('english subtitles', 'text/vtt') }],
  dub: {
    language: 'en',
    engines: [],
    consents: [],
    takes: [
      spoken,
      { line: 'l2', state: 'unspoken', reason: 'empty' },
      { line: 'l3', state: 'withheld', voice: { kind: 'person', actor: 'mika' }, refusal: 'no-consent' },
    ],
    regions: [
      { start: 0, end: 2500, sound: blobOf('first region', 'audio/wav') },
      { start: 2500, end: 7000, sound: blobOf('second region', 'audio/wav') },
    ],
    loudness: { integrated: -27.1, truePeak: -3, gain: 4.5 },
    findings: [],
  },
}

/** Three Japanese lines; in English one is said, one is empty, and one the machine has not come to. */
export const draft: Draft = {
  media: {
    probe: {
      container: 'mov',
      duration: 7000,
      audio: [],
      video: [{ index: 0, codec: 'h264', width: 1280, height: 720, rate: { num: 24_000, den: 1001 } }],
      text: [],
    },
    ears: blobOf('ears', 'audio/wav'),
    original: blobOf('original', 'audio/wav'),
    peaks: [{ samples: 256, pairs: blobOf('peaks', 'application/octet-stream') }],
    shots: [2500],
    proxy: blobOf('proxy', 'video/mp4'),
    thumbnails: [{ at: 500, picture: blobOf('thumbnail', 'image/jpeg') }],
  },
  activity: { speech: [{ start: 1000, end: 2000 }] },
  transcript: { language: 'ja', way: 'script', lines, findings: [] },
  original: {
    track: { language: 'ja', cues: [], findings: [] },
    files: [{ language: 'ja', format: 'srt', file: blobOf('japanese subtitles', 'application/x-subrip') }],
  },
  versions: [english],
  parcel: {
    of: '0'.repeat(64),
    files: [
      { name: 'pilot.en.srt', file: blobOf('english subtitles', 'application/x-subrip') },
      { name: 'pilot – dub (en).wav', file: blobOf('english mix', 'audio/wav') },
    ],
  },
}

/** What the fixture's blobs hold. */
export const contents = [
  'take of l1',
  'english subtitles',
  'japanese subtitles',
  'first region',
  'second region',
  'peaks',
  'proxy',
  'thumbnail',
  'original',
  'ears',
  'english mix',
]
