/** Bytes, their spellings and their digests, by WebCrypto alone. Part of ../verify.ts, which see. */
import { must } from './shape.ts'

export type Bytes = Uint8Array<ArrayBuffer>

/** One spelling alone: no padding where there is none, no bits to spare. */
export function bytes(spelt: string, alphabet: 'base64' | 'base64url' = 'base64url'): Bytes {
  const url = alphabet === 'base64url'
  must(url ? /^[\w-]*$/.test(spelt) : /^[A-Za-z0-9+/]*=*$/.test(spelt), 'shape')
  const standard = url ? spelt.replaceAll('-', '+').replaceAll('_', '/') : spelt
  const padded = url ? standard + '='.repeat((4 - (standard.length % 4)) % 4) : standard
  const binary = atob(padded)
  must(btoa(binary) === padded, 'shape')
  return Uint8Array.from(binary, letter => letter.charCodeAt(0))
}

export const utf8 = (given: string): Bytes => new TextEncoder().encode(given)
export const hex = (given: Uint8Array) =>
  Array.from(given, byte => byte.toString(16).padStart(2, '0')).join('')
export const same = (left: Uint8Array, right: Uint8Array) => hex(left) === hex(right)
export const sha256 = async (given: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', given))
export const sha256Url = async (given: Bytes) =>
  btoa(String.fromCharCode(...(await sha256(given))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

export function join(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
