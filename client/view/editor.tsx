import { useEffect, useRef } from 'preact/hooks'
import { approveLine } from '../actions/approve-line.ts'
import { discardDraft } from '../actions/discard-draft.ts'
import { nextLine } from '../actions/next-line.ts'
import { playTake } from '../actions/play-take.ts'
import { previousLine } from '../actions/previous-line.ts'
import { reopenLine } from '../actions/reopen-line.ts'
import { saveAndNext } from '../actions/save-and-next.ts'
import { saveDraft } from '../actions/save-draft.ts'
import { attempt } from '../attempt.ts'
import { clashOf, write } from '../desk/drafts.ts'
import { asWritten, draftOf, openLineOf, withDesk } from '../desk/lines.ts'
import { may } from '../may.ts'
import { languageIn } from '../words.ts'
import { BudgetOf } from './budget.tsx'
import { Clash } from './clash.tsx'
import { Comments } from './comments.tsx'
import { Do } from './do.tsx'
import { Figures } from './figures.tsx'
import { Findings } from './findings.tsx'
import { useHands, useRead, useSay, useTongue } from './house.ts'
import { Icon } from './icon.tsx'
import { Kind } from './kind.tsx'
import { WithheldLine } from './leads/line.tsx'
import { OriginOf, Suggestion } from './origin.tsx'
import { LineScore } from './score.tsx'
import { Screen } from './screen.tsx'
import { Song } from './song.tsx'
import { Speaker } from './speaker.tsx'
import { TakeOf } from './take.tsx'
import { Times } from './times.tsx'

/** The open line: what was said, what is written for it, and everything known about both. */
export function Editor() {
  const hands = useHands()
  const { change } = hands
  const say = useSay()
  const tongue = useTongue()
  const line = useRead(({ desk }) => openLineOf(desk))
  const draft = useRead(({ desk }) => {
    const open = openLineOf(desk)
    return desk && open && draftOf(desk, open)
  })
  const original = useRead(({ desk }) => desk?.episode.language ?? 'ja')
  const editor = useRead(state => may(state, 'editLine'))
  const saving = useRead(({ desk }) => (desk?.saving.length ?? 0) > 0)
  const others = useRead(({ desk, session }) =>
    desk?.watchers
      .filter(
        one => one.line === desk.open && one.language === desk.language && one.name !== session?.user.name,
      )
      .map(({ name }) => name)
      .join(say('and')),
  )
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.scrollTo(0, 0), [line?.id])
  if (line === undefined)
    return (
      <section class="editor" aria-label={say('editor')}>
        <p class="soft hollow">{say('open-a-line')}</p>
      </section>
    )
  const seen = asWritten(line, draft)
  const clash = clashOf(line, draft)
  const type = (text: string) => change(withDesk(desk => write(desk, line, { text })))
  const save = () => void attempt(change, () => saveDraft(hands, line.id))
  const own = line.language === original
  const fixed = !editor || line.approval !== undefined
  return (
    <section ref={box} class="editor" aria-label={say('editor')}>
      <header class="row">
        <button
          type="button"
          class="button icon list-again"
          aria-label={say('back-to-list')}
          onClick={() => change(withDesk(desk => ({ ...desk, near: false })))}
        >
          <Icon name="list" />
        </button>
        <Do action={previousLine} look="icon">
          <Icon name="back" />
        </Do>
        <Do action={nextLine} look="icon">
          <Icon name="on" />
        </Do>
        <Times line={line} seen={seen} fixed={fixed} />
        <span class="push" />
        {others !== undefined && others !== '' && (
          <span class="chip blue">{say('also-here', { names: others })}</span>
        )}
        {line.pending && <span class="chip blue">{say('pending')}</span>}
        {line.approval && (
          <span class="chip green" title={line.approval.at}>
            {say('approved-by', { name: line.approval.by })}
          </span>
        )}
      </header>
      <p class="source" lang={original} dir="auto">
        {!own && line.speaker && <b class="speaker">{line.speaker}</b>}
        {line.kind !== 'dialogue' && <span class="chip quiet">{say(`kind-${line.kind}`)}</span>}{' '}
        {line.rights && <span class="chip amber">{say('rights-of')}</span>} {!own && line.source}
      </p>
      {own && <Speaker line={line} seen={seen} fixed={fixed} />}
      {own && <Kind line={line} seen={seen} fixed={fixed} />}
      {own && <Screen line={line} seen={seen} fixed={fixed} />}
      {clash.length > 0 && draft !== undefined ? (
        <Clash line={line} draft={draft} clash={clash} />
      ) : (
        <>
          <textarea
            id="line-text"
            key={`${line.language}/${line.id}`}
            lang={line.language}
            dir="auto"
            rows={2}
            readOnly={fixed}
            aria-label={say('text-in', { language: languageIn(tongue, line.language) })}
            placeholder={say(line.verdict === 'empty' ? 'to-translate' : 'no-text')}
            value={seen.text}
            onInput={event => type(event.currentTarget.value)}
            onBlur={save}
          />
          <Song line={line} seen={seen} fixed={fixed} own={own} />
          {!own && <BudgetOf line={line} seen={seen} />}
          <div class="row">
            <Figures line={line} seen={seen} />
            <span class="push" />
            <span class="small soft" role="status">
              {saving ? say('saving') : draft ? say('unsaved') : ''}
            </span>
          </div>
          <div class="row deeds">
            <Do action={saveAndNext} look="main" />
            {line.approval ? <Do action={reopenLine} /> : <Do action={approveLine} />}
            <Do action={playTake}>
              <Icon name="voice" />
              {say('play-take')}
            </Do>
            {draft && <Do action={discardDraft} look="quiet" />}
          </div>
        </>
      )}
      <div class="row facts">
        <OriginOf line={line} />
        <TakeOf line={line} />
        {line.score && <LineScore score={line.score} />}
      </div>
      <WithheldLine line={line} />
      <Suggestion line={line} />
      <Findings line={line} />
      <Comments line={line} />
    </section>
  )
}
