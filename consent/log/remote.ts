import type { Storage } from './storage.ts'

/** No tile is larger: 256 entries of 65,535 bytes, each behind two bytes of length. */
const largest = 256 * 65_537

/**
 * A log at an address, as C2SP tlog-tiles lays it out. Reads nothing else than what it is asked for. Throws an Error that
 * names the address when it does not answer.
 */
export function remote(address: string, get: typeof fetch = fetch): Pick<Storage, 'read'> {
  const base = address.replace(/\/+$/, '')
  return {
    read: async path => {
      const url = `${base}/${path}`
      const answer = await get(url, { redirect: 'error', signal: AbortSignal.timeout(30_000) }).catch(
        (cause: unknown) => {
          throw new Error(`${url} does not answer.`, { cause })
        },
      )
      if (answer.status === 404) return undefined
      if (!answer.ok) throw new Error(`${url} answers ${answer.status}.`)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      if (bytes.length > largest) throw new Error(`${url} is too long.`)
      return bytes
    },
  }
}
