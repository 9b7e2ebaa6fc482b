import { Face } from './face.tsx'
import { useRead, useSay } from './house.ts'

/** Who else is here. */
export function Watchers() {
  const say = useSay()
  const me = useRead(state => state.session?.user.name)
  const people = useRead(state => state.desk?.watchers)
  const others = [...new Set(people?.map(({ name }) => name))].filter(name => name !== me)
  if (others.length === 0) return null
  return (
    <ul class="watchers" aria-label={say('watchers')}>
      {others.map(name => (
        <li key={name} title={name}>
          <Face name={name} />
          <span class="unseen">{name}</span>
        </li>
      ))}
    </ul>
  )
}
