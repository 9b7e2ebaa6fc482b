import type { EpisodeRow } from '../../server/contract.ts'
import { shortClock } from '../times.ts'
import { languageIn, problemIn } from '../words.ts'
import { useSay, useTongue } from './house.ts'
import { OnAir } from './on-air.tsx'
import { Bar, stateLook, underway } from './steps.tsx'

/** One episode on the dashboard: its picture, how far it is, what is open in each language, when it goes on air. */
export function EpisodeLink({ row }: { row: EpisodeRow }) {
  const say = useSay()
  const tongue = useTongue()
  const now = underway(row.steps)
  return (
    <li class="episode">
      <a href={`#/episodes/${row.id}`} aria-labelledby={`episode-${row.id} length-${row.id}`}>
        <span class="still">
          {row.thumbnail ? (
            <img src={row.thumbnail} alt="" loading="lazy" />
          ) : (
            <span aria-hidden="true">言</span>
          )}
          {row.duration !== undefined && (
            <span class="length" id={`length-${row.id}`}>
              {shortClock(row.duration)}
            </span>
          )}
        </span>
      </a>
      <div class="what">
        <h3 id={`episode-${row.id}`}>
          <a href={`#/episodes/${row.id}`}>
            <span class="number">{row.number}</span>{' '}
            <span lang={row.language}>{row.title || say('untitled')}</span>
          </a>
        </h3>
        <p class="states">
          <span class={`chip ${stateLook[row.state]}`}>{say(`state-${row.state}`)}</span>
          <OnAir at={row.onAir} />
        </p>
        {row.problem && <p class="small red-ink">{problemIn(tongue, row.problem).says}</p>}
        {row.state === 'running' && now.step && (
          <div class="now">
            <span class="small">
              {say(`step-${now.step.step}`)}
              {now.step.of && ` · ${languageIn(tongue, now.step.of)}`}
            </span>
            <Bar fraction={now.fraction} label={say('progress')} />
          </div>
        )}
      </div>
      <ul class="tallies">
        {tallied(row).map(([language, count]) => (
          <li key={language}>
            <span class="language">{languageIn(tongue, language)}</span>
            <span class="share">{say('approved-of', { approved: count.approved, lines: count.lines })}</span>
            <Bar fraction={count.lines === 0 ? 0 : count.approved / count.lines} label={say('approved')} />
            <span class="small soft">
              {[
                count.empty > 0 ? say('count-empty', { count: count.empty }) : '',
                count.findings > 0 ? say('count-findings', { count: count.findings }) : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </li>
  )
}

/** The languages worked in, once there are lines to count. */
const tallied = (row: EpisodeRow) =>
  Object.entries(row.counts).filter(([language, { lines }]) => language !== row.language && lines > 0)
