import type { SeriesView } from '../../server/contract.ts'
import type { Alter } from './alter.ts'
import { readForm } from './form.ts'
import { useRead, useSay } from './house.ts'
import { Icon } from './icon.tsx'

type Casting = SeriesView['cast'][number]
const nameOf = ({ voice }: Casting) => (voice.kind === 'nobody' ? `${voice.engine}/${voice.preset}` : '')

/** Who speaks whom in the dub: machine voices only; a person's voice comes by their own consent. */
export function Cast({ series, alter, lead }: { series: SeriesView; alter: Alter; lead: boolean }) {
  const say = useSay()
  const voices = useRead(state => state.engines?.voices)
  const choices = voices ?? []
  const put = (character: string, chosen: string) => {
    const [engine = '', preset = ''] = [
      chosen.slice(0, chosen.indexOf('/')),
      chosen.slice(chosen.indexOf('/') + 1),
    ]
    const casting: Casting = { character, voice: { kind: 'nobody', engine, preset } }
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
  const options = choices.map(voice => (
    <option key={`${voice.engine}/${voice.preset}`} value={`${voice.engine}/${voice.preset}`}>
      {voice.preset} · {voice.says}
    </option>
  ))
  return (
    <section class="block" aria-labelledby="cast">
      <h2 id="cast">{say('cast')}</h2>
      <p class="soft">{say('cast-says')}</p>
      <ul class="cast">
        {series.cast.map(casting => (
          <li key={casting.character}>
            <span lang={series.language}>{casting.character}</span>
            {casting.voice.kind === 'person' ? (
              <span class="chip quiet">{say('voice-of-person')}</span>
            ) : (
              <select
                aria-label={say('voice-of', { character: casting.character })}
                disabled={!lead}
                value={nameOf(casting)}
                onChange={event => put(casting.character, event.currentTarget.value)}
              >
                {!choices.some(voice => `${voice.engine}/${voice.preset}` === nameOf(casting)) && (
                  <option value={nameOf(casting)}>{nameOf(casting)}</option>
                )}
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
