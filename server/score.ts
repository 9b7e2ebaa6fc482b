import { scoreDub, windowsOf } from '../pipelines/index.ts'
import type { Draft, LineKind, Version } from '../pipelines/terms.ts'
import type { LineScoreView, ScoreView } from './contract.ts'

type Scored = {
  readonly whole: ScoreView
  readonly lines: readonly { readonly line: string; readonly score: LineScoreView }[]
}

const dubbed: readonly LineKind[] = ['dialogue', 'narration']
const known = new WeakMap<Version, Scored>()

/**
 * How a version's takes lie on the original's speech. Lines without words are left out: an unfinished dub is scored by
 * what it says, and what it withholds or can't fit counts as silent. A draft is read-only, so it is scored once.
 */
export function scoreVersion(version: Version, { transcript, activity, sight }: Partial<Draft>): Scored {
  const before = known.get(version)
  if (before) return before
  const takes = new Map(version.dub.takes.map(take => [take.line, take]))
  const sources = new Map(transcript?.lines.map(line => [line.id, line]))
  const lines = version.fitted.lines.flatMap(line => {
    const source = sources.get(line.id)
    if (!source || line.text.trim() === '' || !dubbed.includes(line.kind)) return []
    const take = takes.get(line.id)
    const flaps = sight?.lines[line.id]?.flaps
    const spoken = take?.state === 'spoken' ? take : undefined
    return [
      {
        line: line.id,
        pair: {
          source: windowsOf(source, activity),
          dub: spoken ? (spoken.phrases ?? [{ start: spoken.start, end: spoken.end }]) : [],
          ...(line.speaker !== undefined && { speaker: line.speaker }),
          ...(spoken && { rate: 1 / spoken.stretch }),
          ...(flaps && { flaps }),
        },
      },
    ]
  })
  const { whole, lines: scores } = scoreDub(lines.map(({ pair }) => pair))
  const scored = {
    whole,
    lines: lines.flatMap(({ line }, index) => {
      const one = scores[index]
      if (!one) return []
      const { start, end, speaker, text, ...score } = one
      return [{ line, score }]
    }),
  }
  known.set(version, scored)
  return scored
}
