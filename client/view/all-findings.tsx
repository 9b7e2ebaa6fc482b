import { useMemo } from 'preact/hooks'
import { openLine, withDesk } from '../desk/lines.ts'
import { clock } from '../times.ts'
import { Finding } from './findings.tsx'
import { useHands, useRead, useSay } from './house.ts'

const rank = { error: 0, warning: 1, note: 2 } as const

/** Everything the stages noticed, the worst first; a press leads to its place. */
export function AllFindings() {
  const { change, deck } = useHands()
  const say = useSay()
  const lines = useRead(({ desk }) => desk?.lines)
  const whole = useRead(({ desk }) => desk?.episode.findings)
  const findings = useMemo(() => {
    const ofLines = lines?.flatMap(line => line.findings.map(finding => ({ line, finding }))) ?? []
    const told = new Set(ofLines.map(({ line, finding }) => `${finding.rule}/${line.id}`))
    const others = (whole ?? [])
      .filter(finding => !told.has(`${finding.rule}/${finding.place.line}`))
      .map(finding => ({ line: lines?.find(({ id }) => id === finding.place.line), finding }))
    return [...ofLines, ...others].sort((a, b) => rank[a.finding.severity] - rank[b.finding.severity])
  }, [lines, whole])
  if (findings.length === 0) return <p class="soft hollow">{say('no-findings')}</p>
  return (
    <ul class="findings all">
      {findings.map(({ line, finding }, index) => {
        const at = line?.start ?? finding.place.span?.start
        const there = () => {
          if (line !== undefined) change(withDesk(desk => ({ ...openLine(desk, line), near: true })))
          if (at !== undefined) deck.seek(at)
        }
        return (
          // The same rule may strike one place twice: hence the index.
          <li key={`${finding.rule}/${line?.id}/${index}`}>
            {at === undefined ? (
              <Finding finding={finding} />
            ) : (
              <button type="button" class="plain" onClick={there}>
                <span class="figure">{clock(at).slice(0, -2)}</span>
                <Finding finding={finding} />
              </button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
