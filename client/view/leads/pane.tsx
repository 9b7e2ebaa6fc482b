import { useRead } from '../house.ts'
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
      <p>
        <a href={`#/series/${series.id}/withheld`}>{say('all-withheld')}</a>
      </p>
    </div>
  )
}
