/** Signatures bent, spelt otherwise, of keys that bind nobody; and notes and lists that say odd things. */
import { createHash } from 'node:crypto'
import { base64url, concat, fromBase64url, fromHex, hex } from '../../consent/bytes.ts'
import { canonical } from '../../consent/canonical.ts'
import { signNote } from '../../consent/log/note.ts'
import type { Receipt } from '../../consent/receipt.ts'
import type { Proof, Signed } from '../../consent/records.ts'
import { logSigner, origin } from '../support/registry.ts'
import { enrol, type Key } from '../support/signers.ts'
import { actor, asOf, grant, type Lie, liars, pass, said, stranger } from './liars.ts'

const order = {
  ed25519: 2n ** 252n + 27742317777372353535851937790883648493n,
  p256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
}
const little = (bytes: Uint8Array) => BigInt(`0x${hex(bytes.toReversed()) || '0'}`)
const toLittle = (value: bigint) => fromHex(value.toString(16).padStart(64, '0')).toReversed()

/** The last statement with its first proof changed. */
const bent = (
  all: readonly Signed[],
  change: (proof: Proof & { readonly type: 'webauthn' }) => object,
): Signed[] =>
  all.map((one, at) =>
    at < all.length - 1
      ? one
      : { ...one, proofs: [{ ...one.proofs[0], ...change(one.proofs[0] as never) } as Proof] },
  )
const phone = () => pass({})
const der = (r: string, s: string) => {
  const one = (spelt: string) => `02${(spelt.length / 2).toString(16).padStart(2, '0')}${spelt}`
  const body = one(r) + one(s)
  return base64url(fromHex(`30${(body.length / 2).toString(16).padStart(2, '0')}${body}`))
}
/** r and s of a DER signature, each as it is spelt. */
function parts(signature: string): readonly [string, string] {
  const bytes = fromBase64url(signature)
  const end = 4 + (bytes[3] ?? 0)
  return [hex(bytes.slice(4, end)), hex(bytes.slice(end + 2))]
}
const spelt = (value: bigint) => {
  const digits = value.toString(16)
  const even = digits.length % 2 ? `0${digits}` : digits
  return Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even
}

/** Somebody whose key is a point of small order, so that this one signature fits whatever is said. */
const weak = (point: string, r = `01${'00'.repeat(31)}`): Promise<Receipt> => {
  const signature = base64url(fromHex(r + '00'.repeat(32)))
  const nobody: Key = {
    key: { type: 'ed25519', key: base64url(fromHex(point)) },
    proveAs: by => () => ({ type: 'ed25519', by, signature }),
  }
  const owner = enrol('actor', {}, nobody)
  return liars([owner.enrolment, owner.say({ ...grant, by: owner.id, actor: owner.id })])
}

const stretched = (): Signed => {
  const yes = said(grant, actor)
  const [proof] = yes.proofs
  const bytes = fromBase64url(proof?.signature ?? '')
  const more = toLittle(little(bytes.slice(32)) + order.ed25519)
  return {
    ...yes,
    proofs: [{ ...proof, signature: base64url(Uint8Array.of(...bytes.slice(0, 32), ...more)) } as Proof],
  }
}

const said5 = (list: string) =>
  liars([actor.enrolment, said(grant, actor)], { status: `${origin}/status\n${list}\n` })
const list = (change: object) => canonical({ asOf, size: 2, ended: [], ...change })
const client = (change: object) => () => pass({ said: () => change })

export const signatures = async (first: Receipt): Promise<readonly Lie[]> => [
  ['a signature whose S is larger than the order', await liars([actor.enrolment, stretched()]), 'signature'],
  ['a key that is the neutral point', await weak(`01${'00'.repeat(31)}`), 'signer'],
  ['a key that is the neutral point, spelt with its sign', await weak(`01${'00'.repeat(30)}80`), 'signer'],
  ['a key that is the neutral point, spelt beyond the field', await weak(`ee${'ff'.repeat(30)}7f`), 'signer'],
  ['a key of order two', await weak(`ec${'ff'.repeat(30)}7f`), 'signer'],
  ['a key of order four', await weak('00'.repeat(32)), 'signer'],
  ['a key of order four, spelt beyond the field', await weak(`ed${'ff'.repeat(30)}7f`), 'signer'],
  [
    'a key of order eight',
    await weak('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'),
    'signer',
  ],
  [
    'another key of order eight',
    await weak('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'),
    'signer',
  ],
  // ECDSA itself takes both: who signs twice says one thing twice, and the log holds the very proof.
  [
    'the other of a passkey’s two signatures',
    await liars(
      bent(phone(), ({ signature }) => {
        const [r, s] = parts(signature)
        return { signature: der(r, spelt(order.p256 - BigInt(`0x${s}`))) }
      }),
    ),
  ],
  [
    'a passkey’s signature with a nought too many',
    await liars(
      bent(phone(), ({ signature }) => {
        const [r, s] = parts(signature)
        return { signature: der(`00${r}`, s) }
      }),
    ),
    'signature',
  ],
  [
    'a passkey’s signature below nought',
    await liars(
      bent(phone(), ({ signature }) => {
        const [r] = parts(signature)
        return { signature: der(r, 'ff') }
      }),
    ),
    'signature',
  ],
  [
    'a passkey’s signature of nought',
    await liars(bent(phone(), () => ({ signature: der('00', '00') }))),
    'signature',
  ],
  [
    'a passkey’s signature of nothing',
    await liars(bent(phone(), () => ({ signature: der('', '') }))),
    'signature',
  ],
  [
    'a passkey’s signature as bare numbers',
    await liars(bent(phone(), () => ({ signature: base64url(new Uint8Array(64).fill(1)) }))),
    'signature',
  ],
  [
    'a passkey’s signature with something behind it',
    await liars(
      bent(phone(), ({ signature }) => ({
        signature: base64url(Uint8Array.of(...fromBase64url(signature), 0)),
      })),
    ),
    'signature',
  ],
  [
    'a passkey’s proof by another credential',
    await liars(bent(phone(), () => ({ credential: 'AAAA' }))),
    'signature',
  ],
  [
    'a passkey’s proof that calls itself a plain key’s',
    await liars(bent(phone(), () => ({ type: 'ed25519' }))),
    'signature',
  ],
  [
    'a passkey that was made instead of asked',
    await liars(client({ type: 'webauthn.create' })()),
    'signature',
  ],
  ['a passkey that paid', await liars(client({ type: 'payment.get' })()), 'signature'],
  [
    'a passkey asked for inside of another page',
    await liars(client({ crossOrigin: true, topOrigin: 'https://evil.example' })()),
    'signature',
  ],
  ['a passkey asked for somewhere inside', await liars(client({ crossOrigin: 'false' })()), 'signature'],
  [
    'a passkey whose page does not say whether it was inside',
    await liars(client({ crossOrigin: undefined })()),
  ],
  [
    'a passkey asked on a page of the same name without a lock',
    await liars(client({ origin: 'http://kotodama.example' })()),
    'signature',
  ],
  [
    'a passkey asked on another port',
    await liars(client({ origin: 'https://kotodama.example:8443' })()),
    'signature',
  ],
  [
    'a passkey asked on a page whose address ends alike',
    await liars(client({ origin: 'https://kotodama.example.evil.example' })()),
    'signature',
  ],
  [
    'a passkey asked for something else',
    await liars(client({ challenge: base64url(createHash('sha256').update('x').digest()) })()),
    'signature',
  ],
  [
    'a passkey whose challenge is spelt with its padding',
    await liars(pass({ said: ({ challenge }) => ({ challenge: `${challenge}=` }) })),
    'signature',
  ],
  [
    'a passkey whose data is longer than it says',
    await liars(pass({ data: data => concat(data, Uint8Array.of(0, 0)) })),
    'signature',
  ],
  ['a passkey whose data is too short', await liars(pass({ data: data => data.slice(0, -1) })), 'signature'],
  [
    'a passkey of the site’s name in other letters',
    await liars(pass({ site: 'Kotodama.example' })),
    'signature',
  ],
  ['a passkey whose page’s words begin with a mark', await liars(pass({ before: '\ufeff' })), 'signature'],
  ['a list as of no whole moment', await said5(list({ asOf: asOf + 0.5 })), 'status'],
  ['a list as of before time', await said5(list({ asOf: -1 })), 'status'],
  ['a list as of beyond all counting', await said5(list({ asOf: 1e300 })), 'status'],
  ['a list as of a word', await said5(list({ asOf: 'now' })), 'status'],
  ['a list of a log beyond all counting', await said5(list({ size: 1e300 })), 'status'],
  ['a list of half an entry', await said5(list({ size: 2.5 })), 'status'],
  ['a list that is a word', await said5(list({ ended: 'none' })), 'status'],
  ['a list with a number in it', await said5(list({ ended: [1] })), 'status'],
  ['a list with an ending twice', await said5(list({ ended: ['A', 'A'] })), 'status'],
  ['a list with more in it', await said5(list({ also: [] })), 'status'],
  ['a list spelt otherwise', await said5(JSON.stringify({ size: 2, asOf, ended: [] })), 'status'],
  ['a list with a name twice', await said5(`{"asOf":1,${list({}).slice(1)}`), 'status'],
  ['two lists', await said5(`${list({})}\n${list({})}`), 'status'],
  ['no list', await said5(''), 'status'],
  ['a list with the marks of another system', await said5(`${list({})}\r`), 'status'],
  [
    'a checkpoint with a true and a false signature of one key',
    { ...first, checkpoint: first.checkpoint + falseLine(first.checkpoint) },
    'checkpoint',
  ],
  [
    'a checkpoint signed twice by one key',
    { ...first, checkpoint: first.checkpoint + lastLine(first.checkpoint) },
  ],
  [
    'a checkpoint that somebody unknown has signed as well',
    { ...first, checkpoint: signNote(bodyOf(first.checkpoint), [stranger, logSigner]) },
  ],
  [
    'a checkpoint with a line that is no signature',
    { ...first, checkpoint: `${first.checkpoint}— \n` },
    'checkpoint',
  ],
  [
    'a checkpoint whose lines end otherwise',
    { ...first, checkpoint: first.checkpoint.replaceAll('\n', '\r\n') },
    'checkpoint',
  ],
  ['a checkpoint of a size with a nought before it', resized(first, size => `0${size}`), 'checkpoint'],
  ['a checkpoint of no size', resized(first, () => '0'), 'checkpoint'],
  ['a checkpoint of a size beyond all counting', resized(first, () => '9007199254740993'), 'checkpoint'],
  [
    'a checkpoint of a larger log with the same root',
    resized(first, size => `${Number(size) + 1}`),
    'inclusion',
  ],
]

const bodyOf = (note: string) => note.slice(0, note.lastIndexOf('\n\n') + 1)
const lastLine = (note: string) => `${note.trimEnd().split('\n').at(-1)}\n`
function falseLine(note: string): string {
  const other = signNote(`${bodyOf(note)}other\n`, [logSigner])
  return lastLine(other)
}
function resized(receipt: Receipt, size: (was: string) => string): Receipt {
  const [name = '', was = '', ...rest] = bodyOf(receipt.checkpoint).split('\n')
  return { ...receipt, checkpoint: signNote([name, size(was), ...rest].join('\n'), [logSigner]) }
}
