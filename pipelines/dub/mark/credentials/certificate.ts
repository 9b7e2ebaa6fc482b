import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** What credentials are signed with: a private key in PKCS #8, and its certificates, its own first, the root last. PEM. */
export type Signer = { readonly key: string; readonly chain: string }

/** Ways of signing that C2PA knows and Node has; the first is what is made where nobody says otherwise. */
export const algorithms = {
  Ed25519: { name: 'Ed25519' },
  'P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'P-384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
} as const
const year = 366 * 86_400_000
/** C2PA 2.1, 14.5.1: a signer's certificate is for e-mail protection, document signing or another purpose of the kind. */
const emailProtection = '1.3.6.1.5.5.7.3.4'

/** A root of our own and a certificate under it. The root's private key is kept by nobody. */
export async function makeSigner(
  company: string,
  now: number,
  years = 10,
  way: keyof typeof algorithms = 'Ed25519',
): Promise<Signer> {
  const algorithm = algorithms[way]
  const crypto = webcrypto as unknown as Crypto
  cryptoProvider.set(crypto)
  const pair = async () =>
    (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
  const [ca, own] = [await pair(), await pair()]
  const name = (what: string) => [{ O: [company], CN: [`${company} ${what}`] }]
  const term = {
    notBefore: new Date(now - 60_000),
    notAfter: new Date(now + years * year),
    signingAlgorithm: algorithm,
  }
  const serial = () =>
    Buffer.from(
      crypto.getRandomValues(new Uint8Array(16)).map((byte, at) => (at ? byte : (byte & 0x7f) | 1)),
    ).toString('hex')
  const root = await X509CertificateGenerator.createSelfSigned({
    ...term,
    serialNumber: serial(),
    name: name('content credentials root'),
    keys: ca,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(ca.publicKey),
    ],
  })
  const certificate = await X509CertificateGenerator.create({
    ...term,
    serialNumber: serial(),
    subject: name('content credentials'),
    issuer: root.subjectName,
    publicKey: own.publicKey,
    signingKey: ca.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([emailProtection]),
      await AuthorityKeyIdentifierExtension.create(ca.publicKey),
      await SubjectKeyIdentifierExtension.create(own.publicKey),
    ],
  })
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', own.privateKey)).toString('base64')
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`,
    chain: `${certificate.toString('pem')}\n${root.toString('pem')}\n`,
  }
}
