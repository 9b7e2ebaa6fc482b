import { isIPv6 } from 'node:net'
import { Problem } from '../pipelines/problem.ts'

export type Limit = {
  /** Counts one more for this key. @throws Problem `too-many` with the seconds to wait */
  readonly take: (key: string) => void
  /** Takes one back: what succeeded is not held against anybody. */
  readonly give: (key: string) => void
}

/** Allows `most` in every window of `windowMs`, key by key. What is over is dropped, so memory follows what is going on. */
export function openLimit(most: number, windowMs: number, now: () => number): Limit {
  let counts = new Map<string, number>()
  let ends = Number.NEGATIVE_INFINITY
  const turn = () => {
    if (now() < ends) return
    counts = new Map()
    ends = now() + windowMs
  }
  return {
    take(key) {
      turn()
      const count = (counts.get(key) ?? 0) + 1
      if (count > most)
        throw new Problem('too-many', { seconds: Math.max(1, Math.ceil((ends - now()) / 1000)) })
      counts.set(key, count)
    },
    give(key) {
      counts.set(key, Math.max(0, (counts.get(key) ?? 0) - 1))
    },
  }
}

/** Who asks, as far as limits go. One IPv6 user has a whole /64 network to change addresses in. */
export function neighbour(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  const [bare = ''] = address.split('%')
  if (!isIPv6(bare)) return address
  const [head = '', tail] = bare.split('::')
  const [front, back] = [head, tail ?? ''].map(part => part.split(':').filter(Boolean))
  const gap = tail === undefined ? 0 : 8 - (front?.length ?? 0) - (back?.length ?? 0)
  const groups = [...(front ?? []), ...Array<string>(Math.max(0, gap)).fill('0'), ...(back ?? [])]
  return `${groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
