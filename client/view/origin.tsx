import type { LineView } from '../../server/contract.ts'
import { useSuggestion } from '../actions/use-suggestion.ts'
import type { Say } from '../words.ts'
import { Do } from './do.tsx'
import { useRead, useSay } from './house.ts'

type Origin = LineView['origin']

/** Who wrote it: a person, the memory (and how alike the sentences are), an engine, nobody. */
export function originIn(say: Say, origin: Origin): string {
  switch (origin.how) {
    case 'memory':
      return say('origin-memory', { score: Math.round((origin.score ?? 0) * 100) })
    case 'engine':
      return say('origin-engine', { engine: origin.engine ?? '' })
    default:
      return say(`origin-${origin.how}`)
  }
}

export function OriginOf({ line }: { line: LineView }) {
  const say = useSay()
  const original = useRead(({ desk }) => desk?.episode.language)
  return (
    <p class="small soft origin">
      {originIn(say, line.origin)}
      {line.editedBy && ` · ${say('edited-by', { name: line.editedBy })}`}
      {line.origin.source !== undefined && line.origin.source !== line.source && (
        <>
          {' · '}
          {say('for')} <q lang={original}>{line.origin.source}</q>
        </>
      )}
    </p>
  )
}

/** What the machine would say beside a person's words. Never over them. */
export function Suggestion({ line }: { line: LineView }) {
  const say = useSay()
  if (line.suggestion === undefined || line.suggestion.text === line.text) return null
  return (
    <div class="suggestion">
      <p>
        <span class="small soft">
          {say('suggested')} · {originIn(say, line.suggestion.origin)}
        </span>
        <span lang={line.language}>{line.suggestion.text}</span>
      </p>
      <Do action={useSuggestion} />
    </div>
  )
}
