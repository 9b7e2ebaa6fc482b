import type { Ms, Word } from '../../terms.ts'
import type { Rough } from './coarse.ts'
import { frameMs } from './mel.ts'
import { cutPieces, type Piece } from './pieces.ts'
import { idleOf, type Ready } from './ready.ts'
import { type Found, inOrder } from './settle.ts'
import type { Stretch } from './states.ts'
import { pathTwice } from './twice.ts'

const costs = { skip: 0.5, skipLine: 0.9 }
/** How far from the coarse times the fine look goes, in frames. */
const reach = 100

/**
 * Finds by 10 ms where lines are said, within a second of where they are thought to be, piece by piece.
 * @param lines those that are looked for; the others are taken not to be said
 * @param rough of all lines; one that is looked for and has none must lie between its neighbours
 * @param wanted of the lines looked for, those whose places are given back
 */
export async function lookFinely(
  ready: Ready,
  lines: readonly number[],
  rough: Rough,
  signal: AbortSignal,
  wanted: (line: number) => boolean = () => true,
): Promise<(Found | undefined)[]> {
  const places: (Found | undefined)[] = ready.lines.map(() => undefined)
  const lengths = ready.lines.map(({ from, to }) => to - from)
  for (const piece of cutPieces(lines, rough, lengths, ready.frames, reach, wanted)) {
    signal.throwIfAborted()
    const found = await lookAt(ready, piece, rough)
    piece.lines.forEach((line, turn) => {
      if (piece.wanted.has(line)) places[line] = found[turn]
    })
  }
  return places
}

async function lookAt(
  { sound, own, loud, way, lines, words, ends }: Ready,
  { lines: chosen, start, end }: Piece,
  rough: Rough,
): Promise<(Found | undefined)[]> {
  const wide = own.wide.frame
  const length = chosen.reduce((sum, line) => sum + (lines[line]?.to ?? 0) - (lines[line]?.from ?? 0), 0)
  const reference = new Float32Array(length * wide)
  const pauses = new Uint8Array(length)
  const stretches: Stretch[] = []
  for (const line of chosen) {
    const { from = 0, to = 0 } = lines[line] ?? {}
    const at = stretches.at(-1)?.to ?? 0
    reference.set(await own.frames(from, to), at * wide)
    pauses.set(ends.subarray(from, to), at)
    stretches.push({ from: at, to: at + to - from })
  }
  const frames = end - start
  const recording = {
    frames,
    features: await sound.frames(start, end),
    idle: idleOf(loud.subarray(start, end), way),
  }
  const near = chosen.map(line => {
    const place = rough[line]
    return place && { start: place.start - start, end: place.end - start }
  })
  const net = { lines: stretches, reference, wide, pauses }
  const path = pathTwice(
    recording,
    net,
    corridorAround(near, stretches, frames),
    { ...costs, stay: way.stay },
    way.fine,
  )
  return readPath(
    path,
    start,
    stretches,
    chosen.map(line => words[line] ?? []),
  )
}

/** States between the lines that are near enough in the coarse look. What it did not find may lie between its neighbours. */
function corridorAround(rough: Rough, lines: readonly Stretch[], frames: number) {
  const starts: number[] = []
  const ends: number[] = []
  let passed = 0
  for (const found of rough) {
    starts.push(found?.start ?? passed)
    ends.push(found?.end ?? passed)
    passed = found?.end ?? passed
  }
  let next = frames
  for (let line = lines.length - 1; line >= 0; line--) {
    if (rough[line]) next = starts[line] ?? next
    else ends[line] = next
  }
  const silences = [0]
  for (const { from, to } of lines) silences.push((silences.at(-1) ?? 0) + to - from + 1)
  const silence = (line: number) => silences[line] ?? 0
  const low = new Int32Array(frames)
  const high = new Int32Array(frames)
  for (let frame = 0, line = 0; frame < frames; frame++) {
    while (line < lines.length && frame > (ends[line] ?? 0) + reach) line++
    low[frame] = silence(line)
  }
  for (let frame = frames - 1, line = lines.length; frame >= 0; frame--) {
    while (line > 0 && frame < (starts[line - 1] ?? 0) - reach) line--
    high[frame] = silence(line) + 1
  }
  return (frame: number): [number, number] => [low[frame] ?? 0, high[frame] ?? 0]
}

/** Where each line lies in the path, and its words in it: a word starts with the first frame that says it. */
function readPath(
  path: Int32Array,
  start: number,
  lines: readonly Stretch[],
  words: readonly (readonly Word[])[],
): (Found | undefined)[] {
  const first = new Int32Array(lines.at(-1)?.to ?? 0).fill(-1)
  const last = new Int32Array(first.length).fill(-1)
  path.forEach((at, frame) => {
    if (at < 0) return
    if (first[at] === -1) first[at] = start + frame
    last[at] = start + frame
  })
  return lines.map(({ from, to }, line) => {
    const said = Array.from({ length: to - from }, (_, at) => from + at).filter(at => (first[at] ?? -1) >= 0)
    const [head, tail] = [said[0], said.at(-1)]
    if (head === undefined || tail === undefined) return undefined
    const begin = (first[head] ?? 0) * frameMs
    const end = ((last[tail] ?? 0) + 1) * frameMs
    const frameAt = (ms: Ms) => from + Math.max(0, Math.min(to - from - 1, Math.round(ms / frameMs)))
    const startOf = (ms: Ms) => {
      const at = said.find(frame => frame >= frameAt(ms))
      return at === undefined ? end : (first[at] ?? 0) * frameMs
    }
    const endOf = (ms: Ms) => {
      const at = said.findLast(frame => frame <= frameAt(ms - frameMs))
      return at === undefined ? begin : ((last[at] ?? 0) + 1) * frameMs
    }
    const timed = (words[line] ?? []).map(word => {
      const at = Math.min(end, startOf(word.start))
      return { text: word.text, start: at, end: Math.max(at, endOf(word.end)) }
    })
    return { start: begin, end, words: inOrder(timed) }
  })
}
