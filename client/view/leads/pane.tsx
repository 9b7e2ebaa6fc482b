import { attempt } from '../../attempt.ts'
import { withDesk } from '../../desk/lines.ts'
import { freed } from '../../leads/outlook.ts'
import { refusalIn } from '../../words/refusals.ts'
import { useHands, useRead, useTongue } from '../house.ts'
import { useLeadSay } from './say.ts'
import { Bundles } from './withheld.tsx'

/** The open episode's withheld lines beside the picture. */
export function WithheldPane() {
  const say = useLeadSay()
  const episode = useRead(({ desk }) => desk?.episode)
  const rows = useRead(({ leads, desk }) => leads?.withheld[desk?.episode.id ?? ''])
  const series = useRead(state => state.series?.find(({ id }) => id === state.desk?.episode.series))
  if (episode === undefined || rows === undefined || series === undefined) return <p class="soft hollow">…</p>
  return (
    <div class="withheld-pane">
      {rows.length === 0 ? (
        <p class="soft hollow">
          {say(series.cast.some(({ voice }) => voice.kind === 'person') ? 'none-withheld' : 'nobody-cast')}
        </p>
      ) : (
        <>
          <p class="small soft">{say('withheld-says')}</p>
          <Bundles rows={rows} series={series.id} title={series.title} />
        </>
      )}
      <Free />
      <p>
        <a href={`#/series/${series.id}/withheld`}>{say('all-withheld')}</a>
      </p>
    </div>
  )
}

/** Lines that the dub was made without and that the register allows by now. What else kept them silent stands beside. */
function Free() {
  const { ask, change } = useHands()
  const say = useLeadSay()
  const tongue = useTongue()
  const state = useRead(({ desk }) => desk?.episode.state)
  const id = useRead(({ desk }) => desk?.episode.id ?? '')
  const lines = useRead(({ desk }) => desk?.lines)
  const rows = useRead(({ leads, desk }) => leads?.withheld[desk?.episode.id ?? ''])
  const free = freed(lines ?? [], rows ?? [])
  if (free.length === 0) return null
  const reasons = [...new Set(free.map(({ take }) => take?.reason ?? ''))]
  const again = async () => {
    const episode = await attempt(change, () => ask('run', { episode: id }))
    if (episode) change(withDesk(desk => ({ ...desk, episode })))
  }
  return (
    <section class="next">
      <p>
        <span class="chip green">{say('count-lines', { count: free.length })}</span> {say('free-now')}
      </p>
      {reasons.map(reason => (
        <p key={reason} class="small soft">
          {say('last-time', { why: refusalIn(tongue, reason) })}{' '}
          {reason === 'no-engine' && say('next-engine')}
        </p>
      ))}
      {state === 'ready' ? (
        <button type="button" class="button" onClick={() => void again()}>
          {say('make-again')}
        </button>
      ) : (
        <p role="status">{say('making-again')}</p>
      )}
    </section>
  )
}
