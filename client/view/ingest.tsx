import { attempt } from '../attempt.ts'
import { roleOf } from '../roles.ts'
import { fileRoles, type State } from '../state.ts'
import { languageIn } from '../words.ts'
import { Commands } from './commands.tsx'
import { FilePick } from './file-pick.tsx'
import { listOf, readForm } from './form.ts'
import { useHands, useRead, useSay, useTongue } from './house.ts'
import { LanguageNames } from './language-names.tsx'

/** An episode comes in: its files, what is wanted of it, and when it is due. */
export function Ingest({ series: id }: { series: string }) {
  const { ask, carry, change, go, state } = useHands()
  const say = useSay()
  const series = useRead(({ series }) => series?.find(one => one.id === id), [id])
  const ready = useRead(readyToBegin)
  const busy = useRead(({ intake }) => intake.busy)

  const begin = async (event: SubmitEvent) => {
    const { get } = readForm(event)
    const { files } = state.peek().intake
    const media = files.media?.id
    if (media === undefined) return
    const onAir = get('on-air')
    const stream = (name: string) => (get(name) === undefined ? undefined : Number(get(name)))
    const wanted = {
      series: id,
      number: get('number') ?? '',
      title: get('title'),
      targets: listOf(get('targets')),
      onAir: onAir && new Date(onAir).toISOString(),
      audioStream: stream('audio-stream'),
      textStream: stream('text-stream'),
      media,
      script: files.script?.id,
      subtitles: files.subtitles?.id,
      me: files.me?.id,
    }
    const busy = (on: boolean) => change(before => ({ ...before, intake: { ...before.intake, busy: on } }))
    busy(true)
    const episode = await attempt(change, () => ask('newEpisode', {}, wanted))
    busy(false)
    if (episode === undefined) return
    change(before => ({ ...before, intake: { files: {}, busy: false } }))
    go({ at: 'episode', episode: episode.id })
  }
  // A file that missed its place would otherwise take the page's.
  const drop = (event: DragEvent) => {
    if (event.defaultPrevented) return
    event.preventDefault()
    for (const file of event.dataTransfer?.files ?? []) void carry(roleOf(file.name), file)
  }
  return (
    <main class="page narrow" onDragOver={event => event.preventDefault()} onDrop={drop}>
      <header class="head">
        <h1>{say('ingest')}</h1>
      </header>
      {series && (
        <form class="form" onSubmit={begin}>
          <fieldset class="files">
            <legend>{say('files')}</legend>
            {fileRoles.map(role => (
              <FilePick key={role} role={role} />
            ))}
          </fieldset>
          <Streams />
          <fieldset class="grid">
            <legend>{say('about-it')}</legend>
            <label>
              {say('episode-number')}
              <input name="number" required maxLength={200} />
            </label>
            <label>
              {say('title')}
              <input name="title" maxLength={200} lang={series.language} />
            </label>
            <label>
              {say('targets')}
              <input
                name="targets"
                required
                defaultValue={series.targets.join(', ')}
                aria-describedby="targets-hint"
              />
              <span class="small soft" id="targets-hint">
                {say('targets-hint')}
              </span>
            </label>
            <label>
              {say('on-air')}
              <input name="on-air" type="datetime-local" />
            </label>
          </fieldset>
          <LanguageNames />
          <AtHand />
          <p class="row">
            <button type="submit" class="button main" disabled={!ready || busy}>
              {say('begin-work')}
            </button>
            {!ready && <span class="soft small">{say('begin-when')}</span>}
          </p>
        </form>
      )}
    </main>
  )
}

/** The media has arrived, and nothing else is still on its way. */
export function readyToBegin({ intake }: State): boolean {
  const { media, ...others } = intake.files
  return media?.id !== undefined && Object.values(others).every(file => file.id !== undefined)
}

/** Which sound and which words of the file to take, when there is a choice. */
function Streams() {
  const say = useSay()
  const tongue = useTongue()
  const streams = useRead(({ intake }) => intake.streams)
  const texts = streams?.text.filter(({ readable }) => readable) ?? []
  const nameOf = (stream: { index: number; language?: string; title?: string; codec: string }) =>
    [`${stream.index}`, stream.language && languageIn(tongue, stream.language), stream.title, stream.codec]
      .filter(Boolean)
      .join(' · ')
  if (streams === undefined || (streams.audio.length < 2 && texts.length === 0)) return null
  return (
    <fieldset class="grid">
      <legend>{say('streams')}</legend>
      {streams.audio.length > 1 && (
        <label>
          {say('audio-stream')}
          <select name="audio-stream">
            {streams.audio.map(stream => (
              <option key={stream.index} value={stream.index}>
                {nameOf(stream)}
              </option>
            ))}
          </select>
        </label>
      )}
      {texts.length > 0 && (
        <label>
          {say('text-stream')}
          <select name="text-stream">
            <option value="">{say('no-text-stream')}</option>
            {texts.map(stream => (
              <option key={stream.index} value={stream.index}>
                {nameOf(stream)}
              </option>
            ))}
          </select>
        </label>
      )}
    </fieldset>
  )
}

/** What the work can be done with, and how to come by the rest. */
function AtHand() {
  const say = useSay()
  const engines = useRead(state => state.engines)
  if (engines === undefined) return null
  const row = (name: 'ears' | 'tongue', what: string | undefined) => (
    <li class={what === undefined ? 'amber' : 'green'}>
      <strong>{say(name)}</strong> {what ?? say(`no-${name}`)}
    </li>
  )
  return (
    <section class="at-hand">
      <h2>{say('at-hand')}</h2>
      <ul>
        {row('ears', engines.ears)}
        {row('tongue', engines.tongue)}
        <li class={engines.voices.length === 0 ? 'amber' : 'green'}>
          <strong>{say('voices')}</strong> {say('voices-count', { count: engines.voices.length })}
        </li>
        {engines.hints.map(hint => (
          <li key={hint} class="hint">
            <Commands text={hint} />
          </li>
        ))}
      </ul>
    </section>
  )
}
