import { useRead, useSay } from './house.ts'

/** Where one is: series, episode. */
export function Trail() {
  const say = useSay()
  const place = useRead(state => state.place)
  const episode = useRead(state => state.desk?.episode)
  const all = useRead(state => state.series)
  const id = 'series' in place ? place.series : episode?.series
  const series = all?.find(one => one.id === id)
  if (id === undefined || (place.at !== 'episode' && series === undefined)) return <span class="trail" />
  return (
    <nav class="trail" aria-label={say('trail')}>
      <a href={`#/series/${id}`} lang={series?.language}>
        {series?.title ?? say('one-series')}
      </a>
      {place.at === 'episode' && episode && (
        <span aria-current="page">
          {episode.number} <span lang={episode.language}>{episode.title}</span>
        </span>
      )}
    </nav>
  )
}
