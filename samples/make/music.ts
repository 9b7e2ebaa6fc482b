import { beat, type Plan } from './plan.ts'
import { dice, hertz, lay, type Stereo, silence } from './sound.ts'
import type { Note } from './voice.ts'

/** D, B minor, G, A: two octaves under the music box, in hertz. */
const chords = [
  [146.83, 185, 220],
  [123.47, 146.83, 185],
  [98, 146.83, 196],
  [110, 164.81, 220],
] as const
const scale = [293.66, 329.63, 369.99, 440, 493.88, 587.33]

/** Music and effects for the story about the lantern, without a voice in it. */
export function lanternBed(plan: Plan, tune: readonly Note[]): Stereo {
  const bed = silence(plan.samples)
  const roll = dice(20)
  const songs = plan.lines.filter(line => line.kind === 'song')
  const from = (songs[0]?.start ?? 0) * 48
  const until = from + tune.reduce((beats, note) => beats + note.beats, 0) * beat
  const last = plan.samples - hertz * 4.2

  // A chord every four seconds; the song brings its own.
  for (let at = hertz * 0.2, i = 0; at < last; at += hertz * 4, i++)
    if (at + 4 * hertz < from || at > until)
      for (const [n, tone] of chords[i % 4]!.entries()) lay(bed, pad(tone, 4), at, 0.011, (n - 1) * 0.5)
  // The music box wanders over the scale, and rests while the song is sung.
  for (let at = hertz * 0.6; at < last; at += hertz * 0.5)
    if (roll() < 0.5 && (at + hertz * 1.6 < from || at > until))
      lay(bed, pluck(scale[Math.floor(roll() * scale.length)]!, 1.6), at, 0.018, roll() - 0.5)

  let at = from
  for (const note of tune) {
    lay(bed, pluck(note.hertz * 2, 1.4), at, 0.03, 0.2)
    at += note.beats * beat
  }
  for (let bar = 0; bar < 8; bar++)
    for (const tone of chords[[0, 1, 2, 0][bar % 4]!]!)
      lay(bed, pad(tone, 4 * (beat / hertz)), from + bar * 4 * beat, 0.014)

  effects(bed, plan, roll)
  return bed
}

function effects(bed: Stereo, { shots, lines }: Plan, roll: () => number): void {
  const sample = (frame: number) => frame * 2002
  const shot = (picture: string) => shots.find(one => one.picture === picture)
  for (let at = 0; at < bed.left.length - hertz; at += hertz * (0.7 + roll() * 0.9))
    lay(bed, cricket(), at, 0.004, roll() * 1.6 - 0.8)
  const hill = shot('hill')
  if (hill)
    for (let at = hertz * 0.3; at < sample(hill.end) - hertz * 0.3; at += hertz * 0.333)
      lay(bed, thump(95, 0.12, roll), at, 0.05, -0.2)
  const pair = shot('pair')
  if (pair) lay(bed, slidingDoor(roll), sample(pair.end) - hertz * 1.15, 0.05, 0.5)
  const lit = shot('glow')
  if (lit)
    for (const [i, tone] of [587.33, 739.99, 880, 1174.66].entries())
      lay(bed, pluck(tone, 1.8), sample(lit.first) + hertz * (0.25 + i * 0.14), 0.06, i / 3 - 0.5)
  const festival = shot('festival')
  const end = lines.at(-1)?.end ?? 0
  if (festival)
    for (let at = sample(festival.first) + hertz * 0.2, i = 0; at < end * 48 + hertz; at += hertz * 0.6, i++)
      lay(bed, thump(i % 4 === 3 ? 110 : 72, 0.4, roll), at, 0.035, -0.4)
}

/** A quiet tune for the tiny sample: four notes, again and again. */
export function helloBed({ samples }: Plan): Stereo {
  const bed = silence(samples)
  for (let i = 0, at = 0; at < samples - hertz * 1.5; i++, at += hertz * 0.5)
    lay(bed, pluck([261.63, 329.63, 392, 329.63][i % 4]!, 1.4), at, 0.012, (i % 3) / 3 - 0.3)
  return bed
}

const tone = (seconds: number, at: (t: number) => number): Float32Array =>
  Float32Array.from({ length: Math.round(seconds * hertz) }, (_, i) => at(i / hertz))
const wave = (height: number, t: number) => Math.sin(2 * Math.PI * height * t)
/** Up in 4 ms and down in 30, so that nothing clicks. */
const soft = (t: number, seconds: number) => Math.min(1, t / 0.004, (seconds - t) / 0.03)

const pluck = (height: number, seconds: number) =>
  tone(
    seconds,
    t =>
      soft(t, seconds) *
      (wave(height, t) * Math.exp(-3 * t) +
        0.35 * wave(height * 2, t) * Math.exp(-5 * t) +
        0.12 * wave(height * 5.4, t) * Math.exp(-14 * t)),
  )
const pad = (height: number, seconds: number) =>
  tone(
    seconds,
    t =>
      Math.sin((Math.PI * t) / seconds) *
      (wave(height, t) + 0.5 * wave(height * 2.003, t) + 0.25 * wave(height * 2.997, t)),
  )
const cricket = () =>
  tone(0.32, t => soft(t, 0.32) * wave(4200, t) * Math.max(0, wave(22, t)) * Math.sin((Math.PI * t) / 0.32))
const thump = (height: number, seconds: number, roll: () => number) =>
  tone(seconds, t => soft(t, seconds) * Math.exp(-18 * t) * (wave(height, t) + 0.3 * (roll() - 0.5)))
function slidingDoor(roll: () => number): Float32Array {
  let smooth = 0
  return tone(0.9, t => {
    smooth += 0.15 * (roll() - 0.5 - smooth)
    return soft(t, 0.9) * smooth * 3 * (0.6 + 0.4 * wave(19, t))
  })
}
