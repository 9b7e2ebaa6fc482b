import type { EpisodeRow } from '../../../server/contract.ts'
import { attempt } from '../../attempt.ts'
import type { Preview as Previewed } from '../../leads/state.ts'
import { shortClock } from '../../times.ts'
import { useHands, useRead, useTongue } from '../house.ts'
import { Texts } from './requests.tsx'
import { type LeadSay, useLeadSay, whenIn } from './say.ts'

const hour = 3_600_000

/** What the actor will read, in both languages, what it is about, and what speaks against sending it so. */
export function Preview({ preview, rows }: { preview: Previewed; rows: readonly EpisodeRow[] }) {
  const { ask, change, go } = useHands()
  const say = useLeadSay()
  const tongue = useTongue()
  const now = useRead(state => state.now)
  const { wish, shown, stale } = preview
  const send = async () => {
    const sent = await attempt(change, () => ask('newRequest', {}, wish))
    if (sent === undefined) return
    change(before => ({ ...before, notice: { done: say('sent', { name: sent.actorName }) } }))
    go({ at: 'consents' })
  }
  const warnings = warningsOf(say, preview, rows, now, at => whenIn(tongue, at))
  return (
    <section class="block preview" aria-labelledby="preview">
      <h2 id="preview" tabIndex={-1}>
        {say('preview-of', { name: shown.actorName })}
      </h2>
      <p class="soft">{say('preview-says')}</p>
      {warnings.map(warning => (
        <p key={warning} class="warning">
          {warning}
        </p>
      ))}
      <Texts text={shown.text} terms={{ ...wish.terms, title: shown.title, words: [] }} open />
      <h3>{say('names-in-it')}</h3>
      <dl class="names">
        <dt>{say('actor')}</dt>
        <dd>
          {shown.actorName} <code>{wish.actor}</code>
        </dd>
        <dt>{say('holder')}</dt>
        <dd>
          {shown.holderName} <code>{wish.terms.holder}</code>
        </dd>
        <dt>{say('company')}</dt>
        <dd>{shown.company}</dd>
      </dl>
      {shown.lines.length > 0 && (
        <details>
          <summary>
            {say('lines-in-it', {
              count: shown.lines.length,
              minutes: shortClock(Math.ceil(shown.milliseconds / 1000) * 1000),
            })}
          </summary>
          <ol class="asked-lines">
            {shown.lines.map(line => (
              <li key={`${line.episode}/${line.language}/${line.line}`}>
                <span class="small soft">
                  {line.episode} · {line.character}
                </span>{' '}
                <span lang={line.language}>{line.text}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
      <p class="row told">
        <button type="button" class="button main" disabled={stale} onClick={() => void send()}>
          {say('send')}
        </button>
        <span role="status">{stale && say('preview-stale')}</span>
      </p>
    </section>
  )
}

/** What an experienced lead would notice before sending it. */
export function warningsOf(
  say: LeadSay,
  { wish: { terms }, shown }: Pick<Previewed, 'wish' | 'shown'>,
  rows: readonly Pick<EpisodeRow, 'number' | 'onAir'>[],
  now: number,
  when: (at: number) => string,
): string[] {
  const count = shown.lines.length
  const seconds = Math.ceil(shown.milliseconds / 1000)
  const { limits, noticeHours } = terms
  const ends = now + noticeHours * hour
  const late = rows.filter(({ number, onAir }) => {
    const at = Date.parse(onAir ?? '')
    return terms.episodes.includes(number) && at > now && at < ends
  })
  return [
    ...(count === 0 ? [say('no-lines')] : []),
    ...(limits.lines < count ? [say('fewer-lines', { limit: limits.lines, count })] : []),
    ...(limits.seconds < seconds ? [say('fewer-seconds', { limit: limits.seconds, seconds })] : []),
    ...late.map(({ number }) => say('notice-after-air', { when: when(ends), number })),
  ]
}
