import type { FindingView } from '../../server/contract.ts'
import { findingIn } from '../words.ts'
import { Commands } from './commands.tsx'
import { useSay, useTongue } from './house.ts'

export const findingLook = { note: 'quiet', warning: 'amber', error: 'red' } as const

/** What a stage noticed here, and what mends it. */
export function Findings({ findings }: { findings: readonly FindingView[] }) {
  const say = useSay()
  if (findings.length === 0) return null
  return (
    <ul class="findings" aria-label={say('findings')}>
      {findings.map(finding => (
        <li key={`${finding.rule}/${JSON.stringify(finding.place)}`}>
          <Finding finding={finding} />
        </li>
      ))}
    </ul>
  )
}

export function Finding({ finding }: { finding: FindingView }) {
  const say = useSay()
  const { says, mend } = findingIn(useTongue(), finding)
  return (
    <>
      <span class={`chip ${findingLook[finding.severity]}`}>{say(`severity-${finding.severity}`)}</span>
      <span>
        {says}{' '}
        {mend && (
          <span class="soft">
            <Commands text={mend} />
          </span>
        )}
      </span>
    </>
  )
}
