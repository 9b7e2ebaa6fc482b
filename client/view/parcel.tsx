import { attempt } from '../attempt.ts'
import { withDesk } from '../desk/lines.ts'
import { may } from '../may.ts'
import { parcelWords } from '../words/parcel.ts'
import { useHands, useRead, useTongue } from './house.ts'
import { Bar } from './steps.tsx'

/** How the files to hand over stand, and the button that has them made. */
export function Parcel() {
  const { ask, change } = useHands()
  const tongue = useTongue()
  const say = (word: keyof typeof parcelWords) => parcelWords[word][tongue]
  const allowed = useRead(state => may(state, 'pack'))
  const episode = useRead(({ desk }) => desk?.episode)
  if (episode === undefined) return null
  const { id: of, parcel, steps, files } = episode
  const unmade = parcel === 'none' || parcel === 'old'
  const make = () =>
    attempt(change, async () => {
      const made = await ask('pack', { episode: of })
      change(withDesk(desk => ({ ...desk, episode: made })))
    })
  return (
    <div class={`parcel ${parcel}`}>
      <p class="soft" role="status">
        {parcel === 'current' && files.length > 0 && '✓ '}
        {say(parcel)} {unmade && allowed && say('later')}
      </p>
      {parcel === 'making' && (
        <Bar fraction={steps.find(({ step }) => step === 'pack')?.fraction ?? 0} label={say('making')} />
      )}
      {unmade && allowed && (
        <p class="row">
          <button type="button" class="button" onClick={make}>
            {say('make')}
          </button>
        </p>
      )}
    </div>
  )
}
