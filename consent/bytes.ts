/** Bytes and their spellings, by what Node and browsers both have. */

export type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const utf8 = (text: string): Bytes => encoder.encode(text)
/** Throws on bytes that are no UTF-8. */
export const text = (bytes: Uint8Array): string => decoder.decode(bytes)

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

/** Lower-case hex and nothing else; throws otherwise, so that no two spellings mean the same bytes. */
export function fromHex(spelt: string): Bytes {
  if (!/^(?:[0-9a-f]{2})*$/.test(spelt)) throw new TypeError('This is no lower-case hex.')
  return Uint8Array.from(spelt.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
}

export const base64 = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** Standard base64 with its padding; throws on any other spelling. */
export function fromBase64(spelt: string): Bytes {
  const binary = atob(spelt)
  if (btoa(binary) !== spelt) throw new TypeError('This is no canonical base64.')
  return Uint8Array.from(binary, letter => letter.charCodeAt(0))
}

export const base64url = (bytes: Uint8Array): string =>
  base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

/** base64url without padding; throws on any other spelling. */
export function fromBase64url(spelt: string): Bytes {
  if (!/^[\w-]*$/.test(spelt)) throw new TypeError('This is no base64url.')
  const standard = spelt.replaceAll('-', '+').replaceAll('_', '/')
  return fromBase64(standard + '='.repeat((4 - (standard.length % 4)) % 4))
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export const equal = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index])
