import type { Ms, Rate } from '../terms.ts'

/** Size of the grey pictures shots are found in: small enough to forget noise, large enough to know a picture again. */
export const small: { readonly width: number; readonly height: number } = { width: 64, height: 36 }
const pixels = small.width * small.height

/** Differences are in grey levels, 0 to 255. Tuned on generated films and on a trailer cut by hand (see the tests). */
const rule = {
  /** Below it two pictures are the same shot, whatever else; in grey levels. */
  least: 6,
  /** How far a cut stands out of what moves or fades around it. */
  outstanding: 1.8,
  /** Over it the two pictures are the same scene in another light. */
  alike: 0.85,
  /** A picture this much nearer to one from before means that a flash passed, not a cut. */
  returning: 0.5,
  /** How far a flash may reach, and how near two cuts may stand: a quarter of a second. */
  reach: 0.25,
} as const

/** How far the camera may move from one picture to the next and be followed, in pixels of the small picture. */
const followed = { x: 8, y: 4 } as const

type Picture = Uint8Array
/** How a picture differs from another once the camera's movement is taken out: in grey levels, and in shape (a correlation). */
export type Comparison = { readonly difference: number; readonly alike: number }

/**
 * Finds hard cuts in a film of small grey pictures at a constant rate: the instants at which a new shot begins. Pans,
 * flashes, lights that go on and fades are no cuts. It looks a quarter of a second ahead and remembers as much, so
 * its memory does not grow with the film.
 */
export async function findShots(frames: AsyncIterable<Picture>, rate: Rate): Promise<Ms[]> {
  const shots: Ms[] = []
  const reach = Math.max(2, Math.round((rule.reach * rate.num) / rate.den))
  const window: (Seen & { readonly frame: number })[] = []
  let last: { frame: number } | undefined
  let frame = 0

  const judge = (index: number) => {
    const here = window[index]
    if (!here || !isCut(window, index, reach)) return
    const time = Math.round((here.frame * 1000 * rate.den) / rate.num)
    // Of two cuts in a quarter of a second the later begins the shot: the first is a blended or a flashed picture.
    if (last && here.frame - last.frame < reach) shots.pop()
    shots.push(time)
    last = here
  }
  for await (const picture of frames) {
    const before = window.at(-1)
    window.push({ picture, frame, ...(before ? compare(before.picture, picture) : same) })
    frame += 1
    if (window.length > 2 * reach + 2) window.shift()
    if (window.length > reach) judge(window.length - 1 - reach)
  }
  for (let index = Math.max(0, window.length - reach); index < window.length; index += 1) judge(index)
  return shots
}
const same: Comparison = { difference: 0, alike: 1 }

type Seen = Comparison & { readonly picture: Picture }

function isCut(window: readonly Seen[], index: number, reach: number): boolean {
  const here = window[index]
  const before = window[index - 1]
  if (!here || !before || here.difference < rule.least || here.alike > rule.alike) return false
  const around = window.slice(Math.max(1, index - reach), index + reach + 1).filter(seen => seen !== here)
  if (here.difference < rule.outstanding * usual(around.map(seen => seen.difference))) return false
  const earlier = window.slice(Math.max(0, index - reach), index)
  const later = window.slice(index, index + reach + 1)
  const returns = (seen: Seen, from: Seen) => {
    const { difference, alike } = compare(from.picture, seen.picture)
    return difference < rule.returning * here.difference && alike > rule.alike
  }
  return !earlier.some((from, back) =>
    later.slice(0, reach + 2 - (earlier.length - back)).some(seen => returns(seen, from)),
  )
}

/** What most of the differences stay under: a second cut near by does not hide the first. */
function usual(differences: readonly number[]): number {
  const sorted = [...differences].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.7)] ?? 0
}

/** Compares two pictures where either shows something (black bars are left out), at the shift that fits them best. */
export function compare(a: Picture, b: Picture): Comparison {
  const shown = shownBox(a, b)
  const still = differenceAt(a, b, shown, 0, 0)
  if (still < rule.least) return { ...same, difference: still }
  let best = { difference: still, dx: 0, dy: 0 }
  for (let dy = -followed.y; dy <= followed.y; dy += 1)
    for (let dx = -followed.x; dx <= followed.x; dx += 1) {
      const difference = differenceAt(a, b, shown, dx, dy)
      if (difference < best.difference) best = { difference, dx, dy }
    }
  // In another light the levels lead the search astray, so the unmoved pictures are asked as well.
  const alike = Math.max(correlationAt(a, b, shown, best.dx, best.dy), correlationAt(a, b, shown, 0, 0))
  return { difference: best.difference, alike }
}

type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
const whole: Box = { left: 0, right: small.width, top: 0, bottom: small.height }
const black = 16

/** The rows and columns in which one of the pictures is brighter than black; all of them when next to nothing is. */
function shownBox(a: Picture, b: Picture): Box {
  const box = { left: small.width, right: 0, top: small.height, bottom: 0 }
  for (let index = 0; index < pixels; index += 1) {
    if ((a[index] ?? 0) <= black && (b[index] ?? 0) <= black) continue
    const x = index % small.width
    const y = (index - x) / small.width
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x + 1)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y + 1)
  }
  return (box.right - box.left) * (box.bottom - box.top) < pixels / 4 ? whole : box
}

/** The part of the box that both pictures have when `b` is moved by dx, dy. */
const overlap = (box: Box, dx: number, dy: number): Box => ({
  left: Math.max(box.left, box.left - dx),
  right: Math.min(box.right, box.right - dx),
  top: Math.max(box.top, box.top - dy),
  bottom: Math.min(box.bottom, box.bottom - dy),
})

/** Mean absolute difference of a(x, y) and b(x + dx, y + dy). */
function differenceAt(a: Picture, b: Picture, box: Box, dx: number, dy: number): number {
  const { left, right, top, bottom } = overlap(box, dx, dy)
  let sum = 0
  for (let y = top; y < bottom; y += 1) {
    const row = y * small.width
    const moved = (y + dy) * small.width + dx
    for (let x = left; x < right; x += 1) sum += Math.abs((a[row + x] ?? 0) - (b[moved + x] ?? 0))
  }
  return sum / Math.max(1, (right - left) * (bottom - top))
}

/** Pearson's correlation of a(x, y) and b(x + dx, y + dy); 0 when one of them is flat. */
function correlationAt(a: Picture, b: Picture, box: Box, dx: number, dy: number): number {
  const { left, right, top, bottom } = overlap(box, dx, dy)
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0]
  for (let y = top; y < bottom; y += 1)
    for (let x = left; x < right; x += 1) {
      const p = a[y * small.width + x] ?? 0
      const q = b[(y + dy) * small.width + x + dx] ?? 0
      sumA += p
      sumB += q
      sumAA += p * p
      sumBB += q * q
      sumAB += p * q
    }
  const n = (right - left) * (bottom - top)
  const [varA, varB] = [sumAA - (sumA * sumA) / n, sumBB - (sumB * sumB) / n]
  // A standard deviation under 2 levels is a flat picture: its shape is noise.
  if (varA < 4 * n || varB < 4 * n) return 0
  return (sumAB - (sumA * sumB) / n) / Math.sqrt(varA * varB)
}
