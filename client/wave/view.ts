import type { Ms } from '../state.ts'

type View = { readonly start: Ms; readonly end: Ms }

/** Nothing shorter can be read, nothing longer can be drawn usefully. */
const shortest: Ms = 500

/** Zooms round an instant, which stays where it is when it is inside and comes to the middle when not. */
export function zoomed(view: View, factor: number, at: Ms, duration: Ms): View {
  const length = view.end - view.start
  const next = Math.min(Math.max(shortest, Math.round(length * factor)), Math.max(shortest, duration))
  const inside = at >= view.start && at <= view.end
  const share = inside ? (at - view.start) / length : 0.5
  return held({ start: at - next * share, end: at + next * (1 - share) }, duration)
}

/** Moves by so much, and stops at both ends. */
export const panned = (view: View, by: Ms, duration: Ms): View =>
  held({ start: view.start + by, end: view.end + by }, duration)

/** Turns the page when the playhead leaves it. */
export function followed(view: View, at: Ms, duration: Ms): View {
  if (at >= view.start && at <= view.end) return view
  const length = view.end - view.start
  return held({ start: at - length * 0.1, end: at + length * 0.9 }, duration)
}

function held({ start, end }: View, duration: Ms): View {
  const length = Math.round(end - start)
  const from = Math.round(Math.max(0, Math.min(start, duration - length)))
  return { start: from, end: from + length }
}
