/** A small painter: filled and inked outlines with soft edges, from the distance of each pixel to the outline. */

export type Point = readonly [x: number, y: number]
export type Colour = readonly [red: number, green: number, blue: number]
export type Picture = { readonly width: number; readonly height: number; readonly rgb: Uint8Array }

export const blank = (width: number, height: number): Picture => ({
  width,
  height,
  rgb: new Uint8Array(width * height * 3),
})
export const copy = (picture: Picture): Picture => ({ ...picture, rgb: picture.rgb.slice() })

/** From the top colour to the bottom one. */
export function wash(picture: Picture, top: Colour, bottom: Colour): void {
  for (let y = 0; y < picture.height; y++)
    for (let x = 0; x < picture.width; x++)
      for (let c = 0; c < 3; c++)
        picture.rgb[(y * picture.width + x) * 3 + c] = mix(top[c]!, bottom[c]!, y / (picture.height - 1))
}

/** Fills a closed outline; `ink` draws its edge, that many pixels wide. */
export function fill(picture: Picture, outline: readonly Point[], colour: Colour, ink?: Ink): void {
  const reach = (ink?.width ?? 0) / 2 + 1
  eachPixel(picture, outline, reach, (at, x, y) => {
    const distance = inside(outline, x, y) ? -toEdge(outline, x, y, true) : toEdge(outline, x, y, true)
    blend(picture, at, colour, cover(-distance))
    if (ink) blend(picture, at, ink.colour, cover(ink.width / 2 - Math.abs(distance)))
  })
}
export type Ink = { readonly colour: Colour; readonly width: number }

/** Draws an open line with round ends. */
export function stroke(picture: Picture, line: readonly Point[], colour: Colour, width: number): void {
  eachPixel(picture, line, width / 2 + 1, (at, x, y) =>
    blend(picture, at, colour, cover(width / 2 - toEdge(line, x, y, false))),
  )
}

/** Adds light around a point, fading to nothing at `radius`. */
export function glow(
  picture: Picture,
  [cx, cy]: Point,
  radius: number,
  colour: Colour,
  strength: number,
): void {
  const box: Point[] = [
    [cx - radius, cy - radius],
    [cx + radius, cy + radius],
  ]
  eachPixel(picture, box, 0, (at, x, y) => {
    const share = Math.max(0, 1 - Math.hypot(x - cx, y - cy) / radius) ** 2 * strength
    for (let c = 0; c < 3; c++)
      picture.rgb[at + c] = Math.min(255, Math.round(picture.rgb[at + c]! + colour[c]! * share))
  })
}

/** Points as SVG writes them: `0,0 10,5`. */
export const path = (points: string): Point[] =>
  points.split(' ').map(point => {
    const [x, y] = point.split(',')
    return [Number(x), Number(y)]
  })

/** The closed outline of an ellipse, turned by `turn` radians. */
export function ellipse(cx: number, cy: number, rx: number, ry: number, turn = 0): Point[] {
  const corners = Math.max(12, Math.round(Math.max(rx, ry)))
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners
    const [x, y] = [rx * Math.cos(angle), ry * Math.sin(angle)]
    return [cx + x * Math.cos(turn) - y * Math.sin(turn), cy + x * Math.sin(turn) + y * Math.cos(turn)]
  })
}

/** A closed smooth outline through the points (Catmull-Rom). */
export function curve(points: readonly Point[], steps = 6): Point[] {
  const at = (i: number) => points[(i + points.length) % points.length]!
  return points.flatMap((_, i) =>
    Array.from({ length: steps }, (_, s): Point => {
      const t = s / steps
      const along = (axis: 0 | 1) => {
        const [a, b, c, d] = [at(i - 1)[axis], at(i)[axis], at(i + 1)[axis], at(i + 2)[axis]]
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
      }
      return [along(0), along(1)]
    }),
  )
}

/** The same points, scaled and then moved. */
export const placed = (points: readonly Point[], x: number, y: number, scale: number): Point[] =>
  points.map(([px, py]) => [x + px * scale, y + py * scale])

function eachPixel(
  { width, height }: Picture,
  points: readonly Point[],
  reach: number,
  paint: (at: number, x: number, y: number) => void,
): void {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [left, right] = [
    Math.max(0, Math.floor(Math.min(...xs) - reach)),
    Math.min(width - 1, Math.ceil(Math.max(...xs) + reach)),
  ]
  const [top, bottom] = [
    Math.max(0, Math.floor(Math.min(...ys) - reach)),
    Math.min(height - 1, Math.ceil(Math.max(...ys) + reach)),
  ]
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) paint((y * width + x) * 3, x + 0.5, y + 0.5)
}

function toEdge(points: readonly Point[], x: number, y: number, closed: boolean): number {
  let least = Infinity
  for (let i = closed ? 0 : 1; i < points.length; i++) {
    const [ax, ay] = points[(i + points.length - 1) % points.length]!
    const [bx, by] = points[i]!
    const [dx, dy] = [bx - ax, by - ay]
    const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
    least = Math.min(least, (ax + t * dx - x) ** 2 + (ay + t * dy - y) ** 2)
  }
  return Math.sqrt(least)
}

/** Even-odd rule. */
function inside(points: readonly Point[], x: number, y: number): boolean {
  let odd = false
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [ax, ay] = points[i]!
    const [bx, by] = points[j]!
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) odd = !odd
  }
  return odd
}

const cover = (depth: number) => Math.min(1, Math.max(0, depth + 0.5))
const mix = (from: number, to: number, share: number) => Math.round(from + (to - from) * share)
function blend({ rgb }: Picture, at: number, colour: Colour, share: number): void {
  if (share <= 0) return
  for (let c = 0; c < 3; c++) rgb[at + c] = mix(rgb[at + c]!, colour[c]!, share)
}
