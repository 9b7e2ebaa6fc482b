/** A manifest store as C2PA 2.1 writes it: boxes in boxes (JUMBF, ISO 19566-5), claims in CBOR, one signature. */
import { createHash } from 'node:crypto'
import { type Cbor, cbor } from './cbor.ts'
import type { Pen } from './cose.ts'

/** What a manifest holds to a file: its digest, and the bytes of it that are the manifest itself. */
export type Binding = {
  readonly hash: Uint8Array
  readonly but?: { readonly start: number; readonly length: number }
  /** Zeros, for a store of an even length. */
  readonly pad?: number
}
export type Assertion = { readonly label: string; readonly data: Cbor }

const box = (type: string, ...content: readonly Uint8Array[]): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + content.reduce((sum, part) => sum + part.length, 0))
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, ...content])
}
/** A box of boxes: what kind of thing it is, and its name, stand in the first. */
const superbox = (kind: string, label: string, ...content: readonly Uint8Array[]) => {
  const uuid = Buffer.concat([Buffer.from(kind), Buffer.from('00110010800000aa00389b71', 'hex')])
  return box('jumb', box('jumd', uuid, Buffer.of(3), Buffer.from(`${label}\0`)), ...content)
}
const held = (label: string, data: Cbor) => superbox('cbor', label, box('cbor', cbor(data)))
/** What names a box vouches for all of it but its head (C2PA 2.1, 8.4.2.3). */
const named = (label: string, bytes: Uint8Array) => ({
  url: `self#jumbf=c2pa.assertions/${label}`,
  hash: createHash('sha256').update(bytes.subarray(8)).digest(),
})

/**
 * A manifest store with one manifest. The same parts are the same store: its name follows from them (C2PA wants a random
 * UUID; ours is a digest in its form), and it holds no date.
 */
export function storeOf(
  title: string,
  assertions: readonly Assertion[],
  { hash, but, pad = 0 }: Binding,
  pen: Pen,
): Buffer {
  const data = {
    ...(but && { exclusions: [{ start: but.start, length: but.length }] }),
    name: 'jumbf manifest',
    alg: 'sha256',
    hash,
    pad: Buffer.alloc(pad),
  }
  const all = [...assertions, { label: 'c2pa.hash.data', data }].map(({ label, data }) => {
    const bytes = held(label, data)
    return { bytes, named: named(label, bytes) }
  })
  const seed = createHash('sha256').update(pen.fingerprint)
  for (const { bytes } of all) seed.update(bytes)
  const id = uuid(seed.digest())
  const urn = `urn:c2pa:${id}`
  const claim = cbor({
    instanceID: `xmp:iid:${id}`,
    claim_generator_info: { name: 'Kotodama' },
    signature: `self#jumbf=/c2pa/${urn}/c2pa.signature`,
    created_assertions: all.map(({ named }) => named),
    'dc:title': title,
    alg: 'sha256',
  })
  return superbox(
    'c2pa',
    'c2pa',
    superbox(
      'c2ma',
      urn,
      superbox('c2as', 'c2pa.assertions', ...all.map(({ bytes }) => bytes)),
      superbox('c2cl', 'c2pa.claim.v2', box('cbor', claim)),
      superbox('c2cs', 'c2pa.signature', box('cbor', pen.sign(claim))),
    ),
  )
}

/** A digest in the form of a random UUID (RFC 9562, version 4). */
function uuid(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
