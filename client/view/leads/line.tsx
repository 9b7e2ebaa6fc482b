import type { LineView } from '../../../server/contract.ts'
import { refusalIn } from '../../words/refusals.ts'
import { useRead, useSay, useTongue } from '../house.ts'
import { Next } from './withheld.tsx'

/** Why the open line is withheld, and for a lead what to do about it. What the register says now goes before the last draft. */
export function WithheldLine({ line: { id, language, take } }: { line: LineView }) {
  const house = useSay()
  const tongue = useTongue()
  const episode = useRead(({ desk }) => desk?.episode)
  const row = useRead(
    ({ leads, desk }) =>
      leads?.withheld[desk?.episode.id ?? '']?.find(one => one.line === id && one.language === language),
    [id, language],
  )
  const title = useRead(({ series, desk }) => series?.find(one => one.id === desk?.episode.series)?.title)
  const code = row?.code ?? (take?.state === 'withheld' ? take.reason : undefined)
  if (code === undefined || episode === undefined) return null
  return (
    <div class="withheld-line">
      <p class="small">{house('take-withheld', { reason: refusalIn(tongue, code) })}</p>
      {row && title !== undefined && <Next row={row} series={episode.series} title={title} />}
    </div>
  )
}
