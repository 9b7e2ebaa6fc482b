import type { Prepared } from '../../../server/contract.ts'
import { useSay } from './house.ts'

/** The very text that a signature will be over, letter by letter, in the language it is in. */
export function TheText({ ready }: { ready: Prepared | undefined }) {
  const say = useSay()
  return (
    <section class="text" aria-busy={ready === undefined} aria-label={say('answer-text')}>
      <h2>{say('answer-text')}</h2>
      <p class="small soft">{say('answer-text-says')}</p>
      <ul lang={ready?.shown.language}>
        {ready ? ready.shown.text.split('\n').map((row, at) => <Row key={at} row={row} />) : <li>…</li>}
      </ul>
    </section>
  )
}

/** What a row is about stands out; the long numbers at the end step back. */
function Row({ row }: { row: string }) {
  const [, label = '', value = row] = /^([^:]{1,80}: )(.*)$/s.exec(row) ?? []
  return (
    <li class={/[\w-]{43}/.test(value) ? 'number' : undefined}>
      {label && <b>{label}</b>}
      {value}
    </li>
  )
}
