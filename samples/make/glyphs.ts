import { type Colour, type Picture, type Point, path, placed, stroke } from './canvas.ts'

/** The writing on the shop's sign as brush strokes of our own, each on a square of 100, so that no font is needed. */
const glyphs: Readonly<Record<string, string>> = {
  灯: '12,35 20,55/45,30 38,50/28,12 28,45 22,70 6,92/29,58 46,84/52,25 96,25/76,25 76,90 63,82',
  屋: '18,12 86,12 86,32 18,32/18,12 18,50 14,75 4,94/28,46 92,46/54,46 38,62 80,60/68,53 84,67/34,77 86,77/58,65 58,94/24,94 97,94',
  本: '8,28 92,28/50,5 50,97/48,28 33,56 5,77/52,28 67,56 95,77/32,74 68,74',
  日: '22,10 22,94/22,10 78,10 78,94/22,50 78,50/22,90 78,90',
  休: '30,5 22,32 5,53/20,36 20,97/36,32 97,32/66,7 66,97/64,32 54,60 33,83/68,32 78,60 98,81',
  業: '40,4 40,26/60,4 60,26/21,9 28,24/79,9 72,24/8,28 92,28/34,34 38,43/66,34 62,43/14,46 86,46/20,57 80,57/8,68 92,68/50,46 50,98/47,70 32,84 7,95/53,70 68,84 94,95',
}

/** Writes top-left first; `size` is the height of a character in pixels. A full-width space is a gap. */
export function write(
  picture: Picture,
  text: string,
  [x, y]: Point,
  size: number,
  colour: Colour,
  down = false,
): void {
  for (const [i, character] of [...text].entries()) {
    if (character === '　') continue
    const step = size * 1.18 * i
    for (const line of strokesOf(character))
      stroke(
        picture,
        placed(line, x + (down ? 0 : step), y + (down ? step : 0), size / 100),
        colour,
        size * 0.085,
      )
  }
}

function strokesOf(character: string): Point[][] {
  const strokes = glyphs[character]
  if (!strokes) throw new RangeError(`${character} was never drawn`)
  return strokes.split('/').map(path)
}
