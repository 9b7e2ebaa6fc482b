import type { LineScoreView, ScoreView } from '../../server/contract.ts'
import type { Say, Word } from '../words.ts'
import { useRead, useSay } from './house.ts'

const percent = (share: number) => `${Math.round(100 * share)} %`
const signed = (ms: number) => `${ms > 0 ? '+' : ms < 0 ? '−' : '±'}${Math.abs(Math.round(ms))} ms`

/** How the whole dub of the language worked in lies on the original. */
export function Score() {
  const say = useSay()
  const score = useRead(({ desk }) => desk?.episode.scores?.[desk.language])
  if (score === undefined) return null
  return (
    <details class="score">
      <summary>
        {say('score')} <span class="figure">{percent(score.intersection)}</span>{' '}
        <span class="soft small">{say('score-human')}</span>
      </summary>
      <dl>
        {rowsOf(say, score).map(([word, value]) => (
          <div key={word}>
            <dt>{say(word)}</dt>
            <dd class="figure">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function rowsOf(say: Say, score: ScoreView): (readonly [Word, string])[] {
  const { onset, offset } = score
  const error = ({ median, p90, within }: NonNullable<ScoreView['onset']>) =>
    say('score-error', { median, p90, within: Math.round(100 * within) })
  const rows: readonly (readonly [Word, string | undefined])[] = [
    ['score-lines', say('score-lines-of', { lines: score.lines, silent: score.silent })],
    ['score-intersection', percent(score.intersection)],
    ['score-durations', percent(score.durations)],
    ['score-iou', percent(score.iou)],
    ['score-rate', score.rateCompliance === undefined ? undefined : percent(score.rateCompliance)],
    ['score-smoothness', score.smoothness === undefined ? undefined : percent(score.smoothness)],
    ['score-onset', onset && error(onset)],
    ['score-offset', offset && error(offset)],
    ['score-flaps', score.flaps === undefined ? undefined : percent(score.flaps)],
  ]
  return rows.flatMap(([word, value]) => (value === undefined ? [] : [[word, value] as const]))
}

/** The same of one line, in a row. */
export function LineScore({ score }: { score: LineScoreView }) {
  const say = useSay()
  const { intersection, durations, iou, onset, offset, rate, flaps } = score
  return (
    <p class="small soft">
      {say('score-line', {
        intersection: Math.round(100 * intersection),
        durations: Math.round(100 * durations),
        iou: Math.round(100 * iou),
      })}
      {rate !== undefined && ` · ${say('score-pace', { rate: rate.toFixed(2) })}`}
      {onset !== undefined &&
        offset !== undefined &&
        ` · ${say('score-edges', { onset: signed(onset), offset: signed(offset) })}`}
      {flaps !== undefined && ` · ${say('score-mouth', { flaps: Math.round(100 * flaps) })}`}
    </p>
  )
}
