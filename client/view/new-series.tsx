import { attempt } from '../attempt.ts'
import { Dialog } from './dialog.tsx'
import { listOf, readForm } from './form.ts'
import { useHands, useSay } from './house.ts'
import { LanguageNames } from './language-names.tsx'

export function NewSeries() {
  const { ask, change, go } = useHands()
  const say = useSay()
  const begin = async (event: SubmitEvent) => {
    const { get } = readForm(event)
    const wanted = {
      title: get('title') ?? '',
      language: get('language') ?? 'ja',
      targets: listOf(get('targets')),
    }
    const series = await attempt(change, () => ask('newSeries', {}, wanted))
    if (series === undefined) return
    change(before => ({ ...before, dialog: undefined, series: [...(before.series ?? []), series] }))
    go({ at: 'one-series', series: series.id })
  }
  return (
    <Dialog name="new-series" title={say('new-series')}>
      <form class="form" onSubmit={begin}>
        <label>
          {say('title')}
          <input name="title" required maxLength={200} />
        </label>
        <label>
          {say('original-language')}
          <input
            name="language"
            list="language-names"
            required
            defaultValue="ja"
            pattern="[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
          />
        </label>
        <label>
          {say('targets')}
          <input name="targets" defaultValue="en, es" aria-describedby="targets-hint" />
        </label>
        <p class="soft small" id="targets-hint">
          {say('targets-hint')}
        </p>
        <LanguageNames />
        <button type="submit" class="button main">
          {say('begin')}
        </button>
      </form>
    </Dialog>
  )
}
