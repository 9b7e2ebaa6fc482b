import type { EpisodeRow, SeriesView } from '../../../server/contract.ts'
import type { Leads } from '../../leads/state.ts'
import { languageIn } from '../../words.ts'
import { useTongue } from '../house.ts'
import { Hint } from './hint.tsx'
import { ReleaseFields } from './release-fields.tsx'
import { useLeadSay } from './say.ts'

/** What every draft needs, and no more: the rest is asked for when it is wanted. */
const usual = ['speak', 'mix', 'hear']

export type Given = {
  readonly series: SeriesView
  readonly rows: readonly EpisodeRow[]
  readonly leads: Leads
  readonly actor: string | undefined
}

/** What the voice is asked for: acts, lines, languages, parts, and where it goes. */
export function Scope({ series, rows, leads, actor }: Given) {
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
      <ReleaseFields release={series.release} labels={['territories', 'media']} />
    </fieldset>
  )
}

/** How much, and what it may not be used for. */
export function Bounds({ series, leads, actor }: Given) {
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
