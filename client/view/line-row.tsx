import type { LineView } from '../../server/contract.ts'
import { clashOf } from '../desk/drafts.ts'
import { asWritten, draftKey } from '../desk/lines.ts'
import { clock } from '../times.ts'
import { refusalIn } from '../words/refusals.ts'
import { Face } from './face.tsx'
import { verdictLook } from './figures.tsx'
import { useRead, useSay, useTongue } from './house.ts'
import { Icon } from './icon.tsx'
import { originIn } from './origin.tsx'

/** One line of the list: when, who, what was said, what is written, and what is to be known about it at a glance. */
export function LineRow({
  line,
  top,
  place,
  of,
  open,
  onOpen,
}: {
  line: LineView
  top: number
  place: number
  of: number
  open: boolean
  onOpen: () => void
}) {
  const say = useSay()
  const tongue = useTongue()
  const draft = useRead(
    ({ desk }) => desk?.drafts[draftKey(line.language, line.id)],
    [line.language, line.id],
  )
  const original = useRead(({ desk }) => desk?.episode.language)
  const spoken = useRead(
    ({ desk }) => desk !== undefined && line.start <= desk.player.at && desk.player.at < line.end,
    [line],
  )
  const others = useRead(
    ({ desk, session }) =>
      desk?.watchers
        .filter(
          one => one.line === line.id && one.language === line.language && one.name !== session?.user.name,
        )
        .map(({ name }) => name)
        .join(', ') ?? '',
    [line.id, line.language],
  )
  const seen = asWritten(line, draft)
  const warned = line.findings.filter(({ severity }) => severity !== 'note').length
  const own = line.language === original
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus and names its active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: J, K, arrows and Enter are the actions' own
    <div
      id={`line-${line.id}`}
      class={`line ${open ? 'open' : ''} ${spoken ? 'spoken' : ''}`}
      role="option"
      aria-selected={open}
      aria-posinset={place}
      aria-setsize={of}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onOpen}
    >
      <span class="when figure">
        {clock(seen.start).slice(0, -2)}
        <span class="speaker" lang={original}>
          {line.speaker}
        </span>
      </span>
      {!own && (
        <span class="said" lang={original} dir="auto">
          {line.source}
        </span>
      )}
      <span
        class={`text ${seen.text === '' ? 'none' : ''}`}
        lang={seen.text === '' ? undefined : line.language}
        dir="auto"
      >
        {seen.text || say(own ? 'no-text' : 'to-translate')}
      </span>
      <span class="marks">
        <span class={`dot ${verdictLook[line.verdict]}`} title={say(`verdict-${line.verdict}`)}>
          <span class="unseen">{say(`verdict-${line.verdict}`)}</span>
        </span>
        {line.approval && (
          <span class="green-ink" title={say('approved-by', { name: line.approval.by })}>
            <Icon name="check" />
            <span class="unseen">{say('approved')}</span>
          </span>
        )}
        {warned > 0 && (
          <span class="count amber" title={say('count-findings', { count: warned })}>
            {warned}
            <span class="unseen">{say('findings')}</span>
          </span>
        )}
        {line.comments.length > 0 && (
          <span class="soft" title={say('comments')}>
            <Icon name="comment" />
            <span class="unseen">{say('comments')}</span>
          </span>
        )}
        {line.take?.state === 'withheld' && (
          <span class="chip amber" title={refusalIn(tongue, line.take.reason ?? '')}>
            {say('pane-withheld')}
          </span>
        )}
        {line.pending && <span class="chip blue">{say('pending')}</span>}
        {draft && (
          <span class={`chip ${clashOf(line, draft).length > 0 ? 'red' : 'amber'}`}>
            {say(clashOf(line, draft).length > 0 ? 'clash' : 'unsaved')}
          </span>
        )}
        {others !== '' && (
          <span title={say('also-here', { names: others })}>
            <Face name={others} />
            <span class="unseen">{say('also-here', { names: others })}</span>
          </span>
        )}
        <span class="origin small soft">{originIn(say, line.origin)}</span>
      </span>
    </div>
  )
}
