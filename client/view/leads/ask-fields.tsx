import type { EpisodeRow, SeriesView } from '../../../server/contract.ts'
import type { Leads } from '../../leads/state.ts'
import { day, dayOf } from '../../leads/wish.ts'
import { languageIn } from '../../words.ts'
import { useRead, useTongue } from '../house.ts'
import { type LeadSay, useLeadSay } from './say.ts'

/** What every draft needs, and no more: the rest is asked for when it is wanted. */
const usual = ['speak', 'mix', 'hear']

type Given = {
  readonly series: SeriesView
  readonly rows: readonly EpisodeRow[]
  readonly leads: Leads
  readonly actor: string | undefined
}

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

function Scope({ series, rows, leads, actor }: Given) {
  const say = useLeadSay()
  const tongue = useTongue()
  const waiting = (leads.withheld[series.id] ?? []).filter(row => row.actor === actor && row.ask === 'actor')
  const wanted = (of: (row: (typeof waiting)[number]) => string) => new Set(waiting.map(of))
  const cast = series.cast.map(({ character }) => character)
  const played = series.cast.filter(({ voice }) => voice.kind === 'person' && voice.actor === actor)
  const characters = [...new Set([...cast, ...waiting.map(row => row.character)])]
  const checked = {
    episodes: wanted(row => row.number),
    languages: wanted(row => row.language),
    characters: new Set([...played.map(({ character }) => character), ...waiting.map(row => row.character)]),
  }
  return (
    <fieldset class="grid block">
      <legend>{say('what')}</legend>
      <Choices
        name="acts"
        legend={say('acts')}
        hint={say('acts-say')}
        choices={(leads.words?.acts ?? []).map(act => [act.name, act[tongue]])}
        checked={new Set(usual)}
      />
      <div class="stack">
        <Choices
          name="episodes"
          legend={say('episodes')}
          choices={rows.map(({ number, title }) => [number, `${number} ${title}`.trim()])}
          checked={checked.episodes}
        />
        <Choices
          name="languages"
          legend={say('languages')}
          choices={series.targets.map(target => [target, languageIn(tongue, target)])}
          checked={checked.languages}
        />
      </div>
      <div class="stack">
        <Choices
          name="characters"
          legend={say('characters')}
          choices={characters.map(character => [character, character])}
          checked={checked.characters}
        />
        <label>
          {say('more-characters')}
          <input name="more-characters" lang={series.language} />
        </label>
      </div>
      <label>
        {say('territories')}
        <input
          name="territories"
          defaultValue={series.release.territories.join(', ')}
          aria-describedby="territories-say"
        />
        <Hint id="territories-say">{say('territories-say')}</Hint>
      </label>
      <label>
        {say('media')}
        <input name="media" defaultValue={series.release.media.join(', ')} aria-describedby="media-say" />
        <Hint id="media-say">{say('media-say')}</Hint>
      </label>
    </fieldset>
  )
}

function Bounds({ series, leads, actor }: Given) {
  const say = useLeadSay()
  const tongue = useTongue()
  const waiting = (leads.withheld[series.id] ?? []).filter(row => row.actor === actor).length
  // A change in the text makes its line anew: three drafts of each are little.
  const lines = Math.max(10, waiting)
  const named = (table: readonly { name: string; en: string; ja: string }[] | undefined) =>
    (table ?? []).map(row => [row.name, row[tongue]] as const)
  return (
    <fieldset class="grid block">
      <legend>{say('limits')}</legend>
      <div class="stack">
        <label>
          {say('limit-lines')}
          <input name="lines" type="number" min={1} required defaultValue={lines} />
        </label>
        <label>
          {say('limit-seconds')}
          <input
            name="seconds"
            type="number"
            min={1}
            required
            defaultValue={lines * 10}
            aria-describedby="limit-seconds-say"
          />
          <Hint id="limit-seconds-say">{say('limit-seconds-say')}</Hint>
        </label>
      </div>
      <Choices
        name="banned"
        legend={say('banned')}
        choices={named(leads.words?.contents)}
        checked={new Set((leads.words?.contents ?? []).map(({ name }) => name))}
      />
      <Choices
        name="alterations"
        legend={say('alterations')}
        hint={say('alterations-say')}
        choices={named(leads.words?.alterations)}
        checked={new Set()}
      />
    </fieldset>
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

const Hint = ({ id, children }: { id?: string; children: string }) => (
  <span class="small soft" id={id}>
    {children}
  </span>
)

function Choices({
  name,
  legend,
  hint,
  choices,
  checked,
}: {
  name: string
  legend: string
  hint?: string
  choices: readonly (readonly [value: string, says: string])[]
  checked: ReadonlySet<string>
}) {
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {hint && <Hint>{hint}</Hint>}
      {choices.map(([value, says]) => (
        <label key={value} class="check">
          <input type="checkbox" name={name} value={value} defaultChecked={checked.has(value)} />
          <span>{says}</span>
        </label>
      ))}
    </fieldset>
  )
}
