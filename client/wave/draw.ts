import type { LineView } from '../../server/contract.ts'
import type { Ms } from '../state.ts'
import { shortClock } from '../times.ts'
import { columnsOf, ticksOf } from './levels.ts'

export type Scene = {
  readonly view: { readonly start: Ms; readonly end: Ms }
  readonly peaks?: { readonly pairs: Int8Array; readonly samples: number }
  readonly lines: readonly LineView[]
  readonly open?: string
  readonly shots: readonly Ms[]
  readonly at: Ms
}
export type Paint = Readonly<
  Record<
    | 'letters'
    | 'ground'
    | 'wave'
    | 'line'
    | 'open'
    | 'edge'
    | 'cue'
    | 'shot'
    | 'head'
    | 'ink'
    | 'soft'
    | 'bad',
    string
  >
>

export const rulerHeight = 20
export const cueHeight = 22

/** Draws the sound with the lines on it and the cues under it. Everything is in CSS pixels; the caller has scaled. */
export function draw(
  to: CanvasRenderingContext2D,
  width: number,
  height: number,
  scene: Scene,
  paint: Paint,
): void {
  const { view } = scene
  const x = (at: Ms) => ((at - view.start) / (view.end - view.start)) * width
  const top = rulerHeight
  const bottom = height - cueHeight
  const middle = (top + bottom) / 2
  const half = (bottom - top) / 2

  to.fillStyle = paint.ground
  to.fillRect(0, 0, width, height)

  const visible = scene.lines.filter(line => line.end > view.start && line.start < view.end)
  for (const line of visible) {
    const [from, until] = [x(line.start), x(line.end)]
    to.fillStyle = line.id === scene.open ? paint.open : paint.line
    to.fillRect(from, top, until - from, bottom - top)
  }

  if (scene.peaks !== undefined) {
    const columns = columnsOf(scene.peaks.pairs, scene.peaks.samples, view, Math.round(width))
    to.fillStyle = paint.wave
    for (let column = 0; column * 2 < columns.length; column++) {
      // Quiet speech is the interesting part: the square root lifts it over the music's peaks.
      const up = Math.sqrt(columns[column * 2 + 1] ?? 0) * half * 0.94
      const down = Math.sqrt(-(columns[column * 2] ?? 0)) * half * 0.94
      to.fillRect(column, middle - up, 1, Math.max(1, up + down))
    }
  }

  to.fillStyle = paint.shot
  for (const shot of scene.shots)
    if (shot > view.start && shot < view.end) to.fillRect(Math.round(x(shot)), top, 1, height - top)

  to.font = `11px ${paint.letters}`
  to.textBaseline = 'middle'
  for (const line of visible) {
    const [from, until] = [x(line.start), x(line.end)]
    to.fillStyle = line.verdict === 'overlong' || line.verdict === 'empty' ? paint.bad : paint.edge
    to.fillRect(from, top, line.id === scene.open ? 2 : 1, bottom - top)
    to.fillRect(until - (line.id === scene.open ? 2 : 1), top, line.id === scene.open ? 2 : 1, bottom - top)
    // Where one syllable of a song gives way to the next.
    if (line.id === scene.open)
      for (const { text, start, end } of line.sung ?? []) {
        const [begins, ends] = [x(line.start + start), x(line.start + end)]
        to.fillStyle = paint.edge
        to.fillRect(ends, middle, 1, bottom - middle)
        written(to, text, begins + 3, bottom - 8, ends - begins - 4, paint.ink)
      }
    written(to, line.speaker ?? '', from + 5, top + 9, until - from - 10, paint.ink)
    for (const cue of line.cues) {
      const [begins, ends] = [x(cue.start), x(cue.end)]
      to.fillStyle = paint.cue
      to.fillRect(begins + 0.5, bottom + 3, Math.max(1, ends - begins - 1), cueHeight - 5)
      written(
        to,
        cue.text.replace(/\n/g, ' '),
        begins + 4,
        bottom + cueHeight / 2 + 0.5,
        ends - begins - 8,
        paint.ink,
      )
    }
  }

  to.fillStyle = paint.soft
  for (const tick of ticksOf(view, width)) {
    to.fillRect(Math.round(x(tick)), top - 5, 1, 5)
    to.fillText(
      view.end - view.start < 8000 ? (tick / 1000).toFixed(1) : shortClock(tick),
      x(tick) + 4,
      top / 2,
    )
  }

  to.fillStyle = paint.head
  to.fillRect(Math.round(x(scene.at)) - 1, 0, 2, height)
}

/** Writes a text into so much room, and no further. */
function written(
  to: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  room: number,
  ink: string,
): void {
  if (room < 12 || text === '') return
  to.save()
  to.beginPath()
  to.rect(x, y - 9, room, 18)
  to.clip()
  to.fillStyle = ink
  to.fillText(text, x, y)
  to.restore()
}
