import type { SeriesView } from '../../../server/contract.ts'
import { Hint } from './hint.tsx'
import { useLeadSay } from './say.ts'

/** Where a title goes: territories and media, under labels of the form they stand in. */
export function ReleaseFields({
  release,
  labels,
}: {
  release: SeriesView['release']
  labels: readonly ['territories', 'media'] | readonly ['release-territories', 'release-media']
}) {
  const say = useLeadSay()
  const [territories, media] = labels
  return (
    <>
      <label>
        {say(territories)}
        <input
          name="territories"
          defaultValue={release.territories.join(', ')}
          aria-describedby={`${territories}-hint`}
        />
        <Hint id={`${territories}-hint`}>{say('territories-say')}</Hint>
      </label>
      <label>
        {say(media)}
        <input name="media" defaultValue={release.media.join(', ')} aria-describedby={`${media}-hint`} />
        <Hint id={`${media}-hint`}>{say('media-say')}</Hint>
      </label>
    </>
  )
}
