import { useEffect } from 'preact/hooks'
import { voiceProblem } from '../../words/voice.ts'
import { Icon } from '../icon.tsx'
import { useOf, useSay, useTongue, useVoice } from './house.ts'

/** What has to be told. A refusal stays until it was read. */
export function Notices() {
  const { change } = useVoice()
  const say = useSay()
  const tongue = useTongue()
  const notice = useOf(state => state.notice)
  const shut = useOf(state => state.me?.shut)
  const close = () => change({ notice: undefined })
  useEffect(() => {
    if (notice === undefined || 'problem' in notice || notice.bad) return
    const timer = setTimeout(close, 6000)
    return () => clearTimeout(timer)
  }, [notice])
  const [says, mend] =
    notice === undefined
      ? []
      : 'problem' in notice
        ? voiceProblem(tongue, notice.problem)
        : [say(notice.said)]
  const bad = notice !== undefined && ('problem' in notice || notice.bad)
  return (
    <div class="notices" role="status" aria-live="polite">
      {shut !== undefined && notice === undefined && (
        <div class="notice red">
          <p>{say('shut')}</p>
        </div>
      )}
      {says !== undefined && (
        <div class={`notice ${bad ? 'red' : 'green'}`}>
          <p>
            <strong>{says}</strong> {mend}
          </p>
          <button type="button" class="button icon" aria-label={say('close')} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  )
}
