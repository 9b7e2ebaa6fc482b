import type { Language, MouthShape, Span } from '../../terms.ts'
import type { Mouth, Sound } from '../mouth.ts'

/** A line as its mouth is asked for it. */
export type SpokenLine = Span & { readonly text: string; readonly language: Language }

/**
 * The shapes of a whole sound from its start to its length: forced by the words where there are lines, and shut between
 * them; heard alone where there are none. Lines are taken in order; where two overlap the second begins when the first ends.
 */
export async function shapesOf(
  mouth: Mouth,
  sound: Sound,
  length: number,
  lines: readonly SpokenLine[] | undefined,
  signal: AbortSignal,
): Promise<readonly MouthShape[]> {
  const shapes: MouthShape[] = []
  const whole = { start: 0, end: length }
  if (!lines) {
    for await (const shape of mouth.listen(sound, whole, signal)) shapes.push(shape)
    return shapes
  }
  let at = 0
  const shut = (end: number) => {
    if (end > at) shapes.push({ start: at, end, viseme: 'sil', openness: 0 })
    at = Math.max(at, end)
  }
  for (const line of lines.toSorted((one, other) => one.start - other.start)) {
    const span = { start: Math.max(at, line.start), end: Math.min(length, line.end) }
    if (span.end <= span.start) continue
    shut(span.start)
    shapes.push(...(await mouth.track(sound, span, line, signal)).shapes)
    at = span.end
  }
  shut(length)
  return shapes
}
