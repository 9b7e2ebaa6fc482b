import type { Ms } from '../terms.ts'
import type { Planned } from './plan.ts'
import { breaks, slowest } from './weights.ts'
import type { Wording } from './wording.ts'

/** A pause of its own that a short phrase is given is at least heard as one and at most not taken for its end. */
const pause = { least: 120, most: 600 } as const

/**
 * Lets a phrase that is too short even when it is slowed to the limit end with the original: what is missing becomes
 * pauses at its own full stops and commas. What is still missing after that is silence at its end.
 */
export function padPhrase(phrase: Planned, wording: Wording): Planned[] {
  if (phrase.rate >= slowest) return [phrase]
  const cuts: number[] = []
  for (let at = phrase.from + 1; at < phrase.to; at++) {
    const after = breaks.find(([sign]) => sign.test(wording.pieces[at - 1] ?? ''))?.[1] ?? 0.5
    if (after < 0.5) cuts.push(at)
  }
  for (; cuts.length > 0; cuts.pop()) {
    const parts = cutAt(phrase, cuts, wording)
    const spoken = parts.reduce((sum, part) => sum + part.end - part.start, 0)
    const each = Math.floor((phrase.slot.end - phrase.slot.start - spoken) / cuts.length)
    if (each < pause.least) continue
    return spread(parts, Math.min(each, pause.most))
  }
  return [phrase]
}

function cutAt(phrase: Planned, cuts: readonly number[], wording: Wording): Planned[] {
  const edges = [phrase.from, ...cuts, phrase.to]
  return cuts.concat(phrase.to).map((to, index) => {
    const from = edges[index] ?? phrase.from
    const speaking = wording.time(from, to)
    const end = Math.floor(speaking / slowest)
    return { ...phrase, text: wording.join(from, to), from, to, speaking, start: 0, end }
  })
}

function spread(parts: readonly Planned[], silence: Ms): Planned[] {
  let at = parts[0]?.slot.start ?? 0
  return parts.map(part => {
    const start = at
    const end = start + (part.end - part.start)
    at = end + silence
    return { ...part, start, end }
  })
}
