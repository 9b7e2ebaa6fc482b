import type { MouthShape, Rate } from '../../terms.ts'
import type { Preset } from './presets.ts'

/** A drawing held from its frame to the next exposure's. */
export type Exposure = { readonly frame: number; readonly drawing: string }
/** What is drawn, frame by frame. Exposures are in order, the first at frame 0, no two neighbours alike. */
export type Sheet = {
  readonly rate: Rate
  readonly frames: number
  readonly rest: string
  /** The set's drawings in their order, which is how time sheets number them. */
  readonly drawings: readonly string[]
  readonly exposures: readonly Exposure[]
}
export type SheetWish = {
  readonly rate: Rate
  readonly preset: Preset
  /** On ones, twos or threes, and frames of lead, when they differ from the preset's. */
  readonly on?: 1 | 2 | 3
  readonly lead?: number
}

/** A pause shorter than this is no pause: the mouth stays as it is (Rhubarb's rule, 12 cs). */
const breath = 120
/** A mouth opens before it sounds: out of a rest by up to 60 ms (Rhubarb's rule, 6 cs). */
const opensEarly = 60
/**
 * The sheet of a stretch of mouth shapes, which starts at frame 0: every block of `on` frames shows the drawing it is
 * filled with most, or lips that meet in it; what is seen for too short a time is taken up by a neighbour, or, if lips meet in it, takes a frame
 * from one. Linear in the shapes.
 */
export function sheetOf(shapes: readonly MouthShape[], wish: SheetWish): Sheet {
  const { rate, preset } = wish
  const [on, lead] = [wish.on ?? preset.on, wish.lead ?? preset.lead]
  const origin = shapes[0]?.start ?? 0
  const frameMs = (1000 * rate.den) / rate.num
  const length = (shapes.at(-1)?.end ?? origin) - origin
  const frames = Math.max(1, Math.ceil(length / frameMs - 1e-6))
  const held = anticipated(drawn(shapes, preset, origin), preset)
  const blocks: string[] = []
  let at = 0
  for (let block = 0; block * on < frames; block++) {
    const [start, end] = [(block * on + lead) * frameMs, ((block + 1) * on + lead) * frameMs]
    while (at + 1 < held.length && (held[at]?.end ?? 0) <= start) at++
    blocks.push(fullest(held, at, start, end, preset))
  }
  const least = Math.max(1, Math.ceil(Math.ceil(preset.hold / frameMs) / on))
  const { rest, drawings } = preset
  return { rate, frames, rest, drawings, exposures: exposed(steadied(runsOf(blocks), least, preset), on) }
}

type Held = { start: number; end: number; readonly drawing: string }

/** Shapes as drawings, neighbours joined, short rests between two sounds passed over. */
function drawn(shapes: readonly MouthShape[], preset: Preset, origin: number): Held[] {
  const held: Held[] = []
  for (const [index, shape] of shapes.entries()) {
    const inside = index > 0 && index < shapes.length - 1
    const passed = shape.viseme === 'sil' && inside && shape.end - shape.start < breath
    const before = held.at(-1)
    const drawing = passed && before ? before.drawing : preset.drawingOf(shape)
    if (before?.drawing === drawing) before.end = shape.end - origin
    else held.push({ start: shape.start - origin, end: shape.end - origin, drawing })
  }
  return held
}

function anticipated(held: readonly Held[], { rest }: Preset): readonly Held[] {
  for (const [index, one] of held.entries()) {
    const before = held[index - 1]
    if (before?.drawing !== rest || one.drawing === rest) continue
    const early = Math.min(opensEarly, Math.floor((before.end - before.start) / 2))
    before.end -= early
    one.start -= early
  }
  return held
}

function fullest(held: readonly Held[], from: number, start: number, end: number, preset: Preset): string {
  const weights = new Map<string, number>()
  for (let index = from; index < held.length; index++) {
    const one = held[index]
    if (!one || one.start >= end) break
    const time = Math.min(one.end, end) - Math.max(one.start, start)
    if (time <= 0) continue
    // Lips that meet are seen in the frame of their middle, however short: else `b` and `m` vanish at 8 or 12 a second.
    const middle = (one.start + one.end) / 2
    if (preset.closures.includes(one.drawing) && middle >= start && middle < end) return one.drawing
    weights.set(one.drawing, (weights.get(one.drawing) ?? 0) + time)
  }
  let best = preset.rest
  let most = 0
  for (const [drawing, weight] of weights) if (weight > most) [best, most] = [drawing, weight]
  return best
}

type Run = { readonly drawing: string; blocks: number }

function runsOf(blocks: readonly string[]): Run[] {
  const runs: Run[] = []
  for (const drawing of blocks) {
    const last = runs.at(-1)
    if (last?.drawing === drawing) last.blocks++
    else runs.push({ drawing, blocks: 1 })
  }
  return runs
}

/** One walk: a run that is too short is given the block it lacks (a closure) or given away (anything else). */
function steadied(runs: readonly Run[], least: number, { closures }: Preset): Run[] {
  const out: Run[] = []
  const push = (run: Run) => {
    const last = out.at(-1)
    if (run.blocks <= 0) return
    if (last?.drawing === run.drawing) last.blocks += run.blocks
    else out.push(run)
  }
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index] as Run
    const [before, after] = [out.at(-1), runs[index + 1]]
    const lacks = least - run.blocks
    if (lacks <= 0) push(run)
    else if (closures.includes(run.drawing) && (before || after)) {
      const fromAfter = after && after.blocks > lacks ? lacks : 0
      if (after) after.blocks -= fromAfter
      const fromBefore = before && before.blocks > lacks - fromAfter ? lacks - fromAfter : 0
      if (before) before.blocks -= fromBefore
      push({ drawing: run.drawing, blocks: run.blocks + fromAfter + fromBefore })
    } else if (before && (!after || before.blocks >= after.blocks)) before.blocks += run.blocks
    else if (after) after.blocks += run.blocks
    else push(run)
  }
  return out
}

function exposed(runs: readonly Run[], on: number): readonly Exposure[] {
  let block = 0
  return runs.map(({ drawing, blocks }) => {
    const frame = block * on
    block += blocks
    return { frame, drawing }
  })
}
