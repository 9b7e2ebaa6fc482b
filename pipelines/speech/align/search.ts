import type { Ms, Span } from '../../terms.ts'
import { classes } from '../../visemes/ears.ts'
import { breath } from '../../visemes/phones.ts'
import {
  blocks,
  cepstra,
  coefficients,
  matchBands,
  normalise,
  percentile,
  withMouths,
  withSlopes,
} from './features.ts'
import { bands, frameMs } from './mel.ts'
import { cheapestPath, type Stretch } from './path.ts'
import type { Reference } from './reference.ts'

/** Frames that the coarse look takes as one. */
const coarse = 8
/** What it costs, a frame, to say that nobody says a line: where somebody speaks, and where nobody does. */
const idleCost = { speech: 2, silence: 0.05 }
const coarseCosts = { stay: 0.15, skip: 0.5, skipLine: 0.9, fastest: 3 }
const fineCosts = { stay: 0.2, skip: 0.5, skipLine: 0.9, fastest: 3 }
/** How far from the coarse times the fine look goes. */
const fineReach: Ms = 1000
/** Sound around the detected speech that counts as perhaps spoken. */
const padding: Ms = 300

/** Both sounds as features that can be compared, and what the looks need beside them. */
export type Ready = {
  readonly frames: number
  readonly cepstra: Float32Array
  readonly own: Float32Array
  readonly features: Float32Array
  readonly ownFeatures: Float32Array
  readonly wide: number
  readonly mouths: Mouths | undefined
  readonly activity: readonly Span[]
  readonly loud: Float32Array
  readonly ends: Uint8Array
}
/** Square roots of what the mouth model answers to the recording, and to the reference. */
export type Mouths = { readonly sound: Float32Array; readonly own: Float32Array }

/** Makes both comparable. `sound` and the reference's bands are changed in place. */
export function prepare(
  sound: Float32Array,
  frames: number,
  activity: readonly Span[],
  { mel, frames: length, lines, words }: Reference,
  mouths?: Mouths,
): Ready {
  const speech = marked(activity, frames, 0)
  matchBands(sound, frames, speech, mel, length)
  const loud = loudness(sound, frames, speech)
  if (mouths) quieten(loud, mouths.sound)
  const [soundCepstra, ownCepstra] = [cepstra(sound, frames), cepstra(mel, length)]
  const features = withSlopes(soundCepstra, frames)
  const own = withSlopes(ownCepstra, length)
  const wide = 2 * coefficients
  normalise(features, frames, wide, frame => speech[frame] === 1)
  normalise(own, length, wide, () => true)
  const about = {
    frames,
    cepstra: soundCepstra,
    own: ownCepstra,
    activity,
    loud,
    ends: wordEnds(lines, words),
  }
  if (!mouths) return { ...about, features, ownFeatures: own, wide, mouths }
  return {
    ...about,
    features: withMouths(features, wide, mouths.sound, classes, frames),
    ownFeatures: withMouths(own, wide, mouths.own, classes, length),
    wide: wide + classes,
    mouths,
  }
}

/** For every line the frames in which it is thought to be, or nothing. */
export type Rough = readonly ({ readonly start: number; readonly end: number } | undefined)[]

/**
 * Finds for every 10 ms of the recording which frame of the reference is being said, or −1, within a second of where the
 * lines are thought to be.
 */
export function lookFinely(ready: Ready, lines: readonly Stretch[], rough: Rough): Int32Array {
  const { frames, features, ownFeatures, wide, loud, ends } = ready
  const net = { lines, reference: ownFeatures, wide, pauses: ends }
  const recording = { frames, features, idle: loud.map(idleOf) }
  return cheapestPath(recording, net, corridorAround(rough, lines, frames), fineCosts)
}

/** Finds the lines over blocks of 80 ms, within a tenth of the script around the even pace of speech. */
export function lookCoarsely(
  { frames, cepstra: sound, own, mouths, activity, loud, ends }: Ready,
  lines: readonly Stretch[],
): Rough {
  const kept = blocksOf(marked(activity, frames, padding), frames)
  const stretches: Stretch[] = []
  const ownBlocks: [number, number][] = []
  for (const { from, to } of lines) {
    const first = ownBlocks.length
    for (let at = from; at < to; at += coarse) ownBlocks.push([at, Math.min(to, at + coarse)])
    stretches.push({ from: first, to: ownBlocks.length })
  }
  const spoken = kept.map(([from, to]) => mean(loud, from, to))
  const told = (
    of: Float32Array,
    spans: readonly (readonly [number, number])[],
    mouth: Float32Array | undefined,
    counts: (block: number) => boolean,
  ) => {
    const features = blocks(of, coefficients, spans)
    normalise(features, spans.length, coefficients, counts)
    return mouth
      ? withMouths(features, coefficients, blocks(mouth, classes, spans), classes, spans.length)
      : features
  }
  const features = told(sound, kept, mouths?.sound, block => (spoken[block] ?? 0) > 0.5)
  const reference = told(own, ownBlocks, mouths?.own, () => true)
  const idle = Float32Array.from(spoken, idleOf)
  const pauses = Uint8Array.from(ownBlocks, ([from, to]) => (ends.subarray(from, to).includes(1) ? 1 : 0))

  const states = ownBlocks.length + lines.length + 1
  const reach = Math.max(1500, states * 0.1)
  const all = spoken.reduce((sum, value) => sum + value, 0) || 1
  const paced = new Float64Array(spoken.length)
  for (let block = 1; block < paced.length; block++)
    paced[block] = (paced[block - 1] ?? 0) + (spoken[block - 1] ?? 0)
  const corridor = (block: number): [number, number] => {
    const middle = (states * (paced[block] ?? 0)) / all
    return [Math.floor(middle - reach), Math.ceil(middle + reach)]
  }
  const net = { lines: stretches, reference, wide: coefficients + (mouths ? classes : 0), pauses }
  const path = cheapestPath({ frames: kept.length, features, idle }, net, corridor, coarseCosts)

  const rough: ({ start: number; end: number } | undefined)[] = lines.map(() => undefined)
  let line = 0
  path.forEach((at, block) => {
    if (at < 0) return
    while (line < stretches.length - 1 && at >= (stretches[line]?.to ?? 0)) line++
    const [from, to] = kept[block] ?? [0, 0]
    const known = rough[line]
    rough[line] = { start: known?.start ?? from, end: Math.min(to, from + coarse) }
  })
  return rough
}

/** Blocks over what is perhaps spoken; a long silence is one block. */
function blocksOf(padded: Uint8Array, frames: number): [number, number][] {
  const kept: [number, number][] = []
  for (let at = 0; at < frames; ) {
    let to = Math.min(frames, at + coarse)
    if (!padded[at]) {
      to = at + 1
      while (to < frames && !padded[to]) to++
    }
    kept.push([at, to])
    at = to
  }
  return kept
}

/** States between the lines that are near enough in the coarse look. What it did not find may lie between its neighbours. */
function corridorAround(rough: Rough, lines: readonly Stretch[], frames: number) {
  const reach = fineReach / frameMs
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

const idleOf = (speech: number) => idleCost.silence + (idleCost.speech - idleCost.silence) * speech

/** 0 to 1: how loud a frame is against the speech around, where somebody is heard to speak. */
function loudness(sound: Float32Array, frames: number, speech: Uint8Array): Float32Array {
  const level = Float32Array.from({ length: frames }, (_, frame) =>
    mean(sound, frame * bands, (frame + 1) * bands),
  )
  const spoken = percentile(
    [...level].filter((_, frame) => speech[frame]),
    75,
  )
  const quiet = percentile(
    level.filter((_, frame) => frame % 7 === 0),
    5,
  )
  const threshold = Math.max(spoken - 6, quiet + 0.5)
  return level.map(
    (value, frame) => Math.max(0, Math.min(1, (value - threshold) / 2 + 0.5)) * (speech[frame] ?? 0),
  )
}

/** What is loud where no mouth is heard to speak is music. */
function quieten(loud: Float32Array, mouths: Float32Array): void {
  const speaks = Float32Array.from(
    loud,
    (_, frame) => 1 - (mouths[frame * classes] ?? 0) ** 2 - (mouths[frame * classes + breath] ?? 0) ** 2,
  )
  for (let frame = 0; frame < loud.length; frame++)
    loud[frame] = (loud[frame] ?? 0) * mean(speaks, Math.max(0, frame - 3), Math.min(loud.length, frame + 4))
}

function wordEnds(lines: readonly Stretch[], words: Reference['words']): Uint8Array {
  const ends = new Uint8Array(lines.at(-1)?.to ?? 0)
  lines.forEach(({ from, to }, line) => {
    for (const word of words[line] ?? [])
      ends[Math.min(to - 1, from + Math.max(0, Math.round(word.end / frameMs) - 1))] = 1
  })
  return ends
}

function marked(spans: readonly Span[], frames: number, pad: Ms): Uint8Array {
  const marks = new Uint8Array(frames)
  for (const { start, end } of spans)
    marks.fill(
      1,
      Math.max(0, Math.floor((start - pad) / frameMs)),
      Math.min(frames, Math.ceil((end + pad) / frameMs)),
    )
  return marks
}

function mean(values: Float32Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum += values[at] ?? 0
  return sum / Math.max(1, to - from)
}
