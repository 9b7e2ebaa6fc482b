import type { ShotFlaps } from '../../pipelines/terms.ts'
import { findFlaps } from '../../pipelines/timing/flaps/flaps.ts'
import { type Picture, small } from '../../pipelines/timing/flaps/picture.ts'
import { type Clip, canvas, draw, fps, type Told, tell } from './cel.ts'

export type Judged = {
  readonly clip: string
  /** Of every drawn speaker: share of pictures read right as open or closed, and of all three shapes. */
  readonly right: Readonly<
    Record<string, { readonly open: number; readonly shape: number; readonly score: number }>
  >
  /** Lines told rightly to be on or off the screen. */
  readonly sights: number
  readonly flaps: readonly ShotFlaps[]
}

/** Halves a picture: the mean of 2 × 2. */
export function halved(picture: Uint8Array): Picture {
  const out = new Uint8Array(small.width * small.height)
  for (let y = 0, at = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++, at++) {
      const corner = 2 * y * canvas.width + 2 * x
      const sum =
        (picture[corner] ?? 0) +
        (picture[corner + 1] ?? 0) +
        (picture[corner + canvas.width] ?? 0) +
        (picture[corner + canvas.width + 1] ?? 0)
      out[at] = (sum + 2) >> 2
    }
  return out
}

export async function judge(
  clip: Clip,
  seed: number,
  pictures: (clip: Clip, told: Told, seed: number) => AsyncIterable<Picture> = drawn,
): Promise<Judged> {
  const told = tell(clip, seed)
  const film = { pictures: pictures(clip, told, seed), size: small, rate: { num: fps, den: 1 }, shots: [] }
  const flaps: ShotFlaps[] = []
  for await (const shot of findFlaps(film, told.lines)) flaps.push(shot)
  const right: Record<string, { open: number; shape: number; score: number }> = {}
  for (const [name, truth] of told.mouths) {
    if (!told.lines.some(({ speaker }) => speaker === name)) continue
    const mouth = flaps.flatMap(({ mouths }) => mouths).find(({ speaker }) => speaker === name)
    let [open, shape] = [0, 0]
    for (const [frame, shown] of truth.entries()) {
      const at = Math.round((frame * 1000) / fps)
      const read = mouth?.shapes.find(({ start, end }) => start <= at && at < end)?.shape
      if (!read) continue
      if ((read !== 'closed') === shown > 0) open++
      if (read === (['closed', 'half', 'open'] as const)[shown]) shape++
    }
    right[name] = { open: open / truth.length, shape: shape / truth.length, score: mouth?.score ?? 0 }
  }
  const told_ = told.lines.map(({ id, speaker }) => {
    const sight = told.mouths.has(speaker) ? 'seen' : 'unseen'
    return (
      flaps.some(({ lines }) => lines[id] === sight) &&
      flaps.every(({ lines }) => (lines[id] ?? sight) === sight)
    )
  })
  return { clip: clip.name, right, sights: told_.filter(Boolean).length / told_.length, flaps }
}

export async function* drawn(clip: Clip, told: Told, seed: number): AsyncIterable<Picture> {
  for (const picture of draw(clip, told, seed)) yield halved(picture)
}
