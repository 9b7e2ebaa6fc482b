import { useState } from 'preact/hooks'
import type { AskedLine, RequestView } from '../../../server/contract.ts'
import { nameIn } from '../../voice/spell.ts'
import { useSay, useTongue, useVoice } from './house.ts'
import { More, useMore } from './more.tsx'

/** The lines of a request, word for word, fetched when somebody wants to read them. */
export function Lines({ request: { id, terms } }: { request: Pick<RequestView, 'id' | 'terms'> }) {
  const { ask, attempt } = useVoice()
  const say = useSay()
  const tongue = useTongue()
  const [lines, setLines] = useState<readonly AskedLine[]>()
  const { some, left, more } = useMore(lines ?? [])
  const open = async () => {
    if (lines === undefined) setLines(await attempt(() => ask('askedLines', { statement: id })))
  }
  if (terms.words.length === 0) return <p class="soft">{say('words-none')}</p>
  return (
    <details class="lines" onToggle={event => event.currentTarget.open && void open()}>
      <summary>
        {say('words')} <span class="soft">{say('words-count', { count: terms.words.length })}</span>
      </summary>
      <ol aria-busy={lines === undefined}>
        {some.map(({ episode, language, character, line, text }) => (
          <li key={`${episode} ${language} ${line}`}>
            <span class="small soft">
              {say('uses-line', { episode, language: nameIn(tongue, 'language', language) })} · {character}
            </span>
            <q lang={language}>{text}</q>
          </li>
        ))}
      </ol>
      <More left={left} more={more} />
    </details>
  )
}
