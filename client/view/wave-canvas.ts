import { computed, effect } from '@preact/signals'
import { perform } from '../actions/index.ts'
import { saveLine } from '../actions/save-line.ts'
import { write } from '../desk/drafts.ts'
import { asWritten, draftKey, draftOf, openLine, withDesk } from '../desk/lines.ts'
import type { Hands } from '../hands.ts'
import type { Desk, Ms } from '../state.ts'
import { draw, type Paint } from '../wave/draw.ts'
import { type Grip, gripAt, pulled } from '../wave/grip.ts'
import { chooseLevel } from '../wave/levels.ts'

/** How near, in pixels, counts as on an edge; fingers are broader than arrows. */
const reachOf = (event: PointerEvent) => (event.pointerType === 'mouse' ? 5 : 14)

/** Keeps a canvas drawn and lets its lines be opened and pulled. Gives back how to let it go. */
export function openCanvas(canvas: HTMLCanvasElement, hands: Hands): () => void {
  const { state, change, deck } = hands
  const files = new Map<string, Promise<Int8Array>>()
  let peaks: { url: string; samples: number; pairs: Int8Array } | undefined
  let paint = paintOf(canvas)
  let grip: Grip | undefined

  const fetchPeaks = (url: string) => {
    const coming =
      files.get(url) ?? fetch(url).then(async answer => new Int8Array(await answer.arrayBuffer()))
    files.set(url, coming)
    return coming
  }
  const known = computed(() => state.value.desk?.lines)
  const drafts = computed(() => state.value.desk?.drafts)
  const written = computed(
    () => known.value?.map(line => asWritten(line, drafts.value?.[draftKey(line.language, line.id)])) ?? [],
  )
  const paintAll = () => {
    const desk = state.peek().desk
    const to = canvas.getContext('2d')
    if (desk === undefined || to === null) return
    const { clientWidth: width, clientHeight: height } = canvas
    const ratio = window.devicePixelRatio || 1
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
    }
    to.setTransform(ratio, 0, 0, ratio, 0, 0)
    const level = chooseLevel(desk.episode.peaks, (desk.view.end - desk.view.start) / Math.max(1, width))
    if (level !== undefined && level.url !== peaks?.url)
      void fetchPeaks(level.url).then(pairs => {
        peaks = { ...level, pairs }
        ask()
      })
    const { view, open, episode, player } = desk
    draw(
      to,
      width,
      height,
      { view, open, lines: written.value, peaks, shots: episode.shots, at: player.at },
      paint,
    )
  }
  let asked = 0
  const ask = () => {
    cancelAnimationFrame(asked)
    asked = requestAnimationFrame(paintAll)
  }

  const scene = computed(() => {
    const desk = state.value.desk
    return [desk?.view, desk?.lines, desk?.drafts, desk?.open, desk?.player.at, desk?.episode]
  })
  const theme = computed(() => state.value.theme)
  const stops = [
    effect(() => {
      void scene.value
      ask()
    }),
    effect(() => {
      void theme.value
      requestAnimationFrame(() => {
        paint = paintOf(canvas)
        ask()
      })
    }),
  ]
  const sizes = new ResizeObserver(ask)
  sizes.observe(canvas)
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const recolour = () => {
    paint = paintOf(canvas)
    ask()
  }
  dark.addEventListener('change', recolour)

  const where = (event: PointerEvent, desk: Desk): { at: Ms; reach: Ms } => {
    const perPixel = (desk.view.end - desk.view.start) / Math.max(1, canvas.clientWidth)
    return { at: desk.view.start + event.offsetX * perPixel, reach: reachOf(event) * perPixel }
  }
  const gripUnder = (event: PointerEvent, desk: Desk) => {
    const { at, reach } = where(event, desk)
    return gripAt(written.value, desk.open, at, reach)
  }
  const down = (event: PointerEvent) => {
    const desk = state.peek().desk
    if (desk === undefined || event.button !== 0) return
    grip = gripUnder(event, desk)
    canvas.setPointerCapture(event.pointerId)
    if (grip.on === 'edge') return
    const { line } = grip.on === 'line' ? grip : { line: undefined }
    const found = desk.lines?.find(({ id }) => id === line)
    if (found !== undefined) change(withDesk(now => openLine(now, found)))
    deck.seek(where(event, desk).at)
  }
  const move = (event: PointerEvent) => {
    const desk = state.peek().desk
    if (desk === undefined) return
    if (grip === undefined) {
      const under = gripUnder(event, desk)
      canvas.style.cursor = under.on === 'edge' ? 'ew-resize' : under.on === 'line' ? 'pointer' : 'text'
      return
    }
    const { at, reach } = where(event, desk)
    if (grip.on !== 'edge') return deck.seek(at)
    const { line: id, edge } = grip
    const line = desk.lines?.find(one => one.id === id)
    if (line === undefined || line.approval !== undefined) return
    const others = written.value.filter(other => other.id !== id).flatMap(other => [other.start, other.end])
    const seen = asWritten(line, draftOf(desk, line))
    const to = pulled(seen, edge, at, event.altKey ? [] : [...desk.episode.shots, ...others], reach)
    change(withDesk(now => write(now, line, to)))
  }
  const up = () => {
    const held = grip
    grip = undefined
    if (held?.on === 'edge') void perform(saveLine, hands)
  }
  canvas.addEventListener('pointerdown', down)
  canvas.addEventListener('pointermove', move)
  canvas.addEventListener('pointerup', up)
  canvas.addEventListener('pointercancel', up)

  return () => {
    for (const stop of stops) stop()
    sizes.disconnect()
    dark.removeEventListener('change', recolour)
    cancelAnimationFrame(asked)
    canvas.removeEventListener('pointerdown', down)
    canvas.removeEventListener('pointermove', move)
    canvas.removeEventListener('pointerup', up)
    canvas.removeEventListener('pointercancel', up)
  }
}

const paints = [
  'ground',
  'wave',
  'line',
  'open',
  'edge',
  'cue',
  'shot',
  'head',
  'ink',
  'soft',
  'bad',
] as const

/** The canvas takes its colours from the style sheet, so that light and dark are told in one place. */
function paintOf(canvas: HTMLCanvasElement): Paint {
  const style = getComputedStyle(canvas)
  const pairs = paints.map(name => [name, style.getPropertyValue(`--wave-${name}`).trim()])
  return { ...Object.fromEntries(pairs), letters: style.fontFamily } as Paint
}
