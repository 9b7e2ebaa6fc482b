import type { SeriesView } from '../../../server/contract.ts'
import { namesOf } from '../../leads/wish.ts'
import type { Alter } from '../alter.ts'
import { readForm } from '../form.ts'
import { useRead, useSay, useTongue } from '../house.ts'
import { ReleaseFields } from './release-fields.tsx'
import { useLeadSay, whenIn } from './say.ts'

/** Who holds the rights to a title, what they licensed, and where it is to be released. */
export function Rights({ series, alter }: { series: SeriesView; alter: Alter }) {
  const say = useLeadSay()
  const house = useSay()
  const tongue = useTongue()
  const licences = useRead(state => state.leads?.licences[series.id], [series.id])
  const requests = useRead(state => state.leads?.requests)
  const holders = new Map(
    (requests ?? [])
      .filter(({ terms }) => terms.title === series.title)
      .map(({ terms, holderName }) => [terms.holder, holderName]),
  )
  for (const { holder } of licences ?? []) holders.delete(holder)
  const save = async (event: SubmitEvent) => {
    const { get } = readForm(event)
    const territories = namesOf(get('territories') ?? '').map(code => code.toUpperCase())
    await alter({ release: { territories, media: namesOf(get('media') ?? '') } })
  }
  return (
    <section class="block" aria-labelledby="rights">
      <h2 id="rights">{say('rights')}</h2>
      <p class="soft">{say('rights-say')}</p>
      <ul class="plain-list">
        {licences?.map(({ holderName, yes }) => (
          <li key={yes.id}>
            <span class={`chip ${yes.state === 'live' ? 'green' : 'amber'}`}>
              {say(`state-${yes.state}`)}
            </span>{' '}
            {say('licence-of', { name: holderName })}{' '}
            <span class="small soft">{whenIn(tongue, yes.logged)}</span>
          </li>
        ))}
        {[...holders].map(([holder, name]) => (
          <li key={holder}>
            <span class="chip blue">{say('state-open')}</span> {say('holder-asked', { name })}
          </li>
        ))}
      </ul>
      {licences?.length === 0 && holders.size === 0 && <p>{say('no-licence-yet')}</p>}
      <form class="grid form told" onSubmit={save}>
        <ReleaseFields release={series.release} labels={['release-territories', 'release-media']} />
        <p class="row">
          <button type="submit" class="button">
            {house('save')}
          </button>
        </p>
      </form>
      <p class="row told">
        <a class="button" href={`#/series/${series.id}/withheld`}>
          {say('withheld-lines')}
        </a>
        <a class="button" href={`#/series/${series.id}/ask`}>
          {say('ask')}
        </a>
      </p>
    </section>
  )
}
