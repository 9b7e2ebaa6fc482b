import type { Span } from '../terms.ts'

/**
 * The rules by which frames become spans of speech; times in frames of 10 ms, levels in decibels. Chosen on four kinds of
 * material (clean and noisy synthetic speech, meetings, a film with music) where neighbours of these values do no better.
 */
export const boundRules = {
  /** A frame is surely speech when the strict detector says so and it stands out of the background by this. */
  strictOver: 4,
  /** It may be speech when the lenient one says so and it stands out by this … */
  lenientOver: 2,
  /** … and a sure frame is no further away than this: breath, a soft ending, the consonant before a vowel. */
  reach: 25,
  /** What is this far under the loudest of the last seconds is its echo, or the detector's own hang-over. */
  under: 35,
  /** The background is never taken to be quieter, nor speech to be quieter than the second: digital silence has hiss. */
  quietest: -70,
  faintest: -66,
  /** Per frame: how fast the background is believed to rise and the loudest to be forgotten. */
  drift: 0.03,
  /** Pauses shorter than this are inside a span. */
  gap: 30,
  /** Spans shorter than this, or with fewer sure frames than that, are clicks and coughs. */
  shortest: 10,
  sure: 5,
} as const

export type Frame = { readonly strict: boolean; readonly lenient: boolean; readonly level: number }

/** Takes frames in order and gives the spans of speech that are complete by then. Its memory does not grow. */
export function openBounds(): { readonly next: (frame: Frame) => Span[]; readonly end: () => Span[] } {
  const rules = boundRules
  let at = 0
  let background = Number.POSITIVE_INFINITY
  let loudest = -100
  let lastSure = Number.NEGATIVE_INFINITY
  /** The lenient frames since the last sure one, as far back as they can reach. */
  let maybe: number[] = []
  let open: { start: number; end: number; sure: number } | undefined

  function close(): Span[] {
    const done = open
    open = undefined
    return done && done.end - done.start >= rules.shortest && done.sure >= rules.sure
      ? [{ start: done.start * 10, end: done.end * 10 }]
      : []
  }

  return {
    next: ({ strict, lenient, level }) => {
      background = Math.min(background + rules.drift, Math.max(level, rules.quietest))
      loudest = Math.max(loudest - rules.drift, level)
      const over = level - background
      const audible = level > rules.faintest && level > loudest - rules.under
      const out: Span[] = []
      if (audible && strict && over > rules.strictOver) {
        const start = maybe.find(frame => frame >= at - rules.reach) ?? at
        if (open && start - open.end >= rules.gap) out.push(...close())
        open = { start: open?.start ?? start, end: at + 1, sure: (open?.sure ?? 0) + 1 }
        lastSure = at
        maybe = []
      } else if (audible && lenient && over > rules.lenientOver) {
        if (open && at - lastSure <= rules.reach) open.end = at + 1
        maybe = [...maybe.filter(frame => frame >= at - rules.reach), at]
      }
      if (open && at - open.end >= rules.gap + rules.reach) out.push(...close())
      at++
      return out
    },
    end: close,
  }
}
