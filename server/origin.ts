import { isIP } from 'node:net'

/** What a request says of where it comes from. */
export type Came = { readonly origin?: string; readonly site?: string; readonly host?: string }

/**
 * True when a request comes from a page of ours, or from no page at all. Browsers name the origin of every request that
 * changes something and of every WebSocket; programs without cookies to steal name none.
 * Without a public address, only bare addresses and localhost are ours: a name could be rebound to us by its owner (DNS
 * rebinding), and then its origin and its host would agree.
 */
export function isOurs({ origin, site, host }: Came, publicUrl?: string): boolean {
  if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none'
  if (publicUrl !== undefined) return origin === publicUrl
  return host !== undefined && isBare(host) && origin === `http://${host}`
}

function isBare(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false
  const { hostname } = new URL(`http://${host}`)
  return hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
}

export const cameFrom = (headers: {
  readonly origin?: string
  readonly host?: string
  readonly 'sec-fetch-site'?: string | string[]
}): Came => ({
  origin: headers.origin,
  site: String(headers['sec-fetch-site'] ?? '') || undefined,
  host: headers.host,
})
