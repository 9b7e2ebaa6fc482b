import { chance } from './chance.ts'

/** A drawn clip with its truth: who speaks when, and what each mouth shows in every picture. */
export type Clip = {
  readonly name: string
  readonly seconds: number
  /** How the camera moves a second, in pixels; by how much it has come nearer at the end. */
  readonly pan?: number
  readonly zoom?: number
  /** How far heads bob, in pixels. */
  readonly bob?: number
  readonly hair?: boolean
  /** Something that passes before the characters. */
  readonly passes?: boolean
  /** Who stands where in the picture, from 0 to 1; a voice whose owner is not drawn stands nowhere. */
  readonly cast: readonly { readonly name: string; readonly x?: number; readonly size?: number }[]
}
export type Mouth = 0 | 1 | 2
export type Told = {
  readonly lines: readonly { id: string; speaker: string; start: number; end: number }[]
  readonly mouths: ReadonlyMap<string, readonly Mouth[]>
}

export const canvas = { width: 640, height: 360 } as const
export const fps = 24

/** The clips by which flaps are judged: as many ways to be misled as facts name. */
export const clips: readonly Clip[] = [
  { name: 'still', seconds: 18, cast: [{ name: 'A', x: 0.5 }] },
  { name: 'hair', seconds: 18, hair: true, cast: [{ name: 'A', x: 0.5 }] },
  { name: 'pan', seconds: 18, pan: 12, hair: true, cast: [{ name: 'A', x: 0.4 }] },
  { name: 'zoom', seconds: 18, zoom: 0.25, cast: [{ name: 'A', x: 0.5 }] },
  { name: 'bob', seconds: 18, bob: 6, hair: true, cast: [{ name: 'A', x: 0.5 }] },
  {
    name: 'two speakers',
    seconds: 18,
    hair: true,
    cast: [
      { name: 'A', x: 0.3 },
      { name: 'B', x: 0.7 },
    ],
  },
  {
    name: 'two and a pan',
    seconds: 18,
    pan: 8,
    cast: [
      { name: 'A', x: 0.3 },
      { name: 'B', x: 0.7 },
    ],
  },
  { name: 'something passes', seconds: 18, passes: true, cast: [{ name: 'A', x: 0.5 }] },
  { name: 'small', seconds: 18, hair: true, cast: [{ name: 'A', x: 0.5, size: 0.6 }] },
  { name: 'off screen', seconds: 18, hair: true, cast: [{ name: 'A' }, { name: 'B', x: 0.5 }] },
  {
    name: 'off screen, bobbing',
    seconds: 18,
    bob: 4,
    hair: true,
    cast: [{ name: 'A' }, { name: 'B', x: 0.5 }],
  },
]

type Lines = Told['lines']

/** Lines of 1 to 2.5 s by turns, silence between. */
function turns(clip: Clip, next: () => number): Lines {
  const lines: Lines[number][] = []
  // In the clips off screen the character who is drawn listens.
  const speakers = clip.cast.some(({ x }) => x === undefined) ? clip.cast.slice(0, 1) : clip.cast
  for (let at = 700; at < clip.seconds * 1000 - 2800; ) {
    const speaker = speakers[lines.length % speakers.length]?.name ?? ''
    const end = Math.round(at + 1000 + next() * 1500)
    lines.push({ id: `line ${lines.length}`, speaker, start: at, end })
    at = Math.round(end + 500 + next() * 1200)
  }
  return lines
}

/** Mouths that flap at random on twos to fours while their lines are said, as television does. */
export function tell(clip: Clip, seed: number, given?: Lines): Told {
  const next = chance(seed)
  const lines = given ?? turns(clip, next)
  const frames = clip.seconds * fps
  const mouths = new Map<string, Mouth[]>()
  for (const { name, x } of clip.cast) {
    if (x === undefined) continue
    const shown: Mouth[] = []
    while (shown.length < frames) {
      const at = (shown.length * 1000) / fps
      const speaks = lines.some(line => line.speaker === name && line.start <= at && at < line.end)
      const before = shown.at(-1) ?? 0
      const shape: Mouth = speaks ? (((before + 1 + Math.floor(next() * 2)) % 3) as Mouth) : 0
      const hold = speaks ? 2 + Math.floor(next() * 3) : 1
      for (let frame = 0; frame < hold && shown.length < frames; frame++) {
        const now = (shown.length * 1000) / fps
        const still =
          speaks && lines.some(line => line.speaker === name && line.start <= now && now < line.end)
        shown.push(still ? shape : 0)
      }
    }
    mouths.set(name, shown)
  }
  return { lines, mouths }
}

/** The pictures of a clip, grey, one after the other. */
export function* draw(clip: Clip, told: Told, seed: number): Generator<Uint8Array> {
  const next = chance(seed + 1)
  const frames = clip.seconds * fps
  const hills = Array.from({ length: 14 }, () => ({
    ...{ x: next() * 1000 - 150, y: 120 + next() * 220, rx: 30 + next() * 90, ry: 15 + next() * 60 },
    grey: 90 + Math.floor(next() * 110),
  }))
  const blinks = new Map(
    clip.cast.map(({ name }) => [name, Array.from({ length: 9 }, () => Math.floor(next() * frames))]),
  )
  for (let frame = 0; frame < frames; frame++) {
    const picture = new Uint8Array(canvas.width * canvas.height).fill(200)
    const near = 1 + ((clip.zoom ?? 0) * frame) / frames
    const move = ((clip.pan ?? 0) * frame) / fps
    const oval = (x: number, y: number, rx: number, ry: number, grey: number) =>
      ellipse(
        picture,
        (x - move - canvas.width / 2) * near + canvas.width / 2,
        (y - canvas.height / 2) * near + canvas.height / 2,
        ...([rx * near, ry * near, grey] as const),
      )
    for (const { x, y, rx, ry, grey } of hills) oval(x, y, rx, ry, grey)
    for (const { name, x, size = 1 } of clip.cast) {
      if (x === undefined) continue
      const cx = x * canvas.width
      const cy = 170 + (clip.bob ?? 0) * Math.sin((frame / fps) * 2 * Math.PI * 0.7)
      const sway = clip.hair ? 7 * Math.sin((Math.floor(frame / 2) / fps) * 2 * 2 * Math.PI * 0.6) : 0
      oval(cx, cy + 190 * size, 90 * size, 100 * size, 120)
      oval(cx - 62 * size + sway, cy + 10, 22 * size, 90 * size, 60)
      oval(cx + 62 * size + sway, cy + 10, 22 * size, 90 * size, 60)
      oval(cx, cy, 70 * size, 86 * size, 30)
      oval(cx, cy, 67 * size, 83 * size, 235)
      oval(cx, cy - 62 * size, 66 * size, 30 * size, 60)
      const shut = blinks.get(name)?.some(at => frame >= at && frame < at + 4)
      for (const eye of [-26, 26]) {
        oval(cx + eye * size, cy - 8 * size, 13 * size, (shut ? 2 : 17) * size, 30)
        if (!shut) oval(cx + (eye + 3) * size, cy - 14 * size, 5 * size, 6 * size, 250)
      }
      const mouth = told.mouths.get(name)?.[frame] ?? 0
      oval(cx, cy + 44 * size, (mouth === 2 ? 15 : 13) * size, ([1.6, 6, 13][mouth] as number) * size, 40)
      if (mouth === 2) oval(cx, cy + 50 * size, 9 * size, 6 * size, 130)
    }
    if (clip.passes) oval(((frame / frames) * 2 - 0.5) * canvas.width, 250, 60, 160, 80)
    yield picture
  }
}

/** An ellipse with a soft edge of a pixel. */
function ellipse(picture: Uint8Array, cx: number, cy: number, rx: number, ry: number, grey: number): void {
  const least = Math.min(rx, ry)
  for (let y = Math.max(0, Math.floor(cy - ry - 1)); y <= Math.min(canvas.height - 1, cy + ry + 1); y++)
    for (let x = Math.max(0, Math.floor(cx - rx - 1)); x <= Math.min(canvas.width - 1, cx + rx + 1); x++) {
      const inside = (1 - Math.hypot((x - cx) / rx, (y - cy) / ry)) * least + 0.5
      if (inside <= 0) continue
      const at = y * canvas.width + x
      const cover = Math.min(1, inside)
      picture[at] = Math.round((picture[at] ?? 0) * (1 - cover) + grey * cover)
    }
}
