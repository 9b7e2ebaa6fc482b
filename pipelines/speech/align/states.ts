/** A line's frames in the reference: [from, to), from where the line before ends. */
export type Stretch = { readonly from: number; readonly to: number }

/** Frames of the reference at most in one of the recording. */
const fastest = 3
/** How a state is reached that is the silence after a line or the first frame of one: from the state before it or the one before that. */
export const leaping = 0

export type States = ReturnType<typeof lay>

/** By state: the frame it says or −1, its line, and over how many states it may be reached (or `leaping`). */
export function lay(lines: readonly Stretch[]) {
  const count = lines.reduce((sum, { from, to }) => sum + to - from + 1, 1)
  const said = new Int32Array(count).fill(-1)
  const reach = new Uint8Array(count)
  const lineOf = new Int32Array(count)
  const silences = new Int32Array(lines.length + 1)
  let state = 0
  let before = 0
  for (const [line, { from, to }] of lines.entries()) {
    silences[line] = state
    lineOf[state] = line
    reach[state] = before > 1 ? leaping : 1
    state++
    for (let at = from; at < to; at++, state++) {
      said[state] = at
      reach[state] = at === from && line > 0 ? leaping : Math.max(1, Math.min(fastest, at - from))
      lineOf[state] = line
    }
    before = to - from
  }
  silences[lines.length] = state
  reach[state] = before > 1 ? leaping : 1
  lineOf[state] = lines.length
  return { count, said, reach, lineOf, silences }
}
