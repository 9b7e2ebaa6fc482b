import { createPrivateKey, sign, X509Certificate } from 'node:crypto'
import type { Signer } from './certificate.ts'

/** As much room as a manifest keeps for its signature. */
export const reserved = 8192

/** CBOR (RFC 8949, section 3): the head of an item of a major type, with its argument. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.of((major << 5) | value)
  if (value < 256) return Buffer.of((major << 5) | 24, value)
  return Buffer.of((major << 5) | 25, value >> 8, value & 255)
}
const bytes = (value: Uint8Array) => Buffer.concat([head(2, value.length), value])
const text = (value: string) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
const [array, map, unsigned, negative] = [4, 5, 0, 1] as const

/** The certificates of a chain in PEM, as DER. */
export const certificatesOf = (chain: string): readonly Buffer[] =>
  (chain.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map(
    pem => new X509Certificate(pem).raw,
  )

/**
 * COSE_Sign1 (RFC 9052, section 4.2) by EdDSA over a claim that is not in it, with the certificates in its protected head
 * (x5chain, RFC 9360; C2PA 2.1, 13.2), padded to exactly `reserved` bytes.
 */
export function signClaim(claim: Uint8Array, { key, chain }: Signer): Uint8Array {
  // The root is whoever verifies's to have: a chain that brings its own root proves nothing.
  const certificates = certificatesOf(chain).slice(0, -1)
  const x5chain = [head(array, certificates.length), ...certificates.map(bytes)]
  const parts = [head(map, 2), head(unsigned, 1), head(negative, 7), head(unsigned, 33), ...x5chain]
  const guarded = bytes(Buffer.concat(parts))
  const signed = Buffer.concat([
    head(array, 4),
    text('Signature1'),
    guarded,
    bytes(Buffer.alloc(0)),
    claimOf(claim),
  ])
  const signature = sign(null, signed, createPrivateKey(key))
  const padded = (padding: number) =>
    Buffer.concat([
      Buffer.of(0xd2),
      head(array, 4),
      guarded,
      head(map, 1),
      text('pad'),
      bytes(Buffer.alloc(padding)),
      Buffer.of(0xf6),
      bytes(signature),
    ])
  // The length of the padding is written in three bytes as soon as it is over 255.
  return new Uint8Array(padded(reserved - padded(0).length - 2))
}

function claimOf(claim: Uint8Array): Buffer {
  if (claim.length < 65_536) return bytes(claim)
  const long = Buffer.alloc(5)
  long[0] = (2 << 5) | 26
  long.writeUInt32BE(claim.length, 1)
  return Buffer.concat([long, claim])
}
