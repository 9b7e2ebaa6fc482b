import type { SeriesView } from '../../server/contract.ts'
import { inRole } from '../leads/wish.ts'
import type { Alter } from './alter.ts'
import { readForm } from './form.ts'
import { useRead, useSay } from './house.ts'
import { Icon } from './icon.tsx'
import { useLeadSay } from './leads/say.ts'

type Casting = SeriesView['cast'][number]

/** A stock voice as `engine/preset`, a person's as `@` and their party: no engine is called so. */
const nameOf = ({ voice }: Casting) =>
  voice.kind === 'nobody' ? `${voice.engine}/${voice.preset}` : `@${voice.actor}`
function voiceOf(name: string): Casting['voice'] {
  if (name.startsWith('@')) return { kind: 'person', actor: name.slice(1) }
  const slash = name.indexOf('/')
  return { kind: 'nobody', engine: name.slice(0, slash), preset: name.slice(slash + 1) }
}

/** Who speaks whom in the dub: a stock voice, or a person's, which stays silent until they say yes. */
export function Cast({ series, alter, lead }: { series: SeriesView; alter: Alter; lead: boolean }) {
  const say = useSay()
  const sayLead = useLeadSay()
  const voices = useRead(state => state.engines?.voices)
  const choices = voices ?? []
  const people = useRead(state => state.leads?.people)
  const actors = inRole(people, 'actor')
  const put = (character: string, chosen: string) => {
    const casting: Casting = { character, voice: voiceOf(chosen) }
    const others = series.cast.filter(one => one.character !== character)
    void alter({ cast: [...others, casting] })
  }
  const add = (event: SubmitEvent) => {
    const { form, get } = readForm(event)
    const [character, voice] = [get('character'), get('voice')]
    if (character === undefined || voice === undefined) return
    put(character, voice)
    form.reset()
  }
  const stock = choices.map(voice => (
    <option key={`${voice.engine}/${voice.preset}`} value={`${voice.engine}/${voice.preset}`}>
      {voice.preset} · {voice.says}
    </option>
  ))
  // Where nobody is enrolled there is nothing to choose between.
  const options =
    actors.length === 0 ? (
      stock
    ) : (
      <>
        <optgroup label={sayLead('cast-stock')}>{stock}</optgroup>
        <optgroup label={sayLead('cast-people')}>
          {actors.map(({ party, name }) => (
            <option key={party} value={`@${party}`}>
              {sayLead('cast-person', { name })}
            </option>
          ))}
        </optgroup>
      </>
    )
  const known = new Set([
    ...choices.map(voice => `${voice.engine}/${voice.preset}`),
    ...actors.map(({ party }) => `@${party}`),
  ])
  return (
    <section class="block" aria-labelledby="cast">
      <h2 id="cast">{say('cast')}</h2>
      <p class="soft">{say('cast-says')}</p>
      {series.cast.some(({ voice }) => voice.kind === 'person') && (
        <p class="small soft">{sayLead('cast-person-says')}</p>
      )}
      <ul class="cast">
        {series.cast.map(casting => (
          <li key={casting.character}>
            <span lang={series.language}>{casting.character}</span>
            {casting.voice.kind === 'person' && !known.has(nameOf(casting)) ? (
              <span class="chip quiet">{say('voice-of-person')}</span>
            ) : (
              <select
                aria-label={say('voice-of', { character: casting.character })}
                disabled={!lead}
                value={nameOf(casting)}
                onChange={event => put(casting.character, event.currentTarget.value)}
              >
                {!known.has(nameOf(casting)) && <option value={nameOf(casting)}>{nameOf(casting)}</option>}
                {options}
              </select>
            )}
            {lead && (
              <button
                type="button"
                class="button icon"
                aria-label={say('remove-casting', { character: casting.character })}
                onClick={() => void alter({ cast: series.cast.filter(one => one !== casting) })}
              >
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {lead && (
        <form class="row" onSubmit={add}>
          <label>
            {say('character')}
            <input name="character" required maxLength={200} lang={series.language} />
          </label>
          <label>
            {say('voice')}
            <select name="voice" required>
              {options}
            </select>
          </label>
          <button type="submit" class="button">
            {say('add')}
          </button>
        </form>
      )}
    </section>
  )
}
