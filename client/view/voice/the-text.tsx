import type { Prepared } from '../../../server/contract.ts'
import { useSay } from './house.ts'

/** The very text that a signature will be over, in the language it is in. */
export function TheText({ ready }: { ready: Prepared | undefined }) {
  const say = useSay()
  return (
    <section class="text" aria-busy={ready === undefined} aria-label={say('answer-text')}>
      <h2>{say('answer-text')}</h2>
      <p class="small soft">{say('answer-text-says')}</p>
      <ul lang={ready?.shown.language}>
        {ready ? ready.shown.text.split('\n').map((row, at) => <li key={at}>{row}</li>) : <li>…</li>}
      </ul>
    </section>
  )
}
