import type { LineView } from '../../server/contract.ts'
import { judge } from '../actions/judge.ts'
import { attempt } from '../attempt.ts'
import { may } from '../may.ts'
import { readForm } from './form.ts'
import { useHands, useRead, useSay, useTongue } from './house.ts'

/** What people said about a line, and a place to say more. */
export function Comments({ line }: { line: LineView }) {
  const hands = useHands()
  const say = useSay()
  const tongue = useTongue()
  const allowed = useRead(state => may(state, 'judgeLine'))
  const time = new Intl.DateTimeFormat(tongue, { dateStyle: 'short', timeStyle: 'short' })
  const tell = async (event: SubmitEvent) => {
    const { form, get } = readForm(event)
    const comment = get('comment')
    if (comment === undefined) return
    await attempt(hands.change, async () => {
      await judge(hands, { comment })
      form.reset()
    })
  }
  return (
    <section class="comments" aria-label={say('comments')}>
      <ul>
        {line.comments.map(comment => (
          <li key={comment.at + comment.by}>
            <p class="small soft">
              <strong>{comment.by}</strong>{' '}
              <time dateTime={comment.at}>{time.format(Date.parse(comment.at))}</time>
            </p>
            <p dir="auto">{comment.text}</p>
          </li>
        ))}
      </ul>
      {allowed && (
        <form class="row" onSubmit={tell}>
          <input name="comment" aria-label={say('comment')} placeholder={say('comment')} maxLength={2000} />
          <button type="submit" class="button">
            {say('comment-do')}
          </button>
        </form>
      )}
    </section>
  )
}
