import { useState } from 'preact/hooks'
import { useSay } from './house.ts'

/** So many rows of a long list at first, and as many again at each press: a phone need not draw ten thousand. */
export function useMore<T>(all: readonly T[], step = 100) {
  const [most, setMost] = useState(step)
  return { some: all.slice(0, most), left: Math.max(0, all.length - most), more: () => setMost(most + step) }
}

export function More({ left, more }: { left: number; more: () => void }) {
  const say = useSay()
  if (left === 0) return null
  return (
    <button type="button" class="button wide tall" onClick={more}>
      {say('more', { count: left })}
    </button>
  )
}
