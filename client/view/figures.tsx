import type { LineView } from '../../server/contract.ts'
import { paceOf, speakingOf } from '../pace.ts'
import { useRead, useSay } from './house.ts'

export const verdictLook = {
  green: 'green',
  ok: 'green',
  amber: 'amber',
  short: 'amber',
  overlong: 'red',
  empty: 'quiet',
} as const satisfies Record<LineView['verdict'], string>

/** How the text fits: to be read, and to be spoken. It follows every key. */
export function Figures({ line, seen }: { line: LineView; seen: LineView }) {
  const say = useSay()
  const limit = useRead(({ desk }) => desk?.episode.pace?.[line.language], [line.language])
  const { length, cps, tooFast, left } = paceOf(seen, limit)
  const room = seen.end - seen.start
  const written = seen.text === line.text
  const speaking = written ? line.speaking : speakingOf(line, seen.text)
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  return (
    <p class="figures small">
      <span class={`figure ${tooFast ? 'red-ink' : ''}`}>
        {say('cps', { cps: cps.toFixed(1) })}
        {limit && ` / ${limit.cps}`}
      </span>
      <span class="figure">{say('characters', { count: length })}</span>
      {left !== undefined && (
        <span class={`figure ${left < 0 ? 'red-ink' : 'soft'}`}>
          {left < 0 ? say('characters-over', { count: -left }) : say('characters-left', { count: left })}
        </span>
      )}
      {speaking !== undefined && speaking > 0 && (
        <span class="figure">
          {say(written ? 'speaks' : 'speaks-about', { seconds: seconds(speaking), room: seconds(room) })}
        </span>
      )}
      {written && line.language !== undefined && (
        <span class={`chip ${verdictLook[line.verdict]}`}>{say(`verdict-${line.verdict}`)}</span>
      )}
    </p>
  )
}
