/** Episodes that were never spoken: where lines stand, what ears make of them, and what happens to tracks on their way. */
import type { Document } from '../../pipelines/subtitles/document.ts'
import type { Span } from '../../pipelines/terms.ts'
import { chance } from './chance.ts'

/** An episode as it is spoken: lines with short and long pauses between. */
export function episode(seed: number, lines = 160): Span[] {
  const random = chance(seed)
  let at = 5000
  return Array.from({ length: lines }, () => {
    at += random() < 0.15 ? 4000 + random() * 12_000 : 200 + random() * 2500
    const start = Math.round(at)
    at += 600 + random() * 3500
    return { start, end: Math.round(at) }
  })
}

type Ears = { readonly missed?: number; readonly noises?: number; readonly blur?: number }

/** What a detector hears of it: edges off by some hundredths, lines missed, other noises taken for speech. */
export function heard(
  spans: readonly Span[],
  seed: number,
  { missed = 0.08, noises = 0.15, blur = 150 }: Ears = {},
): Span[] {
  const random = chance(seed)
  const off = (range: number) => Math.round((random() + random() - 1) * range)
  const last = spans.at(-1)?.end ?? 0
  const voices = spans
    .filter(() => random() > missed)
    .map(({ start, end }) => ({ start: Math.max(0, start + off(blur)), end: end + off(2 * blur) }))
  const others = spans.slice(0, spans.length * noises).map(() => {
    const start = Math.round(random() * last)
    return { start, end: start + 300 + Math.round(random() * 2500) }
  })
  return [...voices, ...others]
}

export const trackOf = (spans: readonly Span[], texts: readonly string[] = []): Document => ({
  captions: spans.map(({ start, end }, i) => ({
    id: `c${i}`,
    start: Math.round(start),
    end: Math.round(end),
    kind: 'dialogue',
    runs: [{ text: texts[i] ?? 'x', marks: {} }],
  })),
})

export const later = (from: number, by: number) => (span: Span, i: number) =>
  i >= from ? { start: span.start + by, end: span.end + by } : span
export const scaled =
  (ratio: number, by: number) =>
  ({ start, end }: Span) => ({ start: start * ratio + by, end: end * ratio + by })

/** How far off lines are, in order. */
export const errorsOf = (moved: Document | undefined, truth: readonly Span[]): readonly number[] =>
  (moved?.captions ?? [])
    .map(({ start }, i) => Math.abs(start - (truth[i]?.start ?? 0)))
    .sort((a, b) => a - b)

type Fate = {
  readonly track: readonly Span[]
  readonly speech: readonly Span[]
  readonly truth?: readonly Span[]
}
const shortRow = (spans: readonly Span[], by: number) =>
  spans.map(later(0, by)).filter(({ start }) => start >= 0)

/** What may become of a track, by chance. Without a `truth` it belongs nowhere, wholly or in good part. */
export const fates: Readonly<Record<string, (seed: number) => Fate>> = {
  'another episode': seed => ({ track: episode(seed), speech: heard(episode(seed + 5000), seed) }),
  'some lines of another episode': seed => ({
    track: episode(seed, 6 + (seed % 25)),
    speech: heard(episode(seed + 5000, 200), seed),
  }),
  'another episode in which everybody talks': seed => ({
    track: episode(seed, 80),
    speech: heard(episode(seed + 5000, 600).map(scaled(1 / 2, 0)), seed, { missed: 0.05, noises: 0.5 }),
  }),
  'its second half from another episode': seed => {
    const [half, mine, yours] = [episode(seed, 80), episode(seed + 900, 80), episode(seed + 1900, 80)]
    const end = half.at(-1)?.end ?? 0
    return {
      track: [...half, ...mine.map(later(0, end))],
      speech: heard([...half, ...yours.map(later(0, end))], seed),
    }
  },
  'speech without a pause': seed => ({
    track: episode(seed, 100),
    speech: Array.from({ length: 40 }, (_, i) => ({ start: i * 15_000, end: i * 15_000 + 14_000 + seed })),
  }),
  'lines as even as a clock': seed => {
    const even = Array.from({ length: 100 }, (_, i) => ({ start: 5000 + i * 3000, end: 7000 + i * 3000 }))
    return { track: even.map(later(0, seed * 370)), speech: even }
  },
  'an offset': seed => {
    const [random, truth] = [chance(seed), episode(seed, 40 + ((seed * 37) % 200))]
    return { track: truth.map(later(0, random() * 600_000)), speech: heard(truth, seed), truth }
  },
  'some lines of it': seed => {
    const random = chance(seed)
    const [whole, by] = [episode(seed, 200), (random() - 0.5) * 200_000]
    const from = 10 + Math.floor(random() * 150)
    const part = whole.slice(from, from + 8 + Math.floor(random() * 20))
    const truth = part.filter(({ start }) => start + by >= 0)
    return { track: shortRow(part, by), speech: heard(whole, seed), truth }
  },
  'another frame rate': seed => {
    const ratios = [1001 / 1000, 1000 / 1001, 25 / 24, 24 / 25, 25_025 / 24_000, 24_000 / 25_025]
    const truth = episode(seed, 60 + ((seed * 41) % 150))
    return {
      track: truth.map(scaled(1 / (ratios[seed % ratios.length] ?? 1), seed * 613)),
      speech: heard(truth, seed),
      truth,
    }
  },
  'a speed of no table': seed => {
    const truth = episode(seed)
    return { track: truth.map(scaled(1 + (chance(seed)() - 0.5) / 20, 0)), speech: heard(truth, seed), truth }
  },
  advertisements: seed => {
    const [random, truth] = [chance(seed), episode(seed)]
    const cuts = Array.from({ length: 1 + (seed % 4) }, () =>
      later(10 + random() * 140, 15_000 + random() * 120_000),
    )
    return { track: cuts.reduce((now, cut) => now.map(cut), truth), speech: heard(truth, seed), truth }
  },
  'scenes left out': seed => {
    const [random, whole] = [chance(seed), episode(seed)]
    const from = 30 + Math.floor(random() * 80)
    const to = from + 5 + Math.floor(random() * 20)
    const gone = (whole[from]?.start ?? 0) - (whole[to]?.start ?? 0)
    const truth = whole.filter((_, i) => i < from || i >= to)
    return { track: truth.map(later(from, gone)), speech: heard(whole, seed), truth }
  },
  'another frame rate and an advertisement': seed => {
    const [random, truth] = [chance(seed), episode(seed)]
    const cut = later(30 + random() * 100, 20_000 + random() * 90_000)
    return {
      track: truth.map(scaled(seed % 2 ? 24 / 25 : 25 / 24, 0)).map(cut),
      speech: heard(truth, seed),
      truth,
    }
  },
  'bad ears': seed => {
    const truth = episode(seed)
    return {
      track: truth.map(later(0, seed * 977)),
      speech: heard(truth, seed, { missed: 0.3, noises: 0.5, blur: 300 }),
      truth,
    }
  },
}
