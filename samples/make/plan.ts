import { envelope, hertz } from './sound.ts'
import type { Mouth, Note, Throat } from './voice.ts'

/** A story as its author writes it: shots, and in each the rows of the script. Times come from the voices. */
export type Story = {
  readonly heading: string
  /** As the file says it: ISO 639-2. */
  readonly language: string
  readonly rate: { readonly num: number; readonly den: number }
  readonly width: number
  readonly height: number
  readonly throats: Readonly<Record<string, Throat>>
  /** How a spoken row is written in the script. */
  readonly quote: (by: string, words: string) => string
  readonly shots: readonly Shot[]
}
export type Shot = {
  readonly picture: string
  /** Silence before the first line and after the last, in milliseconds. */
  readonly lead: number
  readonly tail: number
  readonly rows: readonly Row[]
}
export type Row =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'direction'; readonly text: string }
  | { readonly kind: 'sign'; readonly on: string; readonly text: string }
  | Spoken
export type Spoken = {
  readonly kind: 'dialogue' | 'narration' | 'song'
  readonly by: string
  /** As the script has it, readings and directions included. */
  readonly text: string
  /** As it is pronounced: kana, the particle は as わ. */
  readonly say: string
  readonly notes?: readonly Note[]
  /** Silence before it, in milliseconds; 350 unless told. */
  readonly gap?: number
  /** Nobody's mouth is seen to say it. */
  readonly away?: boolean
}

export type Plan = {
  readonly frames: number
  readonly samples: number
  readonly shots: readonly { readonly picture: string; readonly first: number; readonly end: number }[]
  readonly lines: readonly PlannedLine[]
}
export type PlannedLine = {
  readonly kind: 'dialogue' | 'narration' | 'song' | 'sign'
  readonly speaker?: string
  readonly text: string
  /** Milliseconds: the first sounding one, and the first silent one after it. */
  readonly start: number
  readonly end: number
  readonly seen: boolean
  readonly shot: number
  readonly sound?: Float32Array
}

const millisecond = hertz / 1000
/** Length of a beat of the song, in samples: 0.34 s. */
export const beat = 0.34 * hertz

export function plan(story: Story, mouth: Mouth): Plan {
  const { num, den } = story.rate
  const frame = (1000 * den) / num
  const lines: PlannedLine[] = []
  const shots: Plan['shots'][number][] = []
  let first = 0
  for (const [shot, { picture, lead, tail, rows }] of story.shots.entries()) {
    let now = Math.round(first * frame) + lead
    for (const row of rows) {
      if (!isSpoken(row)) continue
      const throat = story.throats[row.by]
      if (!throat) throw new RangeError(`${row.by} has no voice`)
      const sound = row.notes ? mouth.sing(row.notes, throat, beat) : mouth.say(row.say, throat)
      const start = now + (row.gap ?? 350)
      now = start + Math.ceil(sound.length / millisecond)
      lines.push({
        kind: row.kind,
        speaker: row.by,
        text: plain(row.text),
        start,
        end: start + soundingEnd(sound),
        seen: !row.away,
        shot,
        sound,
      })
    }
    // Everything is drawn on twos, so a shot has an even number of frames.
    const end = 2 * Math.ceil((now + tail) / frame / 2)
    for (const row of rows)
      if (row.kind === 'sign')
        lines.push({
          kind: 'sign',
          text: plain(row.text),
          start: Math.round(first * frame),
          end: Math.round(end * frame),
          seen: true,
          shot,
        })
    shots.push({ picture, first, end })
    first = end
  }
  return {
    frames: first,
    samples: Math.round((first * hertz * den) / num),
    shots,
    lines: lines.toSorted((a, b) => a.start - b.start),
  }
}

/** What a reader of the script should find: no readings, no directions, no marks of song. */
export const plain = (text: string): string =>
  text
    .replace(/《[^》]*》|（[^）]*）|[｜♪]/g, '')
    .trim()
    .normalize('NFC')

/** The script as its licensor would send it. */
export function script(story: Story, { shots }: Plan): string {
  const ms = ({ num, den }: Story['rate'], frame: number) => Math.round((frame * 1000 * den) / num)
  const rows = story.shots.flatMap((shot, i) => {
    const { first, end } = shots[i]!
    return shot.rows.map(row => {
      if (isSpoken(row)) return story.quote(row.by, row.text)
      if (row.kind === 'heading') return `\n○ ${row.text}`
      if (row.kind === 'direction') return `（${row.text}）`
      return `[${clock(ms(story.rate, first))}-${clock(ms(story.rate, end))}] 【${row.on}】${row.text}`
    })
  })
  return `# ${story.heading}\n${rows.join('\n')}\n`
}

/** `0:21.500` */
const clock = (at: number) =>
  `${Math.floor(at / 60_000)}:${((at % 60_000) / 1000).toFixed(3).padStart(6, '0')}`

const isSpoken = (row: Row): row is Spoken =>
  row.kind === 'dialogue' || row.kind === 'narration' || row.kind === 'song'

/** The first silent millisecond after the last sound; a song's last note may leave a rest. */
function soundingEnd(sound: Float32Array): number {
  const level = envelope(sound, millisecond)
  const floor = Math.max(...level) * 10 ** (-45 / 20)
  return level.findLastIndex(value => value > floor) + 1
}
