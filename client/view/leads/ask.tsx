import { attempt } from '../../attempt.ts'
import { withLeads } from '../../leads/load.ts'
import { inRole, readTerms } from '../../leads/wish.ts'
import { useHands, useRead, useSay } from '../house.ts'
import { AskFields } from './ask-fields.tsx'
import { Preview } from './preview.tsx'
import { useLeadSay } from './say.ts'

/** A request to an actor: written, read exactly as they will read it, sent. */
export function Ask({ series: id, actor }: { series: string; actor: string | undefined }) {
  const { ask, change, go } = useHands()
  const say = useLeadSay()
  const house = useSay()
  const series = useRead(state => state.series?.find(one => one.id === id), [id])
  const leads = useRead(state => state.leads)
  const rows = useRead(state => state.rows[id], [id])
  const preview = useRead(state => state.leads?.preview)
  const ready =
    series !== undefined && rows !== undefined && leads?.people !== undefined && leads.words !== undefined
  if (!ready || leads.withheld[id] === undefined || leads.licences[id] === undefined)
    return <main class="page" aria-busy="true" aria-label={house('loading')} />
  const actors = inRole(leads.people, 'actor')
  const holders = inRole(leads.people, 'holder')
  const show = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const wish = { series: id, actor: String(form.get('actor')), terms: readTerms(form) }
    const shown = await attempt(change, () => ask('previewRequest', {}, wish))
    if (shown === undefined) return
    change(withLeads(known => ({ ...known, preview: { wish, shown, stale: false } })))
    document.getElementById('preview')?.focus()
  }
  const stale = () => {
    if (preview !== undefined && !preview.stale)
      change(withLeads(known => ({ ...known, preview: { ...preview, stale: true } })))
  }
  const missing = actors.length === 0 ? 'no-actors' : holders.length === 0 ? 'no-holders' : undefined
  return (
    <main class="page">
      <header class="head">
        <h1>{say('ask-title')}</h1>
        <a class="button" href={`#/series/${id}/withheld`}>
          {say('withheld-lines')}
        </a>
      </header>
      <p class="lead">{say('ask-says')}</p>
      {missing ? (
        <section class="empty">
          <p>{say(missing)}</p>
          <p>
            <a href="#/consents">{say('invite-first')}</a>
          </p>
        </section>
      ) : (
        <form class="form" onSubmit={show} onInput={stale}>
          <fieldset class="grid block">
            <legend>{say('who')}</legend>
            <label>
              {say('actor')}
              <select
                name="actor"
                required
                value={actor ?? ''}
                onChange={event => go({ at: 'ask', series: id, actor: event.currentTarget.value })}
              >
                <option value="">{say('choose-one')}</option>
                {actors.map(({ party, name }) => (
                  <option key={party} value={party}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {say('holder')}
              <select name="holder" required defaultValue={leads.licences[id][0]?.holder ?? ''}>
                {holders.length > 1 && <option value="">{say('choose-one')}</option>}
                {holders.map(({ party, name }) => (
                  <option key={party} value={party}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          </fieldset>
          <AskFields key={actor} series={series} rows={rows} leads={leads} actor={actor} />
          <p class="row">
            <button type="submit" class="button main">
              {say('preview')}
            </button>
          </p>
        </form>
      )}
      {preview && <Preview preview={preview} rows={rows} />}
    </main>
  )
}
