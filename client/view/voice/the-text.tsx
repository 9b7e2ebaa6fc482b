import type { Prepared } from '../../../server/contract.ts'
import { legend } from '../../voice/legend.ts'
import { useOf, useSay, useTongue } from './house.ts'

/** The very text that a signature will be over, in the language it is in; and beside it what its long names stand for. */
export function TheText({ ready }: { ready: Prepared | undefined }) {
  const say = useSay()
  return (
    <section class="text" aria-busy={ready === undefined} aria-label={say('answer-text')}>
      <h2>{say('answer-text')}</h2>
      <p class="small soft">{say('answer-text-says')}</p>
      <ul lang={ready?.shown.language}>
        {ready ? ready.shown.text.split('\n').map((row, at) => <li key={at}>{row}</li>) : <li>…</li>}
      </ul>
      {ready && <Legend text={ready.shown.text} />}
    </section>
  )
}

function Legend({ text }: { text: string }) {
  const say = useSay()
  const tongue = useTongue()
  const me = useOf(state => state.me)
  const asked = useOf(state => state.asked)
  const mine = useOf(state => state.mine)
  const meanings = legend(text, { me, asked, mine }, say, tongue)
  if (meanings.length === 0) return null
  return (
    <div class="legend small">
      <h3>{say('legend')}</h3>
      <dl>
        {meanings.map(([name, meaning]) => (
          <div key={name}>
            <dt>
              <code>{name.slice(0, 8)}…</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
