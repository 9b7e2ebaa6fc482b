import {
  blank,
  type Colour,
  curve,
  fill,
  glow,
  type Picture,
  type Point,
  path,
  placed,
  stroke,
  wash,
} from './canvas.ts'
import { dice } from './sound.ts'

export const [width, height] = [640, 360]
const ink: Colour = [40, 34, 48]
export const outline = { colour: ink, width: 2 }
export const warm: Colour = [255, 190, 90]
export const box = (left: number, top: number, right: number, bottom: number): Point[] => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
]

export function painted(paint: (picture: Picture) => void): Picture {
  const picture = blank(width, height)
  paint(picture)
  return picture
}
export function town(top: Colour, bottom: Colour): Picture {
  return painted(picture => {
    wash(picture, top, bottom)
    const roof: Colour = [64, 50, 78]
    for (const [x, y, size] of houses) {
      fill(picture, placed(path('-1,0 1,0 1,1.6 -1,1.6'), x, y, size), [96, 76, 98], outline)
      fill(picture, placed(path('-1.3,0.1 0,-0.9 1.3,0.1'), x, y, size), roof, outline)
      fill(picture, placed(box(-0.35, 0.45, 0.35, 1.05), x, y, size), warm, outline)
    }
    fill(picture, path('-10,372 -10,344 650,190 650,372'), [112, 92, 104], outline)
    for (let i = 0; i < 7; i++) {
      const x = 40 + i * 100
      const y = 344 - ((x + 10) / 660) * 154
      stroke(
        picture,
        [
          [x, y],
          [x + 34, 362],
        ],
        [92, 74, 88],
        2,
      )
    }
  })
}
const houses: readonly (readonly [number, number, number])[] = [
  [70, 246, 46],
  [176, 222, 40],
  [282, 196, 44],
  [398, 160, 40],
  [506, 134, 46],
  [600, 112, 40],
]

export function wall(): Picture {
  return painted(picture => {
    wash(picture, [110, 84, 74], [78, 58, 56])
    for (let x = 0; x <= width; x += 64)
      stroke(
        picture,
        [
          [x, 0],
          [x, height],
        ],
        [70, 52, 50],
        3,
      )
    stroke(
      picture,
      [
        [0, 22],
        [width, 22],
      ],
      [58, 42, 42],
      8,
    )
  })
}

export function night(count: number): Picture {
  return painted(picture => {
    wash(picture, [16, 20, 54], [62, 52, 100])
    stars(picture, count)
  })
}
export function stars(picture: Picture, seed: number): void {
  const roll = dice(seed)
  for (let i = 0; i < 46; i++) {
    const spot: Point = [roll() * width, roll() * 170]
    glow(picture, spot, 3 + roll() * 4, [255, 250, 220], 1)
  }
}

export function stone(picture: Picture, [x, y]: Point, size: number, light: number): void {
  const share = light / 10
  const shade = (from: number, to: number) => Math.round(from + (to - from) * share)
  const facets: Point[] = path('0,-1 0.75,-0.35 0.6,0.7 -0.6,0.7 -0.75,-0.35')
  fill(picture, placed(facets, x, y, size), [shade(120, 255), shade(128, 222), shade(150, 130)], {
    colour: ink,
    width: Math.max(1, size * 0.07),
  })
  stroke(
    picture,
    placed(path('0,-1 0.12,0.05 0.6,0.7'), x, y, size),
    [shade(90, 255), shade(96, 246), shade(116, 200)],
    Math.max(1, size * 0.05),
  )
  stroke(
    picture,
    placed(path('0.12,0.05 -0.75,-0.35'), x, y, size),
    [shade(90, 255), shade(96, 246), shade(116, 200)],
    Math.max(1, size * 0.05),
  )
  if (light > 0) glow(picture, [x, y], size * (1.5 + 3 * share), warm, share)
}

/** Two hands make a bowl for it, sleeves coming in from below. */
export function inHands(picture: Picture, light: number, sleeve: Colour): void {
  const skin: Colour = [240, 208, 184]
  fill(picture, path('60,370 176,270 262,340 240,370'), sleeve, outline)
  fill(picture, path('580,370 464,270 378,340 400,370'), sleeve, outline)
  stone(picture, [320, 176], 92, light)
  fill(
    picture,
    curve(path('168,272 208,232 262,236 320,246 378,236 432,232 472,272 410,330 320,346 230,330')),
    skin,
    outline,
  )
  for (const crease of [
    '320,250 320,340',
    '236,240 262,300',
    '404,240 378,300',
    '268,242 286,306',
    '372,242 354,306',
  ])
    stroke(picture, path(crease), [206, 166, 146], 2)
}
