import type { MouthShape, Viseme } from '../../terms.ts'
import { visemes } from '../../visemes/phones.ts'

/** A set of drawings, and which one a mouth shape is. */
export type Preset = {
  readonly says: string
  /** The drawing of the mouth at rest. */
  readonly rest: string
  readonly drawings: readonly string[]
  readonly drawingOf: (shape: Pick<MouthShape, 'viseme' | 'openness'>) => string
  /** Drawings whose being seen matters more than their length: lips that meet. */
  readonly closures: readonly string[]
  /** Shortest time that a drawing is seen. Rhubarb's documentation calls 50–70 ms good and less a flicker. */
  readonly hold: number
  /** Frames that one drawing is held at least: on ones, twos, threes. */
  readonly on: 1 | 2 | 3
  /** Frames by which the picture leads the sound. */
  readonly lead: number
}

const table =
  (drawings: Readonly<Record<Viseme, string>>) =>
  ({ viseme }: Pick<MouthShape, 'viseme'>) =>
    drawings[viseme]
const namesIn = (drawings: Readonly<Record<Viseme, string>>, ...more: readonly string[]) => [
  ...new Set([...more, ...Object.values(drawings)]),
]

/** Rhubarb's shapes A–G and X, by what its documentation and its rules say that each is drawn for. H, a long l, can't be told. */
const rhubarb = {
  ...{ sil: 'X', PP: 'A', FF: 'G', TH: 'B', DD: 'B', kk: 'B', CH: 'B', SS: 'B', nn: 'B', RR: 'E' },
  ...{ aa: 'D', E: 'C', ih: 'B', oh: 'E', ou: 'F' },
} as const
/** D is for the jaw of *father*; *cut* and diphthongs are C. Of 0.6 to 0.9 it served trained voices of five languages best. */
const wide = 0.8
/** The ten mouths of Preston Blair's book, under the names that Papagayo, Moho and OpenToonz look for. */
const prestonBlair = {
  ...{ sil: 'rest', PP: 'MBP', FF: 'FV', TH: 'L', DD: 'etc', kk: 'etc', CH: 'etc', SS: 'etc', nn: 'etc' },
  ...{ RR: 'WQ', aa: 'AI', E: 'E', ih: 'E', oh: 'O', ou: 'U' },
} as const
/** Adobe Character Animator's visemes, under the names of its puppets' layers. */
const adobe = {
  ...{ sil: 'Neutral', PP: 'M', FF: 'F', TH: 'L', DD: 'D', kk: 'D', CH: 'S', SS: 'S', nn: 'L', RR: 'R' },
  ...{ aa: 'Ah', E: 'Ee', ih: 'Ee', oh: 'Oh', ou: 'W-Oo' },
} as const
/**
 * Three drawings: toji-guchi, naka-guchi, aki-guchi. When mouths are synced at all, u and n are drawn closed, i and e
 * half, a and o open; whoever shouts is open whatever he says (facts on practice: the vowel rule of TV animation).
 */
const anime = {
  ...{ sil: 'closed', PP: 'closed', FF: 'half', TH: 'half', DD: 'half', kk: 'half', CH: 'half', SS: 'half' },
  ...{ nn: 'closed', RR: 'half', aa: 'open', E: 'half', ih: 'half', oh: 'open', ou: 'closed' },
} as const
const shout = 0.85

const self = Object.fromEntries(visemes.map(viseme => [viseme, viseme])) as Record<Viseme, string>
const phonetic = { hold: 50, on: 1, lead: 0 } as const

export const presets = {
  phonetic: {
    says: 'the 15 visemes of OVR and OpenXR as they are',
    ...{ rest: 'sil', drawings: visemes, drawingOf: table(self), closures: ['PP', 'FF'], ...phonetic },
  },
  rhubarb: {
    says: 'Rhubarb’s shapes, A to G and X',
    ...{
      rest: 'X',
      drawings: namesIn(rhubarb),
      drawingOf: shape => (shape.viseme === 'aa' && shape.openness < wide ? 'C' : rhubarb[shape.viseme]),
      closures: ['A', 'G'],
      ...phonetic,
    },
  },
  'preston-blair': {
    says: 'Preston Blair’s ten mouths',
    ...{ rest: 'rest', drawings: namesIn(prestonBlair), drawingOf: table(prestonBlair) },
    ...{ closures: ['MBP', 'FV'], ...phonetic },
  },
  adobe: {
    says: 'Character Animator’s mouths',
    ...{
      rest: 'Neutral',
      drawings: namesIn(adobe, 'Uh'),
      drawingOf: table(adobe),
      closures: ['M', 'F'],
      ...phonetic,
    },
  },
  anime: {
    says: 'closed, half, open, on twos, the picture a frame ahead',
    ...{ rest: 'closed', drawings: ['closed', 'half', 'open'], closures: [] },
    drawingOf: shape => (shape.viseme !== 'PP' && shape.openness >= shout ? 'open' : anime[shape.viseme]),
    ...{ hold: 66, on: 2, lead: 1 },
  },
} as const satisfies Record<string, Preset>
export type PresetName = keyof typeof presets
