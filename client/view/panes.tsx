import { withDesk } from '../desk/lines.ts'
import { may } from '../may.ts'
import { panes } from '../state.ts'
import { languageIn } from '../words.ts'
import { AllFindings } from './all-findings.tsx'
import { Files } from './files.tsx'
import { useHands, useRead, useSay, useTongue } from './house.ts'
import { WithheldPane } from './leads/pane.tsx'
import { Lines } from './lines.tsx'
import { Score } from './score.tsx'

/** Beside the picture: the lines, what is wrong with them, and what came out. */
export function Panes() {
  const { change } = useHands()
  const say = useSay()
  const pane = useRead(({ desk }) => desk?.pane ?? 'lines')
  const leads = useRead(state => may(state, 'consentPeople'))
  const shown = panes.filter(name => name !== 'withheld' || leads)
  const choose = (next: (typeof panes)[number]) => change(withDesk(desk => ({ ...desk, pane: next })))
  const turn = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = shown[(shown.indexOf(pane) + by + shown.length) % shown.length]
    if (by === 0 || next === undefined) return
    event.preventDefault()
    choose(next)
    document.getElementById(`tab-${next}`)?.focus()
  }
  return (
    <section class="panes" aria-label={say('work')}>
      <header class="row">
        <div role="tablist" class="tabs" aria-label={say('work')} onKeyDown={turn}>
          {shown.map(name => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={pane === name}
              aria-controls={`pane-${name}`}
              tabIndex={pane === name ? 0 : -1}
              onClick={() => choose(name)}
            >
              {say(`pane-${name}`)}
            </button>
          ))}
        </div>
        <Languages />
      </header>
      <div role="tabpanel" id={`pane-${pane}`} aria-labelledby={`tab-${pane}`} class="pane">
        {pane === 'lines' ? (
          <Lines />
        ) : pane === 'findings' ? (
          <>
            <Score />
            <AllFindings />
          </>
        ) : pane === 'withheld' ? (
          <WithheldPane />
        ) : (
          <Files />
        )}
      </div>
    </section>
  )
}

/** Which language is worked in; the original's own is where its lines are mended. */
function Languages() {
  const { go } = useHands()
  const say = useSay()
  const tongue = useTongue()
  const language = useRead(({ desk }) => desk?.language)
  const episode = useRead(({ desk }) => desk?.episode)
  if (episode === undefined) return null
  return (
    <label class="languages">
      <span class="unseen">{say('language')}</span>
      <select
        value={language}
        onChange={event => go({ at: 'episode', episode: episode.id, language: event.currentTarget.value })}
      >
        {episode.targets.map(target => (
          <option key={target} value={target}>
            {languageIn(tongue, target)}
          </option>
        ))}
        <option value={episode.language}>
          {say('original-in', { language: languageIn(tongue, episode.language) })}
        </option>
      </select>
    </label>
  )
}
