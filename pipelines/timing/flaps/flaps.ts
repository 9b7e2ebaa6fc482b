import type { FlapShape, LineSight, Ms, Rate, SeenMouth, ShotFlaps, Span } from '../../terms.ts'
import { changesOf, placeOf } from './find.ts'
import { areaOf, type Box, type Picture, type Size } from './picture.ts'
import { cameraPath, steadied } from './steady.ts'
import { watch } from './watch.ts'

/** A line as the picture is asked about it: when it is said and by whom. */
export type Heard = Span & { readonly id: string; readonly speaker?: string }

export type Film = {
  readonly pictures: AsyncIterable<Picture>
  readonly size: Size
  readonly rate: Rate
  /** Instants at which a new shot begins, in order. */
  readonly shots: readonly Ms[]
}

/**
 * A place scores 0.3 to 1.7 where a mouth is drawn and under 0.15 where hair sways, eyes blink or a camera moves, on
 * drawn clips with known truth (`npm run bench`).
 */
const isMouth = 0.25
/** Longer shots are looked at in pieces, so that memory stays what one piece takes: 20 s at 24 a second is 28 MB. */
const longest = 480
/** A shot shorter than this is over before a flap can be told from a blink. */
const shortest = 12
/** What is heard may be drawn a little earlier or later than it sounds. */
const slack = 80
const names = ['closed', 'half', 'open'] as const

/**
 * What the drawn mouths of a film do while its lines are said, shot by shot, as the pictures come. Where none is found
 * a line is `unseen`, and where the shot has too little silence or speech to tell, `unsure`. Memory is one shot's.
 */
export async function* findFlaps(film: Film, lines: readonly Heard[]): AsyncGenerator<ShotFlaps, void> {
  const msOf = (frame: number) => Math.round((frame * 1000 * film.rate.den) / film.rate.num)
  const cuts = [...film.shots]
  let piece: Picture[] = []
  let first = 0
  let frame = 0
  for await (const picture of film.pictures) {
    const cut = cuts[0] !== undefined && msOf(frame) >= cuts[0]
    if (cut) cuts.shift()
    if (piece.length > 0 && (cut || piece.length >= longest)) {
      yield inShot(piece, first, film, lines)
      piece = []
      first = frame
    }
    piece.push(Uint8Array.from(picture))
    frame++
  }
  if (piece.length > 0) yield inShot(piece, first, film, lines)
}

function inShot(
  pictures: readonly Picture[],
  first: number,
  { size, rate }: Film,
  lines: readonly Heard[],
): ShotFlaps {
  const msOf = (frame: number) => Math.round((frame * 1000 * rate.den) / rate.num)
  const span = { start: msOf(first), end: msOf(first + pictures.length) }
  const here = lines.filter(line => line.start < span.end && line.end > span.start)
  if (here.length === 0) return { ...span, mouths: [], lines: {} }
  if (pictures.length < shortest) return { ...span, mouths: [], lines: sights(here, () => 'unsure') }

  const path = cameraPath(pictures, size)
  const steady = pictures.map((picture, index) => steadied(picture, path[index] ?? { x: 0, y: 0 }, size))
  const changes = changesOf(steady, size)
  const fps = rate.num / rate.den
  const speakers = [...new Set(here.map(({ speaker }) => speaker))]
  const found = speakers.map(speaker => {
    const speaks = speaking(pictures.length, frame => msOf(first + frame), here, speaker)
    return { speaker, speaks, place: placeOf(changes, { speaks, fps }, size) }
  })
  const shown = found.filter(({ place }, index) => {
    if (!place || place.score < isMouth) return false
    // Two who would speak with one mouth: whom it moves with more has it.
    return !found.some(
      ({ place: other }, at) =>
        at !== index && other && overlap(other.box, place.box) > 0.5 && other.score > place.score,
    )
  })
  const mouths = shown.map(({ speaker, speaks, place }): SeenMouth => {
    const { box, score } = place as NonNullable<typeof place>
    const { shapes } = watch(steady, speaks, box, size)
    return {
      ...(speaker !== undefined && { speaker }),
      box: inPicture(box, path[0] ?? { x: 0, y: 0 }, size),
      score: Math.round(score * 100) / 100,
      shapes: runs(shapes, frame => msOf(first + frame)),
    }
  })
  const sight = ({ speaker }: Heard): LineSight => {
    if (mouths.some(mouth => mouth.speaker === speaker)) return 'seen'
    return found.find(one => one.speaker === speaker)?.place ? 'unseen' : 'unsure'
  }
  return { ...span, mouths, lines: sights(here, line => told(line, sight(line), found)) }
}

/** Nothing stirred at all is an answer too, if there was silence to hold it against; without silence it is none. */
function told(
  line: Heard,
  sight: LineSight,
  found: readonly { speaker?: string; speaks: Int8Array }[],
): LineSight {
  if (sight !== 'unsure') return sight
  const speaks = found.find(({ speaker }) => speaker === line.speaker)?.speaks ?? new Int8Array()
  const [on, off] = [speaks.filter(one => one > 0).length, speaks.filter(one => one < 0).length]
  return on >= shortest && off >= shortest / 2 ? 'unseen' : 'unsure'
}

function sights(
  lines: readonly Heard[],
  of: (line: Heard) => LineSight,
): Readonly<Record<string, LineSight>> {
  return Object.fromEntries(lines.map(line => [line.id, of(line)]))
}

function speaking(
  frames: number,
  msOf: (frame: number) => Ms,
  lines: readonly Heard[],
  speaker: string | undefined,
) {
  const speaks = new Int8Array(frames).fill(-1)
  for (let frame = 0; frame < frames; frame++) {
    const at = msOf(frame)
    for (const line of lines) {
      if (line.speaker === speaker && line.start <= at && at < line.end) speaks[frame] = 1
      else if (line.start - slack <= at && at < line.end + slack && speaks[frame] !== 1) speaks[frame] = 0
    }
  }
  return speaks
}

function overlap(one: Box, other: Box): number {
  const both = {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  }
  const least = Math.min(areaOf(one), areaOf(other))
  return both.right > both.left && both.bottom > both.top && least > 0 ? areaOf(both) / least : 0
}

/** As fractions of the picture at the shot's start. */
const inPicture = (
  { left, top, right, bottom }: Box,
  { x, y }: { x: number; y: number },
  { width, height }: Size,
) => ({
  left: (left + x) / width,
  top: (top + y) / height,
  width: (right - left) / width,
  height: (bottom - top) / height,
})

function runs(shapes: Uint8Array, msOf: (frame: number) => Ms): readonly FlapShape[] {
  const out: { start: Ms; end: Ms; shape: FlapShape['shape'] }[] = []
  for (const [frame, code] of shapes.entries()) {
    const shape = names[code] ?? 'closed'
    const last = out.at(-1)
    if (last?.shape === shape) last.end = msOf(frame + 1)
    else out.push({ start: msOf(frame), end: msOf(frame + 1), shape })
  }
  return out
}
