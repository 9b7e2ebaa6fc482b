/** Signed notes by C2SP signed-note. Part of ../verify.ts, which see. */
import { type Bytes, bytes, hex, join, sha256, utf8 } from './bytes.ts'
import { binds, ed25519 } from './keys.ts'
import { must, type Rule } from './shape.ts'

export type NoteKey = { readonly name: string; readonly hash: string; readonly key: Bytes }

/** Reads a note key of type 1; its hash is that of its name and key. */
export async function readKey(spelt: string): Promise<NoteKey> {
  const [, name = '', hash = '', key = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(spelt) ?? []
  const raw = bytes(key, 'base64')
  must(raw.length === 33 && raw[0] === 1 && binds(raw.slice(1)), 'log-key')
  const whole = await sha256(join(utf8(`${name}\n`), raw))
  must(hex(whole.subarray(0, 4)) === hash, 'log-key')
  return { name, hash, key: raw.slice(1) }
}

/** The body of a note that bears this key's signature, and no false one of it. */
export async function note(given: string, { name, hash, key }: NoteKey, rule: Rule): Promise<string> {
  const end = given.lastIndexOf('\n\n')
  must(end > 0 && given.endsWith('\n'), rule)
  const body = given.slice(0, end + 1)
  let signed = false
  for (const line of given.slice(end + 2, -1).split('\n')) {
    const [dash, by, signature = '', ...more] = line.split(' ')
    must(dash === '—' && more.length === 0, rule)
    const raw = bytes(signature, 'base64')
    must(by !== '' && raw.length > 4, rule)
    if (by !== name || hex(raw.subarray(0, 4)) !== hash) continue
    must(await ed25519(key, utf8(body), raw.slice(4)), rule)
    signed = true
  }
  must(signed, rule)
  return body
}
