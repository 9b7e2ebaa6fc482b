import { useEffect } from 'preact/hooks'
import { problemIn } from '../words.ts'
import { Commands } from './commands.tsx'
import { useHands, useRead, useSay, useTongue } from './house.ts'
import { Icon } from './icon.tsx'

/** What has to be told, in one place. A refusal stays until it was read. */
export function Notices() {
  const { change } = useHands()
  const say = useSay()
  const tongue = useTongue()
  const notice = useRead(state => state.notice)
  const close = () => change(before => ({ ...before, notice: undefined }))
  // What is done needs no answer; a refusal stays until it was read.
  useEffect(() => {
    if (notice === undefined || 'problem' in notice) return
    const timer = setTimeout(close, 6000)
    return () => clearTimeout(timer)
  }, [notice])
  const told = notice && 'problem' in notice ? problemIn(tongue, notice.problem) : undefined
  return (
    <div class="notices" role="status" aria-live="polite">
      {notice !== undefined && (
        <div class={`notice ${told ? 'red' : 'green'}`}>
          <p>
            <strong>{told?.says ?? ('done' in notice ? notice.done : '')}</strong>{' '}
            {told?.mend && <Commands text={told.mend} />}
          </p>
          <button type="button" class="button icon" aria-label={say('close')} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  )
}
