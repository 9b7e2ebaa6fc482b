import { useMemo } from 'preact/hooks'
import { attempt } from '../attempt.ts'
import { withDesk } from '../desk/lines.ts'
import { may } from '../may.ts'
import { useHands, useRead, useSay } from './house.ts'
import { kinds } from './kind.tsx'

/** The styles that the imported subtitles' lines wore, each with the kind it stands for. It holds for the whole series. */
export function Styles() {
  const { ask, change } = useHands()
  const say = useSay()
  const lines = useRead(({ desk }) => desk?.lines)
  const episode = useRead(({ desk }) => desk?.episode)
  const series = useRead(state => state.series?.find(one => one.id === state.desk?.episode.series))
  const lead = useRead(state => may(state, 'changeSeries'))
  const styles = useMemo(() => stylesOf(lines ?? []), [lines])
  if (episode === undefined || styles.length === 0) return null
  const put = (style: string, value: string) => {
    const kind = kinds.find(one => one === value)
    if (kind === undefined || series === undefined) return
    const others = series.styles.filter(one => one.style !== style)
    void attempt(change, async () => {
      const changed = await ask(
        'changeSeries',
        { series: series.id },
        { styles: [...others, { style, kind }] },
      )
      change(before => ({
        ...before,
        series: before.series?.map(one => (one.id === changed.id ? changed : one)),
        notice: { done: say('saved') },
      }))
      const again = await ask('run', { episode: episode.id })
      change(withDesk(desk => ({ ...desk, episode: again })))
    })
  }
  return (
    <section class="block" aria-labelledby="styles">
      <h2 id="styles">{say('styles')}</h2>
      <p class="soft">{say('styles-say')}</p>
      <ul class="cast">
        {styles.map(({ style, count, kind }) => (
          <li key={style}>
            <span>{style}</span>
            <span class="small soft">{say('count-lines', { count })}</span>
            <select
              aria-label={say('kind-of-style', { style })}
              disabled={!lead || series === undefined}
              value={series?.styles.find(one => one.style === style)?.kind ?? kind}
              onChange={event => put(style, event.currentTarget.value)}
            >
              {kinds.map(one => (
                <option key={one} value={one}>
                  {say(`kind-${one}`)}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </section>
  )
}

type Worn = { readonly style: string; readonly count: number; readonly kind: (typeof kinds)[number] }

/** Each style with how many lines wear it, and the kind most of them are of. */
export function stylesOf(
  lines: readonly { readonly style?: string | undefined; readonly kind: Worn['kind'] }[],
): readonly Worn[] {
  const counts = new Map<string, Map<Worn['kind'], number>>()
  for (const { style, kind } of lines) {
    if (style === undefined) continue
    const own = counts.get(style) ?? new Map<Worn['kind'], number>()
    counts.set(style, own.set(kind, (own.get(kind) ?? 0) + 1))
  }
  return [...counts].map(([style, own]) => {
    const [first] = [...own].sort((a, b) => b[1] - a[1])
    return { style, kind: first?.[0] ?? 'dialogue', count: [...own.values()].reduce((a, b) => a + b, 0) }
  })
}
