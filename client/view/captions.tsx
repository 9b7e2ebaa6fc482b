import { useMemo } from 'preact/hooks'
import type { Cue } from '../state.ts'
import { useRead } from './house.ts'

const none: readonly Cue[] = []

/** The subtitles of the moment, set by the page from the lines themselves, so that an edit is seen at once. */
export function Captions() {
  const shows = useRead(({ desk }) => desk?.player.shows ?? 'none')
  const lines = useRead(({ desk }) => (desk?.language === shows ? desk.lines : undefined), [shows])
  const foreign = useRead(({ desk }) => desk?.cues[shows], [shows])
  const cues = useMemo(() => lines?.flatMap(line => line.cues) ?? foreign ?? none, [lines, foreign])
  const text = useRead(
    ({ desk }) => {
      const at = desk?.player.at ?? 0
      const here = cues.filter(cue => cue.start <= at && at < cue.end)
      // Two speakers of one cue: it stands with the lines of both.
      return [...new Set(here.map(cue => cue.text))].join('\n')
    },
    [cues],
  )
  if (shows === 'none' || text === '') return null
  return (
    <p class="captions" lang={shows} dir="auto">
      {text.split('\n').map((row, index) => (
        // Rows of one cue have nothing but their order.
        <span key={index}>{row}</span>
      ))}
    </p>
  )
}
