import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto'
import { cbor, head } from './cbor.ts'
import type { Signer } from './certificate.ts'

/** The certificates of a chain in PEM, as DER. */
export const certificatesOf = (chain: string): readonly Buffer[] =>
  (chain.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map(
    pem => new X509Certificate(pem).raw,
  )

/** A certificate's fingerprint: what has it is signed by the same. */
export const fingerprint = (chain: string): string =>
  createHash('sha256')
    .update(certificatesOf(chain)[0] ?? '')
    .digest('hex')

/** COSE's number of a way of signing (RFC 9053, section 2) and the digest it is made with. */
const ways: Readonly<Record<string, readonly [number: number, digest: string | null]>> = {
  ed25519: [-8, null],
  prime256v1: [-7, 'sha256'],
  secp384r1: [-35, 'sha384'],
}

/** A signer whose key and certificates were read and belong together. */
export type Pen = {
  /** SHA-256 of its certificate: what is the same is signed by the same. */
  readonly fingerprint: string
  readonly sign: (claim: Uint8Array) => Buffer
}

/**
 * COSE_Sign1 (RFC 9052, section 4.2) over a claim that is not in it, with the certificates in its protected head (x5chain,
 * RFC 9360; C2PA 2.1, 13.2). All signatures of one pen are equally long.
 * @throws Error when the key is none that content credentials are signed with, or not the certificate's
 */
export function openPen({ key, chain }: Signer): Pen {
  const secret = createPrivateKey(key)
  const way = ways[secret.asymmetricKeyDetails?.namedCurve ?? secret.asymmetricKeyType ?? '']
  if (!way) throw new Error('The key of the content credentials is neither Ed25519 nor P-256 nor P-384.')
  const [number, digest] = way
  const all = certificatesOf(chain)
  if (!all[0] || !new X509Certificate(all[0]).checkPrivateKey(secret))
    throw new Error('The first certificate of the content credentials is not that of their key.')
  // The root is whoever verifies's to have: a chain that brings its own root proves nothing.
  const certificates = all.length > 1 ? all.slice(0, -1) : all
  const guarded = Buffer.concat([head(5, 2), cbor(1), cbor(number), cbor(33), cbor(certificates)])
  const [tagged, nobody, elsewhere] = [Buffer.of(0xd2, 0x84), Buffer.of(0xa0), Buffer.of(0xf6)]
  return {
    fingerprint: createHash('sha256').update(all[0]).digest('hex'),
    sign(claim) {
      const signed = cbor(['Signature1', guarded, Buffer.alloc(0), claim])
      const signature = sign(digest, signed, { key: secret, dsaEncoding: 'ieee-p1363' })
      return Buffer.concat([tagged, cbor(guarded), nobody, elsewhere, cbor(signature)])
    },
  }
}
