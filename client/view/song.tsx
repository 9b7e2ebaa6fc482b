import { useState } from 'preact/hooks'
import type { LineView } from '../../server/contract.ts'
import { saveDraft } from '../actions/save-draft.ts'
import { attempt } from '../attempt.ts'
import { write } from '../desk/drafts.ts'
import { withDesk } from '../desk/lines.ts'
import { joinNext, lettersOf, moveEnd, type Sung, splitAt, spread } from '../desk/syllables.ts'
import { songWords } from '../words/songs.ts'
import { useHands, useRead } from './house.ts'
import { useTable } from './table-say.ts'

type Parts = { readonly line: LineView; readonly seen: LineView; readonly fixed: boolean }

/** A song: the same words in other forms, and in the original when each syllable is sung. */
export function Song({ line, seen, fixed, own }: Parts & { readonly own: boolean }) {
  const say = useTable(songWords)
  if (seen.kind !== 'song' || (!own && line.forms === undefined)) return null
  return (
    <section class="song" aria-label={say('song')}>
      <Forms line={line} fixed={fixed || own} />
      {own && <Syllables key={line.id} line={line} seen={seen} fixed={fixed} />}
    </section>
  )
}

/** Romaji, kanji and a translation that is there already: it may be taken, and is never taken by itself. */
function Forms({ line, fixed }: { line: LineView; fixed: boolean }) {
  const { change } = useHands()
  const say = useTable(songWords)
  const original = useRead(({ desk }) => desk?.episode.language ?? 'ja')
  if (line.forms === undefined) return null
  return (
    <ul class="forms" aria-label={say('forms')}>
      {line.forms.map(({ form, text }) => (
        <li key={form} class="row">
          <span class="chip quiet">{say(form)}</span>
          <span lang={form === 'kanji' ? original : form === 'romaji' ? `${original}-Latn` : undefined}>
            {text}
          </span>
          {form === 'translation' && !fixed && (
            <button
              type="button"
              class="button quiet"
              onClick={() => change(withDesk(desk => write(desk, line, { text })))}
            >
              {say('take-form')}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

function Syllables({ line, seen, fixed }: Parts) {
  const hands = useHands()
  const say = useTable(songWords)
  const rate = useRead(({ desk }) => desk?.episode.frameRate)
  const [at, setAt] = useState(0)
  const [cut, setCut] = useState<number>()
  const sung = seen.sung ?? []
  const length = seen.end - seen.start
  const chosen = Math.min(at, sung.length - 1)
  const one = sung[chosen]
  const letters = lettersOf(one?.text ?? '')
  const middle = Math.ceil(letters.length / 2)
  const frame = rate ? Math.round((1000 * rate.den) / rate.num) : 42
  const put = (now: Sung) => hands.change(withDesk(desk => write(desk, line, { sung: [...now] })))
  const save = () => void attempt(hands.change, () => saveDraft(hands, line.id))
  const nudge = (by: number) => one && put(moveEnd(sung, chosen, one.end + by, length))
  const split = () => put(splitAt(sung, chosen, cut ?? middle))
  const choose = (next: number) => {
    const to = Math.max(0, Math.min(sung.length - 1, next))
    setAt(to)
    setCut(undefined)
    document.getElementById(`syllable-${to}`)?.focus()
  }
  const press = (event: KeyboardEvent) => {
    const step = event.shiftKey ? frame : 10
    const deeds: Readonly<Record<string, () => unknown>> = {
      ArrowLeft: () => choose(chosen - 1),
      ArrowRight: () => choose(chosen + 1),
      ...(!fixed && {
        ArrowUp: () => nudge(step),
        ArrowDown: () => nudge(-step),
        Enter: split,
        Delete: () => put(joinNext(sung, chosen)),
      }),
    }
    if (event.ctrlKey || event.altKey || event.metaKey || !Object.hasOwn(deeds, event.key)) return
    event.preventDefault()
    deeds[event.key]?.()
  }
  if (one === undefined)
    return fixed ? null : (
      <p class="row">
        <button
          type="button"
          class="button"
          onClick={() => {
            put(spread(seen.text, length))
            save()
          }}
        >
          {say('time-them')}
        </button>
      </p>
    )
  return (
    <fieldset
      class="syllables"
      aria-label={say('syllables')}
      aria-describedby="syllables-keys"
      onFocusOut={event => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) save()
      }}
    >
      <div class="run" role="toolbar" aria-label={say('syllables')} onKeyDown={press}>
        {sung.map(({ text, start, end }, index) => (
          <button
            // It keeps the focus while its words change.
            key={index}
            id={`syllable-${index}`}
            type="button"
            class="syllable"
            tabIndex={index === chosen ? 0 : -1}
            aria-pressed={index === chosen}
            style={{ flexGrow: Math.max(1, end - start) }}
            onClick={() => choose(index)}
          >
            {text}
            <span class="figure small">{end - start}</span>
            <span class="unseen">{say('syllable', { start, end })}</span>
          </button>
        ))}
      </div>
      <p class="small soft" id="syllables-keys">
        {say('syllables-keys')}
      </p>
      {!fixed && (
        <div class="row">
          {(
            [
              ['frame-earlier', '−−', -frame],
              ['earlier', '−', -10],
              ['later', '+', 10],
              ['frame-later', '++', frame],
            ] as const
          ).map(([word, mark, by]) => (
            <button
              key={word}
              type="button"
              class="button icon"
              aria-label={say(word)}
              title={say(word)}
              onClick={() => nudge(by)}
            >
              {mark}
            </button>
          ))}
          {letters.length > 1 && (
            <>
              <select
                aria-label={say('split-where')}
                value={cut ?? middle}
                onChange={event => setCut(Number(event.currentTarget.value))}
              >
                {letters.slice(1).map((_, index) => (
                  <option key={index} value={index + 1}>
                    {letters.slice(0, index + 1).join('')}|{letters.slice(index + 1).join('')}
                  </option>
                ))}
              </select>
              <button type="button" class="button" onClick={split}>
                {say('split')}
              </button>
            </>
          )}
          {chosen < sung.length - 1 && (
            <button type="button" class="button" onClick={() => put(joinNext(sung, chosen))}>
              {say('join')}
            </button>
          )}
        </div>
      )}
    </fieldset>
  )
}
