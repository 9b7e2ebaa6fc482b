import { useEffect, useRef, useState } from 'preact/hooks'
import type { PhraseView, RecordingView } from '../../../server/contract.ts'
import { type Recorder, record } from '../../voice/record.ts'
import { erasure } from '../../voice/sheets.ts'
import { seconds, timeIn } from '../../voice/spell.ts'
import { Icon } from '../icon.tsx'
import { useOf, useSay, useTongue, useVoice } from './house.ts'

/** Recordings of my voice: the phrase read aloud first, then what the machine may speak after. */
export function Recordings() {
  const { change } = useVoice()
  const say = useSay()
  const recordings = useOf(state => state.recordings)
  const party = useOf(state => state.me?.party)
  const spoken = recordings?.some(({ kind, verdict }) => kind === 'statement' && verdict !== 'rejected')
  return (
    <main class="page narrow" aria-busy={recordings === undefined}>
      <h1>{say('recordings-title')}</h1>
      <p class="lead">{say('recordings-says')}</p>
      <Phrase />
      {spoken && (
        <section class="block stack">
          <h2>{say('reference-title')}</h2>
          <p class="soft">{say('reference-says')}</p>
          <Sender />
        </section>
      )}
      <ul class="cards">
        {recordings?.map(one => (
          <Recording key={one.id} recording={one} />
        ))}
      </ul>
      {party && (
        <p>
          <button type="button" class="button danger wide" onClick={() => change({ sheet: erasure(party) })}>
            {say('erase-title')}
          </button>
        </p>
      )}
    </main>
  )
}

function Phrase() {
  const { ask, attempt } = useVoice()
  const say = useSay()
  const tongue = useTongue()
  const [phrase, setPhrase] = useState<PhraseView>()
  const get = async () => setPhrase(await attempt(() => ask('newPhrase', {})))
  if (phrase === undefined)
    return (
      <p>
        <button type="button" class="button main wide tall" onClick={() => void get()}>
          {say('phrase-do')}
        </button>
      </p>
    )
  return (
    <section class="block stack">
      <h2>{say('phrase-title')}</h2>
      <p class="phrase" lang="ja">
        {phrase.text}
      </p>
      <p class="small soft">{say('phrase-ends', { time: timeIn(tongue, phrase.ends) })}</p>
      <Sender phrase={phrase.phrase} sent={() => setPhrase(undefined)} />
    </section>
  )
}

/** Records or takes a file, lets it be heard, and sends it when asked to. */
function Sender({ phrase, sent }: { phrase?: string; sent?: () => void }) {
  const { sendRecording, tell } = useVoice()
  const say = useSay()
  const [recorder, setRecorder] = useState<Recorder>()
  const [sound, setSound] = useState<Blob>()
  const [busy, setBusy] = useState(false)
  const url = useUrl(sound)
  const running = useRef<Recorder>(undefined)
  running.current = recorder
  useEffect(() => () => void running.current?.stop(), [])
  const begin = () =>
    record()
      .then(one => {
        setSound(undefined)
        setRecorder(one)
      })
      .catch(() => tell('record-unable', true))
  const end = async () => {
    setSound(await recorder?.stop())
    setRecorder(undefined)
  }
  const send = async () => {
    if (sound === undefined) return
    setBusy(true)
    const taken = await sendRecording(sound, phrase)
    setBusy(false)
    if (!taken) return
    setSound(undefined)
    sent?.()
  }
  return (
    <div class="stack">
      <div class="row">
        <button
          type="button"
          class={`button tall push ${recorder ? 'danger' : ''}`}
          aria-pressed={recorder !== undefined}
          onClick={() => void (recorder ? end() : begin())}
        >
          <Icon name={recorder ? 'pause' : 'voice'} />
          {say(recorder ? 'record-stop' : 'record-do')}
        </button>
        <label class="button tall push">
          {say('record-file')}
          <input
            type="file"
            class="unseen"
            accept="audio/*"
            onChange={event => setSound(event.currentTarget.files?.[0])}
          />
        </label>
      </div>
      {url !== undefined && (
        <>
          {/* biome-ignore lint/a11y/useMediaCaption: it is what its listener has just said */}
          <audio controls src={url} aria-label={say('record-listen')} />
          <button type="button" class="button main wide tall" disabled={busy} onClick={() => void send()}>
            {say('record-send')}
          </button>
        </>
      )}
    </div>
  )
}

/** An address for what was recorded, for as long as it is on the page. */
function useUrl(sound: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = sound && URL.createObjectURL(sound)
    setUrl(made)
    return () => {
      if (made !== undefined) URL.revokeObjectURL(made)
    }
  }, [sound])
  return url
}

const tones = { waiting: 'amber', accepted: 'green', rejected: 'red' } as const

function Recording({ recording }: { recording: RecordingView }) {
  const say = useSay()
  const tongue = useTongue()
  const { kind, at, milliseconds, verdict, url, phrase } = recording
  return (
    <li class="card yes">
      <div class="row">
        <h2>{say(`kind-${kind}`)}</h2>
        <span class={`chip ${tones[verdict]}`}>{say(`verdict-${verdict}`)}</span>
      </div>
      <p class="small soft figure">
        {timeIn(tongue, at)} · {seconds(milliseconds)} s
      </p>
      {phrase !== undefined && <p lang="ja">{phrase}</p>}
      {/* biome-ignore lint/a11y/useMediaCaption: the phrase that is read stands above it */}
      {url !== undefined && <audio controls preload="none" src={url} aria-label={say('hear')} />}
    </li>
  )
}
