import type { Input } from '../ffmpeg.ts'
import type { Stage } from '../stage.ts'
import type { Blob, Line, LineEdit, LineSeen, Ms, Rate, ShotFlaps, Sight, Span } from '../terms.ts'
import { findFlaps, type Heard } from './flaps/flaps.ts'
import { small } from './flaps/picture.ts'
import { picturesOf } from './flaps/pictures.ts'
import { drawnAfterSounds, type HearLips, type Lips, meetings } from './lips.ts'
import { inside, joinOver } from './windows.ts'

/** What is seen of the lines, with what a person said of it over what the machine saw. */
export function seenBy(
  sight: Sight | undefined,
  edits: readonly LineEdit[],
): Readonly<Record<string, LineSeen>> {
  const seen = { ...sight?.lines }
  for (const { line, screen } of edits) {
    if (screen !== 'on' && screen !== 'off') continue
    seen[line] = screen === 'on' ? { ...seen[line], screen } : { screen }
  }
  return seen
}

export type Film = { readonly rate: Rate; readonly shots: readonly Ms[]; readonly duration: Ms }

/** A line is on screen when its mouth is seen for half of it, and has flaps to fit when it is seen for nearly all. */
const onScreen = 0.5
const followed = 0.8
/** Flaps that fill less of a line than this are a mouth that was lost. */
const filled = 0.4

/**
 * Looks at the whole film for the mouths that say its lines. Costs a fiftieth of the film's length and its decoding.
 * Lines that are narrated, sung or written in the picture have no mouth to find.
 * @param hearLips tells whose mouths are drawn after the sounds; without it nobody's are taken to be
 */
export async function seeMouths(
  film: Film & { readonly file: Blob },
  lines: readonly Line[],
  at: Stage,
  hearLips?: HearLips,
): Promise<Sight> {
  const heard = lines
    .filter(({ kind }) => kind === 'dialogue')
    .map(({ id, start, end, speaker }): Heard => ({ id, start, end, ...(speaker && { speaker }) }))
  const shots = await lookAt({ file: await at.file(film.file) }, film, heard, at)
  const flaps = await at.keepBytes(new TextEncoder().encode(JSON.stringify(shots)), 'application/json')
  const sights = new Map(heard.map(line => [line.id, seenOf(line, shots)]))
  if (hearLips)
    for (const [id, closures] of await lipsSeen(lines, shots, sights, hearLips)) {
      const sight = sights.get(id)
      if (sight) sights.set(id, { ...sight, closures })
    }
  return { flaps, lines: Object.fromEntries(sights) }
}

/** What is seen in a film, shot by shot; shots in which nobody speaks are left out. */
export async function lookAt(
  input: Input,
  { rate, shots: cuts, duration }: Film,
  lines: readonly Heard[],
  at: Pick<Stage, 'signal' | 'report'>,
): Promise<readonly ShotFlaps[]> {
  const shots: ShotFlaps[] = []
  const film = { pictures: picturesOf(input, rate, at.signal), size: small, rate, shots: cuts }
  for await (const shot of findFlaps(film, lines)) {
    if (shot.mouths.length > 0 || Object.keys(shot.lines).length > 0) shots.push(shot)
    at.report(Math.min(1, shot.end / Math.max(1, duration)))
  }
  return shots
}

/** When lips are seen to meet, of the lines whose speakers' mouths are drawn after the sounds all through the film. */
export async function lipsSeen(
  lines: readonly Line[],
  shots: readonly ShotFlaps[],
  sights: ReadonlyMap<string, LineSeen>,
  hearLips: HearLips,
): Promise<readonly (readonly [id: string, closures: readonly Ms[]])[]> {
  const bySpeaker = new Map<string, (Lips & { readonly id: string })[]>()
  for (const line of lines) {
    // Where the mouth was followed; elsewhere what looks shut may be a mouth that was lost.
    if (!sights.get(line.id)?.flaps) continue
    const speaker = line.speaker ?? ''
    const { id, start, end } = line
    const seen = meetings(openOf(line, shots), line)
    const lips = { id, start, end, heard: await hearLips(line), seen }
    bySpeaker.set(speaker, [...(bySpeaker.get(speaker) ?? []), lips])
  }
  return [...bySpeaker.values()]
    .filter(drawnAfterSounds)
    .flatMap(all => all.map(({ id, seen }) => [id, seen] as const))
}

/** When the mouth of a line is open, wherever it is seen. */
function openOf(line: Heard, shots: readonly ShotFlaps[]): Span[] {
  const open = shots
    .filter(shot => shot.lines[line.id] === 'seen')
    .flatMap(({ mouths }) => mouths.find(({ speaker }) => speaker === line.speaker)?.shapes ?? [])
    .filter(({ shape }) => shape !== 'closed')
  return joinOver(open, 0)
}

/** What the shots that a line is said in show of it. */
export function seenOf(line: Heard, shots: readonly ShotFlaps[]): LineSeen {
  const length = line.end - line.start
  const time = { seen: 0, unseen: 0, unsure: 0 }
  for (const shot of shots) {
    const sight = shot.lines[line.id]
    if (!sight) continue
    time[sight] += Math.min(line.end, shot.end) - Math.max(line.start, shot.start)
  }
  const screen = time.seen >= onScreen * length ? 'on' : time.unseen >= onScreen * length ? 'off' : 'unknown'
  if (screen !== 'on' || time.seen < followed * length) return { screen }
  const flaps = joinOver(inside(openOf(line, shots), line))
  const moved = flaps.reduce((sum, { start, end }) => sum + end - start, 0)
  return moved >= filled * length ? { screen, flaps } : { screen }
}
