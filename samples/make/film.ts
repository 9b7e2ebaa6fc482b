import { copy, type Picture } from './canvas.ts'
import type { Face, MouthShape } from './people.ts'
import type { Plan } from './plan.ts'
import { type Look, type Scene, scenes } from './scenes.ts'
import { dice, envelope, hertz } from './sound.ts'

/** Every picture of the film in order, two frames each: it is drawn on twos. */
export function* film(plan: Plan, rate: { num: number; den: number }): Generator<Picture> {
  for (const [number, shot] of plan.shots.entries()) {
    const scene = scenes[shot.picture]
    if (!scene) throw new RangeError(`nobody drew ${shot.picture}`)
    const backdrop = scene.backdrop()
    const drawn = new Map<string, Picture>()
    for (let frame = shot.first; frame < shot.end; frame += 2) {
      const look = lookAt(plan, scene, number, frame, (hertz * rate.den) / rate.num)
      const key = JSON.stringify(look)
      const picture = drawn.get(key) ?? copy(backdrop)
      if (!drawn.has(key)) scene.paint(picture, look)
      drawn.set(key, picture)
      yield picture
      yield picture
    }
  }
}

function lookAt(plan: Plan, scene: Scene, number: number, frame: number, perFrame: number): Look {
  const { first, end } = plan.shots[number]!
  const faces = scene.people.map((name, i): [string, Face] => [
    name,
    { mouth: mouthAt(plan, name, number, frame * perFrame, 2 * perFrame), shut: blinks(i, frame) },
  ])
  return {
    faces: Object.fromEntries(faces),
    step: scene.moves ? (frame - first) / 2 : 0,
    light: scene.light?.((frame - first) / (end - first)) ?? 0,
  }
}

/** Closed, half or open, from how loud the speaker's own voice is while the drawing stands. */
function mouthAt(plan: Plan, name: string, shot: number, at: number, samples: number): MouthShape {
  const line = plan.lines.find(
    line =>
      line.speaker === name &&
      line.shot === shot &&
      line.seen &&
      at + samples > line.start * 48 &&
      at < line.end * 48,
  )
  if (!line?.sound) return 0
  const from = Math.max(0, Math.round(at - line.start * 48))
  const part = line.sound.subarray(from, Math.max(from + 1, Math.round(at + samples - line.start * 48)))
  const loud = Math.max(...envelope(part, Math.round(samples / 4)))
  return loud > 0.11 ? 2 : loud > 0.025 ? 1 : 0
}

/** Four frames shut every two to four seconds, another rhythm for everybody. */
function blinks(person: number, frame: number): boolean {
  const roll = dice(Math.floor(frame / 72) * 7 + person)
  const at = Math.floor(roll() * 34) * 2
  return frame % 72 >= at && frame % 72 < at + 4
}
