import type { LineView } from '../../server/contract.ts'
import { saveDraft } from '../actions/save-draft.ts'
import { attempt } from '../attempt.ts'
import { discard, type Field, rebase, write } from '../desk/drafts.ts'
import { withDesk } from '../desk/lines.ts'
import type { Draft } from '../state.ts'
import { clock } from '../times.ts'
import { useHands, useSay } from './house.ts'

/** Two people wrote on one line: both versions side by side, and a person decides. Neither is lost on the way. */
export function Clash({ line, draft, clash }: { line: LineView; draft: Draft; clash: readonly Field[] }) {
  const hands = useHands()
  const { change } = hands
  const say = useSay()
  const who = line.editedBy ?? say('somebody')
  const shown = (value: string | number | LineView['sung']) =>
    typeof value === 'object'
      ? value.map(({ text, end }) => `${text} ${end}`).join(' · ')
      : typeof value === 'number'
        ? clock(value)
        : value === ''
          ? say('no-text')
          : (value ?? '')
  const mine = () => {
    change(withDesk(desk => rebase(desk, line)))
    void attempt(change, () => saveDraft(hands, line.id))
  }
  const theirs = () => change(withDesk(desk => discard(desk, line)))
  return (
    <section class="clash" role="alert" aria-label={say('clash')}>
      <p>
        <strong>{say('clash-says', { name: who })}</strong> {say('clash-mend')}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">{say('field')}</span>
            </th>
            <th scope="col">{say('yours')}</th>
            <th scope="col">{say('theirs', { name: who })}</th>
          </tr>
        </thead>
        <tbody>
          {clash.map(field => (
            <tr key={field}>
              <th scope="row">{say(`field-${field}`)}</th>
              <td lang={field === 'text' ? line.language : undefined}>{shown(draft[field])}</td>
              <td lang={field === 'text' ? line.language : undefined}>{shown(line[field])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {clash.includes('text') && (
        <label>
          {say('merge')}
          <textarea
            id="line-text"
            rows={3}
            lang={line.language}
            dir="auto"
            value={draft.text}
            onInput={event =>
              change(withDesk(desk => write(desk, line, { text: event.currentTarget.value })))
            }
          />
        </label>
      )}
      <p class="row">
        <button type="button" class="button main" onClick={mine}>
          {say('keep-mine')}
        </button>
        <button type="button" class="button" onClick={theirs}>
          {say('take-theirs')}
        </button>
      </p>
    </section>
  )
}
