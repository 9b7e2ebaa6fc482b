import type { FindingView, LineView } from '../../server/contract.ts'
import { mendLine } from '../actions/mend-line.ts'
import { saveDraft } from '../actions/save-draft.ts'
import { attempt } from '../attempt.ts'
import { write } from '../desk/drafts.ts'
import { draftOf, withDesk } from '../desk/lines.ts'
import { mendable } from '../desk/mends.ts'
import { findingIn } from '../words.ts'
import { Commands } from './commands.tsx'
import { Do } from './do.tsx'
import { useHands, useRead, useSay, useTongue } from './house.ts'

export const findingLook = { note: 'quiet', warning: 'amber', error: 'red' } as const

/** What a stage noticed here, and what mends it: one by one with the words it would leave, or all at once. */
export function Findings({ line }: { line: LineView }) {
  const say = useSay()
  if (line.findings.length === 0) return null
  const several = line.findings.filter(({ fix }) => fix !== undefined).length > 1
  return (
    <>
      <ul class="findings" aria-label={say('findings')}>
        {line.findings.map(finding => (
          <li key={`${finding.rule}/${JSON.stringify(finding.place)}`}>
            <Finding finding={finding} />
            {finding.fix && <Fix line={line} fix={finding.fix} />}
          </li>
        ))}
      </ul>
      {several && (
        <p class="row">
          <Do action={mendLine} />
        </p>
      )}
    </>
  )
}

function Fix({ line, fix }: { line: LineView; fix: NonNullable<FindingView['fix']> }) {
  const hands = useHands()
  const say = useSay()
  const allowed = useRead(
    state => state.desk !== undefined && mendable(state, line, draftOf(state.desk, line), fix),
    [line, fix],
  )
  const mend = () => {
    hands.change(withDesk(desk => write(desk, line, { text: fix.text })))
    void attempt(hands.change, () => saveDraft(hands, line.id))
  }
  return (
    <button type="button" class="button quiet fix" disabled={!allowed} onClick={mend}>
      {say('mend-so')} <q lang={line.language}>{fix.text}</q>
    </button>
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
        {finding.clause !== undefined && <span class="small soft clause"> {finding.clause}</span>}
      </span>
    </>
  )
}
