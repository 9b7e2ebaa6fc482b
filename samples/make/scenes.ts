import {
  type Colour,
  curve,
  ellipse,
  fill,
  glow,
  type Picture,
  type Point,
  path,
  stroke,
  wash,
} from './canvas.ts'
import { write } from './glyphs.ts'
import { drawPerson, type Face, type Place } from './people.ts'
import { box, inHands, night, outline, painted, stars, stone, town, wall, warm } from './props.ts'

/** What a drawing depends on. `step` counts the twos of a moving shot; `light` is how bright the stone is, 0 to 10. */
export type Look = {
  readonly faces: Readonly<Record<string, Face>>
  readonly step: number
  readonly light: number
}
export type Scene = {
  /** Who is seen, so that the mouth of anybody else stays unmoved. */
  readonly people: readonly string[]
  readonly moves?: true
  /** Brightness of the stone over the shot, whose length is 1. */
  readonly light?: (share: number) => number
  readonly backdrop: () => Picture
  readonly paint: (picture: Picture, look: Look) => void
}

const at = (x: number, y: number, scale: number): Place => ({ x, y, scale })

export const scenes: Readonly<Record<string, Scene>> = {
  hill: {
    people: ['ハル', 'ソウタ'],
    moves: true,
    backdrop: () => town([84, 70, 130], [242, 150, 110]),
    paint: (picture, { faces, step }) => {
      // They climb: two small figures that bob on alternate drawings.
      const climb = Math.min(step, 90)
      person(picture, 'ソウタ', faces, at(330 + climb, 238 - climb * 0.36 - (step % 4 < 2 ? 3 : 0), 20))
      person(picture, 'ハル', faces, at(210 + climb * 1.15, 286 - climb * 0.42 - (step % 4 < 2 ? 0 : 3), 20))
      stone(picture, [210 + climb * 1.15, 326 - climb * 0.42], 8, 0)
    },
  },
  haru: portrait('ハル', [58, 60, 110], [196, 120, 120]),
  sota: portrait('ソウタ', [48, 62, 112], [170, 120, 140]),
  tome: {
    people: ['トメ'],
    backdrop: () => {
      const picture = wall()
      fill(picture, box(150, 20, 490, 360), [58, 40, 36], outline)
      glow(picture, [320, 150], 260, warm, 0.7)
      return picture
    },
    paint: (picture, { faces }) => person(picture, 'トメ', faces, at(320, 172, 88)),
  },
  sign: {
    people: [],
    backdrop: () => {
      const picture = wall()
      fill(picture, box(60, 60, 150, 330), [62, 44, 34], outline)
      write(picture, '灯屋', [76, 96], 58, [250, 226, 150], true)
      fill(picture, box(208, 96, 596, 250), [232, 214, 178], { ...outline, width: 4 })
      write(picture, '本日休業', [232, 136], 74, [150, 34, 34])
      stroke(picture, path('300,96 402,30 504,96'), outline.colour, 3)
      return picture
    },
    paint: () => {},
  },
  pair: {
    people: ['ハル', 'ソウタ'],
    backdrop: () => {
      const picture = wall()
      glow(picture, [560, 120], 200, warm, 0.4)
      return picture
    },
    paint: (picture, { faces }) => {
      person(picture, 'ソウタ', faces, at(410, 150, 68))
      person(picture, 'ハル', faces, at(220, 190, 66))
    },
  },
  stone: {
    people: [],
    backdrop: () => painted(picture => wash(picture, [40, 36, 66], [76, 56, 84])),
    paint: (picture, { light }) => inHands(picture, light, [86, 84, 140]),
  },
  singer: {
    people: ['ハル'],
    light: share => Math.round(1 + share * 5),
    backdrop: () => night(12),
    paint: (picture, { faces, light }) => {
      person(picture, 'ハル', faces, at(320, 132, 82))
      stone(picture, [320, 318], 34, light)
    },
  },
  glow: {
    people: [],
    light: share => (share < 0.3 ? 6 : share < 0.5 ? 8 : 10),
    backdrop: () => painted(picture => wash(picture, [40, 36, 66], [76, 56, 84])),
    paint: (picture, { light }) => inHands(picture, light, [226, 150, 74]),
  },
  festival: {
    people: ['ハル', 'ソウタ', 'トメ'],
    light: () => 10,
    backdrop: () => {
      const picture = town([22, 24, 62], [84, 62, 112])
      stars(picture, 5)
      for (const [x, y] of lanterns) {
        fill(picture, ellipse(x, y, 11, 14), [255, 206, 120], outline)
        glow(picture, [x, y], 70, warm, 0.9)
      }
      return picture
    },
    paint: (picture, { faces, light }) => {
      person(picture, 'ソウタ', faces, at(492, 196, 50))
      person(picture, 'トメ', faces, at(160, 214, 48))
      person(picture, 'ハル', faces, at(330, 214, 50))
      stone(picture, [330, 322], 22, light)
    },
  },
  room: {
    people: ['MIA'],
    backdrop: () => painted(picture => wash(picture, [120, 170, 190], [210, 220, 200])),
    paint: (picture, { faces }) => person(picture, 'MIA', faces, at(320, 170, 92)),
  },
  garden: {
    people: ['MIA', 'LEO'],
    backdrop: () =>
      painted(picture => {
        wash(picture, [150, 200, 235], [236, 240, 214])
        fill(
          picture,
          curve(path('-20,290 160,240 330,280 520,236 670,280 670,400 -20,400')),
          [122, 178, 104],
          outline,
        )
      }),
    paint: (picture, { faces }) => {
      person(picture, 'LEO', faces, at(430, 160, 70))
      person(picture, 'MIA', faces, at(210, 186, 68))
    },
  },
}

const lanterns: readonly Point[] = path('52,96 140,70 236,54 350,48 456,58 556,80')

function portrait(name: string, top: Colour, bottom: Colour): Scene {
  return {
    people: [name],
    backdrop: () =>
      painted(picture => {
        wash(picture, top, bottom)
        glow(picture, [560, 60], 180, warm, 0.35)
        glow(picture, [70, 110], 120, warm, 0.2)
      }),
    paint: (picture, { faces }) => person(picture, name, faces, at(320, 168, 96)),
  }
}

function person(picture: Picture, name: string, faces: Look['faces'], place: Place): void {
  drawPerson(picture, name, place, faces[name] ?? { mouth: 0, shut: false })
}
