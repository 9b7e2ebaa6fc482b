import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useSay } from './house.ts'

/** A page whose script is fetched when it is first opened: most people never open it. */
export function lazily<Props extends object>(fetch: () => Promise<ComponentType<Props>>) {
  let there: ComponentType<Props> | undefined
  return function Late(props: Props) {
    const say = useSay()
    const [state, turn] = useState<'away' | 'there' | 'failed'>(there ? 'there' : 'away')
    useEffect(() => {
      if (state !== 'away') return
      fetch().then(
        found => {
          there = found
          turn('there')
        },
        () => turn('failed'),
      )
    }, [state])
    const Page = there
    if (Page) return <Page {...props} />
    return (
      <main class="page" aria-busy={state === 'away'}>
        {state === 'failed' && (
          <p class="empty" role="alert">
            {say('unreachable')} {say('unreachable-mend')}{' '}
            <button type="button" class="button" onClick={() => turn('away')}>
              {say('try-again')}
            </button>
          </p>
        )}
      </main>
    )
  }
}
