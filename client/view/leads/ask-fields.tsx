import type { EpisodeRow } from '../../../server/contract.ts'
import { day, dayOf } from '../../leads/wish.ts'
import { useRead } from '../house.ts'
import { Bounds, type Given, Scope } from './ask-scope.tsx'
import { Hint } from './hint.tsx'
import { type LeadSay, useLeadSay } from './say.ts'

/** The terms of a request. What waits for this actor's yes is filled in already. */
export function AskFields(given: Given) {
  const say = useLeadSay()
  return (
    <>
      <Scope {...given} />
      <Bounds {...given} />
      <Term rows={given.rows} />
      <Money />
      <Naming say={say} />
    </>
  )
}

function Term({ rows }: { rows: readonly EpisodeRow[] }) {
  const say = useLeadSay()
  const now = useRead(state => dayOf(state.now))
  const today = Date.parse(now)
  const airs = rows.map(({ onAir }) => Date.parse(onAir ?? '')).filter(at => at > today)
  const made = Math.max(today + 90 * day, ...airs.map(at => at + day))
  const date = (name: 'from' | 'make-until' | 'until', at: number) => (
    <label>
      {say(name)}
      <input name={name} type="date" required defaultValue={dayOf(at)} aria-describedby="term-says" />
    </label>
  )
  return (
    <fieldset class="grid block">
      <legend>{say('term')}</legend>
      {date('from', today)}
      {date('make-until', made)}
      {date('until', Math.max(made, today + 365 * day))}
      <Hint id="term-says">{say('term-says')}</Hint>
    </fieldset>
  )
}

function Money() {
  const say = useLeadSay()
  return (
    <fieldset class="grid block">
      <legend>{say('money')}</legend>
      <label>
        {say('model')}
        <select name="model" defaultValue="line">
          {(['line', 'minute', 'session', 'residual'] as const).map(model => (
            <option key={model} value={model}>
              {say(`model-${model}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say('rate')}
        <input name="rate" type="number" min={0} step="any" required />
      </label>
      <label>
        {say('currency')}
        <input name="currency" required pattern="[A-Za-z]{3}" maxLength={3} defaultValue="JPY" />
      </label>
      <label>
        {say('basis')}
        <input name="basis" maxLength={2000} aria-describedby="basis-says" />
        <Hint id="basis-says">{say('basis-says')}</Hint>
      </label>
    </fieldset>
  )
}

function Naming({ say }: { say: LeadSay }) {
  return (
    <fieldset class="grid block">
      <legend>{say('named')}</legend>
      <label>
        {say('label')}
        <input
          name="label"
          required
          maxLength={2000}
          defaultValue="一部の声は合成です / Some voices are synthetic"
        />
      </label>
      <label>
        {say('credit')}
        <input name="credit" required maxLength={2000} />
      </label>
      <label>
        {say('notice-hours')}
        <input
          name="notice-hours"
          type="number"
          min={48}
          max={8760}
          required
          defaultValue={48}
          aria-describedby="notice-hours-say"
        />
        <Hint id="notice-hours-say">{say('notice-hours-say')}</Hint>
      </label>
      <fieldset class="stack">
        <legend>{say('after')}</legend>
        <Hint>{say('after-says')}</Hint>
        <label>
          {say('released')}
          <select name="released" defaultValue="take-down">
            <option value="take-down">{say('take-down')}</option>
            <option value="sell-off">{say('sell-off')}</option>
          </select>
        </label>
        <label>
          {say('sell-off-days')}
          <input name="sell-off-days" type="number" min={1} max={365} defaultValue={30} />
        </label>
      </fieldset>
    </fieldset>
  )
}
