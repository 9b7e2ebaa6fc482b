import type { Ms, Span } from '../terms.ts'

/** What an engine hears at once. Whisper's encoder pays for 30 s whatever it is given, so windows are filled. */
export const longestWindow: Ms = 30_000
/** Silences shorter than this are not worth a cut. */
const silence: Ms = 300

/**
 * Packs the stretches of speech into windows of at most 30 s, cut in silences. A stretch longer than a window (nobody
 * paused, or the detector heard none) is cut evenly. Memory is that of one window, however long the episode.
 */
export function packWindows(speech: readonly Span[]): Span[] {
  const windows: { start: Ms; end: Ms }[] = []
  for (const span of speech.flatMap(halved)) {
    const last = windows.at(-1)
    if (last && span.end - last.start <= longestWindow) last.end = span.end
    else windows.push({ ...span })
  }
  return windows
}

function halved({ start, end }: Span): Span[] {
  const parts = Math.ceil((end - start) / longestWindow)
  const cut = (at: number) => Math.round(start + ((end - start) * at) / parts)
  return Array.from({ length: parts }, (_, at) => ({ start: cut(at), end: cut(at + 1) }))
}

/** Stretches joined over silences too short to cut in. */
export function joinShort(speech: readonly Span[]): Span[] {
  const joined: { start: Ms; end: Ms }[] = []
  for (const span of speech) {
    const last = joined.at(-1)
    if (last && span.start - last.end < silence) last.end = Math.max(last.end, span.end)
    else joined.push({ ...span })
  }
  return joined
}
