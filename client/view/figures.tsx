import type { LineView } from '../../server/contract.ts'
import { paceOf } from '../pace.ts'
import { useRead, useSay } from './house.ts'

export const verdictLook = {
  green: 'green',
  ok: 'green',
  amber: 'amber',
  short: 'amber',
  overlong: 'red',
  empty: 'quiet',
} as const satisfies Record<LineView['verdict'], string>

/** How the text fits to be read. It follows every key. */
export function Figures({ line, seen }: { line: LineView; seen: LineView }) {
  const say = useSay()
  const limit = useRead(({ desk }) => desk?.episode.pace?.[line.language], [line.language])
  const { length, cps, tooFast, left } = paceOf(seen, limit)
  return (
    <p class="figures small">
      <span class={`figure ${tooFast ? 'red-ink' : ''}`}>
        {say('cps', { cps: cps.toFixed(1) })}
        {limit && ` / ${limit.cps}`}
      </span>
      {limit && <span class="soft">{limit.house}</span>}
      <span class="figure">{say('characters', { count: length })}</span>
      {left !== undefined && (
        <span class={`figure ${left < 0 ? 'red-ink' : 'soft'}`}>
          {left < 0 ? say('characters-over', { count: -left }) : say('characters-left', { count: left })}
        </span>
      )}
      {line.room === undefined && line.text === seen.text && (
        <span class={`chip ${verdictLook[line.verdict]}`}>{say(`verdict-${line.verdict}`)}</span>
      )}
    </p>
  )
}
