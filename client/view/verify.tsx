import { useEffect, useState } from 'preact/hooks'
import { plainly } from '../../consent/plain.ts'
import { type Verdict, verifyReceipt } from '../../consent/verify.ts'
import { knowsEd25519 } from '../able.ts'
import { keepTongue, readTongue } from '../keep.ts'
import type { Tongue } from '../state.ts'
import { verifyWords } from '../words/verify.ts'
import { Icon } from './icon.tsx'

type Given = { readonly name: string; readonly text: string }
type Found = Given & { readonly verdict: Verdict }
type Word = keyof typeof verifyWords

/** A key to check with, files to check, and what is found. All of it stays in this page. */
export function Verify() {
  const [tongue, setTongue] = useState<Tongue>(() => readTongue(navigator.languages))
  const [key, setKey] = useState('')
  const [here, setHere] = useState('')
  const [able, setAble] = useState(true)
  const [given, setGiven] = useState<readonly Given[]>([])
  const [found, setFound] = useState<readonly Found[]>([])
  const say = (word: Word) => verifyWords[word][tongue]

  useEffect(() => {
    document.documentElement.lang = tongue
    document.title = `${say('title')} · Kotodama`
    keepTongue(tongue)
  }, [tongue])
  useEffect(() => {
    void knowsEd25519().then(setAble)
    // The one request of this page, before anything is chosen: a suggestion, and no harm when nobody answers.
    void fetch('/log/public-key')
      .then(answer => (answer.ok ? answer.text() : ''))
      .then(text => {
        setHere(text.trim())
        setKey(before => before || text.trim())
      })
      .catch(() => undefined)
  }, [])
  useEffect(() => {
    let current = true
    const checked = given.map(async one => ({ ...one, verdict: await verifyReceipt(one.text, key.trim()) }))
    void Promise.all(checked).then(all => current && setFound(all))
    return () => {
      current = false
    }
  }, [given, key])

  const take = async (files: FileList | null | undefined) => {
    const texts = Array.from(files ?? [], async file => ({
      name: file.name,
      // To the letter: `text()` would leave a mark of byte order out, and so read another file than the verifier's.
      text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer()),
    }))
    setGiven(await Promise.all(texts))
  }
  const other = tongue === 'en' ? 'ja' : 'en'
  return (
    <>
      <header class="bar">
        <a class="brand" href="/" aria-label={say('home')}>
          <img src="/mark.svg" alt="" width="24" height="24" />
          <span>Kotodama</span>
        </a>
        <span class="trail" />
        <nav class="tools">
          <button type="button" class="button quiet" lang={other} onClick={() => setTongue(other)}>
            {other === 'ja' ? '日本語' : 'English'}
          </button>
        </nav>
      </header>
      <main class="page narrow">
        <h1>{say('title')}</h1>
        <p class="lead">{say('says')}</p>
        {!able && (
          <p class="chip red" role="alert">
            {say('unable')}
          </p>
        )}
        <div class="form">
          <label>
            {say('key')}
            <textarea
              class="key"
              name="key"
              rows={2}
              spellcheck={false}
              value={key}
              aria-describedby="key-says"
              onInput={event => setKey(event.currentTarget.value)}
            />
          </label>
          <p class="small soft" id="key-says">
            {say(here !== '' && key.trim() === here ? 'key-here' : 'key-says')}
          </p>
          <Drop say={say} take={take} there={given.length > 0} />
        </div>
        {able && found.length > 0 && (
          <section class="told" role="status" aria-label={say('results')}>
            {found.map((one, at) => (
              <Told key={`${at} ${one.name}`} found={one} tongue={tongue} say={say} />
            ))}
          </section>
        )}
      </main>
    </>
  )
}

type Say = (word: Word) => string

function Drop({
  say,
  take,
  there,
}: {
  say: Say
  take: (files: FileList | null | undefined) => void
  there: boolean
}) {
  const over = (event: DragEvent, on: boolean) => {
    event.preventDefault()
    const place = event.currentTarget as HTMLElement
    place.classList.toggle('over', on)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way in; the field inside is the first
    <div
      class={`drop ${there ? 'there' : ''}`}
      onDragOver={event => over(event, true)}
      onDragLeave={event => over(event, false)}
      onDrop={event => {
        over(event, false)
        take(event.dataTransfer?.files)
      }}
    >
      <label>
        <Icon name={there ? 'check' : 'file'} />
        <span>
          <strong>{say('drop')}</strong>
          <span class="small soft">{say('drop-says')}</span>
        </span>
        <input
          type="file"
          name="receipts"
          multiple
          accept=".json,application/json"
          onChange={event => take(event.currentTarget.files)}
        />
      </label>
    </div>
  )
}

function Told({ found, tongue, say }: { found: Found; tongue: Tongue; say: Say }) {
  const { state, says, scope } = plainly(found.verdict, tongue, Date.now())
  const shown = found.verdict.valid ? shownIn(found.text) : undefined
  const rule = found.verdict.valid ? undefined : found.verdict.broken
  return (
    <article class={`verdict ${state}`} data-state={state} data-broken={rule}>
      <p class="file">{found.name}</p>
      <h2>{say(state)}</h2>
      <ul>
        {says.map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {scope.length > 0 && (
        <dl>
          {scope.map(([label, value]) => (
            <>
              <dt key={label}>{label}</dt>
              <dd>{value}</dd>
            </>
          ))}
        </dl>
      )}
      {shown && (
        <details>
          <summary>{say('shown')}</summary>
          <pre lang={shown.language}>{shown.text}</pre>
        </details>
      )}
    </article>
  )
}

/** What the person read before they signed: the verifier has seen that their signature is over it. */
function shownIn(text: string): { readonly language: string; readonly text: string } {
  return JSON.parse(text).grant.signed.shown
}
