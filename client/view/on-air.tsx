import { parts } from '../times.ts'
import { useRead, useSay, useTongue } from './house.ts'

/** How long until it goes on air; red when that is less than a day. */
export function OnAir({ at }: { at: string | undefined }) {
  const say = useSay()
  const tongue = useTongue()
  const left = useRead(state => (at === undefined ? 0 : Date.parse(at) - state.now), [at])
  if (at === undefined || Number.isNaN(left)) return null
  const { unit, a, b } = parts(Math.max(left, 60_000))
  const look = left < 0 ? 'quiet' : left < 86_400_000 ? 'red' : left < 3 * 86_400_000 ? 'amber' : 'quiet'
  const when = new Intl.DateTimeFormat(tongue, { dateStyle: 'medium', timeStyle: 'short' }).format(
    Date.parse(at),
  )
  return (
    <time class={`chip ${look}`} dateTime={at} title={when}>
      {left < 0 ? say('aired', { when }) : say('on-air-in', { left: say(`left-${unit}`, { a, b }) })}
    </time>
  )
}
