import {
  type Colour,
  curve,
  ellipse,
  fill,
  type Picture,
  type Point,
  path,
  placed,
  stroke,
} from './canvas.ts'

/** Three drawings of a mouth, as on paper: closed, half, open. */
export type MouthShape = 0 | 1 | 2
export type Face = { readonly mouth: MouthShape; readonly shut: boolean }
export type Place = { readonly x: number; readonly y: number; readonly scale: number }

type Person = {
  readonly skin: Colour
  readonly hair: Colour
  readonly eyes: Colour
  readonly coat: Colour
  readonly trim: Colour
  readonly behind: readonly Point[]
  readonly fringe: readonly Point[]
  readonly bun?: true
  readonly glasses?: true
  readonly lines?: true
}

const ink: Colour = [52, 38, 46]

/** Drawn around the middle of the face, half a face's width being about 0.8. */
const people: Readonly<Record<string, Person>> = {
  ハル: {
    skin: [255, 224, 200],
    hair: [150, 84, 52],
    eyes: [74, 122, 84],
    coat: [226, 150, 74],
    trim: [204, 58, 58],
    behind: curve(
      path(
        '-1.0,-0.2 -1.08,0.55 -0.8,1.05 -0.3,0.9 0.3,0.9 0.8,1.05 1.08,0.55 1.0,-0.2 0.65,-1.05 0,-1.28 -0.65,-1.05',
      ),
    ),
    fringe: path(
      '-0.9,0.4 -0.98,-0.3 -0.66,-1.04 0,-1.27 0.66,-1.04 0.98,-0.3 0.9,0.4 0.76,-0.1 0.6,-0.42 0.42,-0.22 0.16,-0.5 -0.06,-0.2 -0.32,-0.5 -0.5,-0.2 -0.74,-0.4',
    ),
  },
  ソウタ: {
    skin: [246, 210, 182],
    hair: [52, 62, 106],
    eyes: [70, 88, 150],
    coat: [60, 74, 92],
    trim: [232, 226, 208],
    behind: curve(path('-0.92,0.1 -0.86,0.5 0,0.6 0.86,0.5 0.92,0.1 0.9,-0.6 0,-1.2 -0.9,-0.6')),
    fringe: path(
      '-0.84,0.25 -1.12,-0.1 -0.98,-0.5 -1.2,-0.82 -0.78,-0.98 -0.7,-1.42 -0.25,-1.2 0.12,-1.5 0.36,-1.18 0.82,-1.32 0.84,-0.94 1.2,-0.74 0.98,-0.42 1.1,-0.05 0.84,0.25 0.74,-0.32 0.5,-0.6 0.34,-0.3 0.06,-0.62 -0.2,-0.28 -0.42,-0.58 -0.72,-0.28',
    ),
  },
  トメ: {
    skin: [240, 208, 184],
    hair: [196, 196, 204],
    eyes: [82, 66, 60],
    coat: [86, 84, 140],
    trim: [214, 190, 130],
    behind: curve(path('-0.92,0.0 -0.84,0.45 0,0.6 0.84,0.45 0.92,0.0 0.78,-0.8 0,-1.16 -0.78,-0.8')),
    fringe: path(
      '-0.84,0.2 -0.95,-0.3 -0.62,-0.98 0,-1.17 0.62,-0.98 0.95,-0.3 0.84,0.2 0.72,-0.3 0.36,-0.68 0,-0.78 -0.36,-0.68 -0.72,-0.3',
    ),
    bun: true,
    glasses: true,
    lines: true,
  },
}
/** The tiny sample borrows two of the drawings. */
const alike: Readonly<Record<string, string>> = { MIA: 'ハル', LEO: 'ソウタ' }

const jaw = curve(
  path('-0.8,-0.1 -0.72,0.4 -0.4,0.82 0,0.98 0.4,0.82 0.72,0.4 0.8,-0.1 0.55,-0.8 0,-1 -0.55,-0.8'),
)
const shoulders = curve(path('-0.34,1.12 -1.15,1.42 -1.5,2.1 -1.6,4.2 1.6,4.2 1.5,2.1 1.15,1.42 0.34,1.12'))

export function drawPerson(picture: Picture, name: string, at: Place, face: Face): void {
  const person = people[alike[name] ?? name]
  if (!person) throw new RangeError(`nobody drew ${name}`)
  const put = (points: readonly Point[]) => placed(points, at.x, at.y, at.scale)
  const pen = { colour: ink, width: Math.max(1, at.scale * 0.035) }
  const paint = (points: readonly Point[], colour: Colour) => fill(picture, put(points), colour, pen)
  const draw = (points: readonly Point[], colour: Colour, width: number) =>
    stroke(picture, put(points), colour, Math.max(1, width * at.scale))

  if (person.bun) paint(ellipse(0, -1.3, 0.42, 0.34), person.hair)
  paint(person.behind, person.hair)
  paint(shoulders, person.coat)
  paint(path('-0.26,0.8 -0.3,1.3 0,1.5 0.3,1.3 0.26,0.8'), person.skin)
  draw(path('-0.42,1.16 0,1.62 0.42,1.16'), person.trim, 0.17)
  for (const side of [-1, 1]) paint(ellipse(side * 0.82, 0.12, 0.13, 0.2), person.skin)
  paint(jaw, person.skin)
  for (const side of [-1, 1]) drawEye(side)
  if (person.lines)
    for (const side of [-1, 1])
      draw(
        [
          [side * 0.3, 0.42],
          [side * 0.4, 0.6],
        ],
        [206, 170, 150],
        0.03,
      )
  draw(path('0.02,0.3 -0.04,0.38'), [190, 140, 120], 0.04)
  drawMouth()
  paint(person.fringe, person.hair)

  function drawEye(side: number): void {
    const x = side * 0.36
    if (face.shut)
      draw(
        [
          [x - 0.17, 0.1],
          [x, 0.16],
          [x + 0.17, 0.1],
        ],
        ink,
        0.06,
      )
    else {
      fill(picture, put(ellipse(x, 0.08, 0.17, 0.22)), [255, 255, 255], pen)
      fill(picture, put(ellipse(x, 0.1, 0.12, 0.18)), person!.eyes)
      fill(picture, put(ellipse(x, 0.12, 0.06, 0.09)), ink)
      fill(picture, put(ellipse(x - 0.05, 0.01, 0.05, 0.06)), [255, 255, 255])
    }
    draw(
      [
        [x - 0.2, -0.24],
        [x + side * 0.02, -0.3],
        [x + 0.2, -0.24],
      ],
      ink,
      0.05,
    )
    if (person!.glasses) {
      const ring = ellipse(x, 0.1, 0.29, 0.27)
      draw([...ring, ring[0]!], [120, 96, 60], 0.04)
    }
  }

  function drawMouth(): void {
    if (face.mouth === 0) draw(path('-0.17,0.6 0,0.63 0.17,0.6'), ink, 0.05)
    else {
      const open = face.mouth === 2
      paint(ellipse(0, open ? 0.64 : 0.61, open ? 0.19 : 0.17, open ? 0.17 : 0.07), [128, 36, 44])
      if (open) fill(picture, put(ellipse(0, 0.73, 0.12, 0.06)), [226, 116, 116])
    }
  }
}
