/** How long captions stay, and what is between them. */
import type { Ms } from '../../terms.ts'
import type { Caption } from '../document.ts'
import { frameAt, frameBefore, framesOf, halfSecond, instantOf } from '../frames.ts'
import { widthOf } from '../width.ts'
import type { Profile } from './profile.ts'
import { type Found, none, type Rule, round, type Scene } from './rule.ts'

const spoken = ['dialogue', 'narration', 'song'] as const
/** Limits are fractions of frames, times are whole milliseconds: one of grace. */
const grace: Ms = 1

export const leastGap = ({ gap }: Profile, { rate }: Scene): Ms =>
  'ms' in gap ? gap.ms : instantOf(gap.frames, rate)

/** A caption that leaves earlier or later, on a frame, if it still stays long enough. */
function until(caption: Caption, end: Ms, profile: Profile): () => Caption | undefined {
  return () =>
    end - caption.start + grace >= Math.min(profile.shortest, caption.end - caption.start)
      ? { ...caption, end }
      : undefined
}

/** As far as a caption may stay: up to the next one, less the gap. */
function wall(next: Caption | undefined, profile: Profile, scene: Scene): Ms {
  if (!next) return Number.POSITIVE_INFINITY
  const { gap } = profile
  return 'ms' in gap
    ? next.start - gap.ms
    : instantOf(frameBefore(next.start, scene.rate) - gap.frames, scene.rate)
}

export const timeRules: readonly Rule[] = [
  {
    name: 'backward',
    severity: 'error',
    says: 'It ends before it begins.',
    mend: 'Set its end.',
    clause: 'Every format',
    find: ({ caption, next }, profile, scene) => {
      const { start, end } = caption
      if (end > start) return none
      const mended = Math.min(start + profile.shortest, wall(next, profile, scene))
      return [
        { amount: start - end + 1, mended: () => (mended > start ? { ...caption, end: mended } : undefined) },
      ]
    },
  },
  {
    name: 'overlap',
    severity: 'error',
    says: 'It is still there for {overlap} ms when the next one comes.',
    mend: 'Let it leave earlier, or set both in one caption.',
    clause: 'Two captions are never on one place',
    kinds: spoken,
    find: ({ caption, next }, profile, scene) => {
      if (!next || next.start >= caption.end || next.start < caption.start || caption.end <= caption.start)
        return none
      return [
        {
          amount: caption.end - next.start,
          figures: { overlap: caption.end - next.start },
          mended: until(caption, wall(next, profile, scene), profile),
        },
      ]
    },
  },
  {
    name: 'gap-short',
    severity: 'warning',
    says: 'The next one comes after {gap} ms, sooner than {limit} ms.',
    mend: 'Let it leave earlier.',
    clause: 'Frame gap',
    kinds: spoken,
    find: ({ caption, next }, profile, scene) => {
      const gap = next ? next.start - caption.end : Number.POSITIVE_INFINITY
      const limit = leastGap(profile, scene)
      if (gap < 0 || gap + grace >= limit) return none
      return [
        {
          amount: limit - gap,
          figures: { gap, limit },
          mended: until(caption, wall(next, profile, scene), profile),
        },
      ]
    },
  },
  {
    name: 'gap-flickers',
    severity: 'warning',
    says: 'A gap of {gap} ms flickers: it is {least} ms, or {limit} ms and more.',
    mend: 'Let it stay until the next one.',
    clause: 'Frame gap: chaining',
    kinds: spoken,
    find: ({ caption, next }, profile, scene) => {
      if (!next || profile.chains === undefined) return none
      const gap = next.start - caption.end
      const limit = profile.chains === 'half' ? instantOf(halfSecond(scene.rate), scene.rate) : profile.chains
      const least = leastGap(profile, scene)
      if (gap <= least + grace || gap + grace >= limit) return none
      return [
        {
          amount: gap - least,
          figures: { gap, least, limit },
          mended: () => ({ ...caption, end: wall(next, profile, scene) }),
        },
      ]
    },
  },
  {
    name: 'too-short',
    severity: 'warning',
    says: 'It stays {duration} ms, less than {limit} ms.',
    mend: 'Let it stay longer, or join it with a neighbour.',
    clause: 'Minimum duration',
    find: ({ caption, next }, profile, scene) => {
      const duration = caption.end - caption.start
      const limit = profile.shortest
      if (duration <= 0 || duration + grace >= limit) return none
      const frames = framesOf(limit, scene.rate)
      const end = Math.min(
        instantOf(frameAt(caption.start, scene.rate) + frames, scene.rate),
        wall(next, profile, scene),
      )
      return [
        {
          amount: limit - duration,
          figures: { duration, limit },
          mended: () => (end > caption.end ? { ...caption, end } : undefined),
        },
      ]
    },
  },
  {
    name: 'too-long',
    severity: 'warning',
    says: 'It stays {duration} ms, more than {limit} ms.',
    mend: 'Split it, or let it leave earlier.',
    clause: 'Maximum duration',
    find: ({ caption, text }, profile, scene) => {
      const duration = caption.end - caption.start
      if (duration <= profile.longest + grace) return none
      const end = instantOf(
        frameAt(caption.start, scene.rate) +
          Math.floor((profile.longest * scene.rate.num) / (1000 * scene.rate.den) + 1e-6),
        scene.rate,
      )
      // Only what nobody is still saying may be cut off.
      const said = scene.speech?.some(span => span.start < caption.end && span.end > end)
      const readable = speedOf(text, end - caption.start, profile) <= profile.speed
      return [
        {
          amount: duration - profile.longest,
          figures: { duration, limit: profile.longest },
          mended: () => (said === false && readable ? { ...caption, end } : undefined),
        },
      ]
    },
  },
  {
    name: 'reading-speed',
    severity: 'warning',
    says: 'There are {cps} characters a second to read, more than {limit}.',
    mend: 'Shorten the text, or let it stay longer.',
    clause: 'Reading speed',
    find: ({ caption, text, next }, profile, scene): readonly Found[] => {
      const cps = speedOf(text, caption.end - caption.start, profile)
      if (caption.end <= caption.start || cps <= profile.speed) return none
      const need =
        frameAt(caption.start + Math.ceil((1000 * charactersOf(text, profile)) / profile.speed), scene.rate) +
        1
      const end = Math.min(instantOf(need, scene.rate), wall(next, profile, scene), caption.end + 500)
      return [
        {
          amount: cps - profile.speed,
          figures: { cps: round(cps), limit: profile.speed },
          mended: () => (end >= instantOf(need, scene.rate) ? { ...caption, end } : undefined),
        },
      ]
    },
  },
  {
    name: 'words-a-minute',
    severity: 'warning',
    says: 'There are {wpm} words a minute to read, more than {limit}.',
    mend: 'Shorten the text, or let it stay longer.',
    clause: 'Reading speed in words',
    find: ({ caption, text }, { words }) => {
      if (words === undefined || caption.end <= caption.start) return none
      const wpm =
        ((text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0) * 60_000) /
        (caption.end - caption.start)
      return wpm > words ? [{ amount: wpm - words, figures: { wpm: Math.round(wpm), limit: words } }] : none
    },
  },
]

export const charactersOf = (text: string, { weigh }: Profile): number =>
  widthOf(text.includes('\n') ? text.replaceAll('\n', '') : text, weigh)
const speedOf = (text: string, duration: Ms, profile: Profile): number =>
  (1000 * charactersOf(text, profile)) / Math.max(1, duration)
