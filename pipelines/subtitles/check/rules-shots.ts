/** How captions meet what is seen and heard: shot changes, frames, speech. */
import type { Ms, Rate, Span } from '../../terms.ts'
import type { Caption } from '../document.ts'
import { frameAt, halfSecond, instantOf } from '../frames.ts'
import { nearestTo } from '../nearest.ts'
import { inZone, outZone } from '../zones.ts'
import { none, type Rule, round, type Scene } from './rule.ts'

/** Frames from an edge to the nearest shot change; negative when the edge is before it. */
function toShot(
  at: Ms,
  { shots, rate }: Scene,
): { readonly shot: number; readonly distance: number } | undefined {
  const near = nearestTo(at, shots)
  if (near === undefined) return undefined
  const shot = frameAt(near, rate)
  return { shot, distance: frameAt(at, rate) - shot }
}

const gapFrames = 2

/** Frames a second that films and broadcasts run at. TTML writes the broken ones with a multiplier of 1000/1001. */
const rates: readonly Rate[] = [24, 25, 30, 48, 50, 60].flatMap(num =>
  num % 25 === 0
    ? [{ num, den: 1 }]
    : [
        { num, den: 1 },
        { num: num * 1000, den: 1001 },
      ],
)
const sameRate = (a: Rate, b: Rate): boolean => a.num * b.den === b.num * a.den

export const shotRules: readonly Rule[] = [
  {
    name: 'frame-rate',
    severity: 'error',
    says: 'The file counts {rate} frames a second, which no film runs at.',
    mend: 'Write the rate and its multiplier: 24 with 1000/1001 for 23.976.',
    clause: 'Timed text: ttp:frameRate and ttp:frameRateMultiplier',
    kinds: ['dialogue', 'narration'],
    // It is said once, of the first that is spoken.
    find: ({ previous }, _, { counted }) =>
      previous || counted === undefined || rates.some(rate => sameRate(rate, counted))
        ? none
        : [{ figures: { rate: round(counted.num / counted.den, 3) } }],
  },
  {
    name: 'in-near-shot',
    severity: 'warning',
    says: 'It comes {distance} frames from a shot change.',
    mend: 'Let it come with the shot, or well before it.',
    clause: 'Timing to shot changes: in-times',
    find: ({ caption, previous }, { shots }, scene) => {
      const near = shots === 'zones' ? toShot(caption.start, scene) : undefined
      const wanted = near && inZone(near.distance, halfSecond(scene.rate))
      if (near === undefined || wanted === undefined) return none
      const start = instantOf(near.shot + wanted, scene.rate)
      const free = !previous || previous.end <= start || previous.end > caption.start
      return [
        {
          amount: 1,
          figures: { distance: near.distance },
          mended: () => (free && start < caption.end ? { ...caption, start } : undefined),
        },
      ]
    },
  },
  {
    name: 'out-near-shot',
    severity: 'warning',
    says: 'It leaves {distance} frames from a shot change.',
    mend: 'Let it leave two frames before the shot.',
    clause: 'Timing to shot changes: out-times',
    find: ({ caption }, { shots }, scene) => {
      const near = shots === 'zones' ? toShot(caption.end, scene) : undefined
      const wanted = near && outZone(near.distance, halfSecond(scene.rate), gapFrames)
      if (near === undefined || wanted === undefined) return none
      const end = instantOf(near.shot + wanted, scene.rate)
      return [
        {
          amount: 1,
          figures: { distance: near.distance },
          mended: () => (end > caption.start ? { ...caption, end } : undefined),
        },
      ]
    },
  },
  {
    name: 'edge-near-shot',
    severity: 'note',
    says: 'It comes or leaves {distance} ms from a shot change.',
    mend: 'Keep it {limit} ms away, or set it on the change.',
    clause: 'Avoid subtitles that come or go around a cut',
    find: ({ caption }, { shots }, scene) => {
      if (typeof shots !== 'object') return none
      return [caption.start, caption.end].flatMap(edge => {
        const distance = Math.round(
          Math.abs(edge - (nearestTo(edge, scene.shots) ?? Number.NEGATIVE_INFINITY)),
        )
        return distance > 1 && distance < shots.away
          ? [{ amount: 1, figures: { distance, limit: shots.away } }]
          : none
      })
    },
  },
  {
    name: 'off-frame',
    severity: 'note',
    says: 'Its times do not fall on frames.',
    mend: 'Set them on the nearest frames.',
    clause: 'Times are those of frames',
    find: ({ caption }, _, { rate }) => {
      const [starts, ends] = [framesAround(caption.start, rate), framesAround(caption.end, rate)]
      if (starts.includes(caption.start) && ends.includes(caption.end)) return none
      // The nearest first; where that crowds a neighbour, the frame on the other side.
      const ways = starts.flatMap(start =>
        ends.flatMap(end => (end > start ? [{ ...caption, start, end }] : [])),
      )
      return [{ amount: 1, mended: () => ways }]
    },
  },
  {
    name: 'in-off-speech',
    severity: 'note',
    says: 'It comes {distance} frames from where someone begins to speak.',
    mend: 'Let it come with the voice.',
    clause: 'In-times are within three frames of the audio',
    kinds: ['dialogue', 'narration'],
    find: ({ caption }, { shots }, scene) => {
      if (shots !== 'zones' || !scene.speech) return none
      const voice = said(caption, scene.speech)
      if (!voice) return none
      const distance = frameAt(caption.start, scene.rate) - frameAt(voice.start, scene.rate)
      // On a shot change it may wait for the picture, or come with it.
      const excused =
        toShot(caption.start, scene)?.distance === 0 || Math.abs(distance) > 2 * halfSecond(scene.rate)
      return Math.abs(distance) > 3 && !excused ? [{ amount: 1, figures: { distance } }] : none
    },
  },
]

/** The frame edges on both sides of an instant, the nearer first; the instant itself when it is one but for rounding. */
function framesAround(at: Ms, rate: Scene['rate']): readonly Ms[] {
  const near = frameAt(at, rate)
  const edge = instantOf(near, rate)
  if (Math.abs(edge - at) <= 1) return [at]
  return [edge, instantOf(edge > at ? near - 1 : near + 1, rate)]
}

/** The first voice heard while a caption stands that begins about when it does. */
const said = ({ start, end }: Caption, speech: readonly Span[]): Span | undefined =>
  speech.find(span => span.end > start && span.start < end && Math.abs(span.start - start) < 1000)
