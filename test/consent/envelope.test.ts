import { expect } from 'chai'
import { concat, utf8 } from '../../consent/bytes.ts'
import { pieceBytes, readHead, type SealedFile, type Within } from '../../consent/envelope.ts'
import { Forgery, type Grant, isRefusal } from '../../consent/index.ts'
import { Closed } from '../../consent/kms.ts'
import { memory } from '../../consent/log/storage.ts'
import { openVault } from '../../consent/vault.ts'
import { enrol } from '../support/signers.ts'
import { openVaulted } from '../support/vaulted.ts'

const fileOf = (bytes: Uint8Array): SealedFile => ({
  size: bytes.length,
  read: async (from, count) => bytes.slice(from, from + count),
})
async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return concat(...chunks)
}
async function* chunked(bytes: Uint8Array, size = 1000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
/** So many bytes of which no two neighbours are alike. */
const long = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8)) & 255)

async function openEnclosed(plain = long(3 * pieceBytes + 5)) {
  const house = await openVaulted()
  const { vault, ask, actor } = house
  const { title, episode, language, line } = ask
  const within: Within = { actor: actor.id, title, episode, language, line }
  const sealed = await whole(vault.enclose([within], chunked(plain)))
  const { actor: _, ...use } = ask
  const outcome = async (bytes = sealed, from = 0, to = plain.length, grant?: unknown) => {
    try {
      const turned = { grant: (grant ?? (await house.permit())) as Grant, use }
      const opened = await vault.disclose([turned], fileOf(bytes))
      return isRefusal(opened) ? opened.refused : await whole(opened.plain.read(from, to))
    } catch (error) {
      return error instanceof Error ? error.name : error
    }
  }
  return { ...house, within, sealed, plain, outcome, use }
}

describe('what people are heard in', () => {
  for (const length of [0, 1, pieceBytes - 1, pieceBytes, pieceBytes + 1, 3 * pieceBytes])
    it(`is opened as it was sealed, ${length} bytes of it`, async () => {
      const { outcome, plain } = await openEnclosed(long(length))
      expect(await outcome()).to.deep.equal(plain)
    })

  it('is opened at any place of it, as HTTP ranges ask', async () => {
    const { outcome, plain } = await openEnclosed()
    for (const [from, to] of [
      [0, 1],
      [pieceBytes - 1, pieceBytes + 1],
      [10, 10],
      [plain.length - 3, plain.length + 100],
      [plain.length, plain.length + 5],
    ] as const)
      expect(await outcome(undefined, from, to), `${from}-${to}`).to.deep.equal(plain.slice(from, to))
  })

  it('holds no byte of it in clear, and no two sealings are alike', async () => {
    const { vault, within, sealed } = await openEnclosed(utf8('a voice '.repeat(20)))
    expect(Buffer.from(sealed).includes('a voice')).to.equal(false)
    expect(await whole(vault.enclose([within], chunked(utf8('a'))))).to.not.deep.equal(
      await whole(vault.enclose([within], chunked(utf8('a')))),
    )
  })

  it('stays closed when a byte is changed, a piece moved, left out or cut off', async () => {
    const { outcome, sealed, plain } = await openEnclosed()
    const pieces = sealed.length - 3 * (pieceBytes + 16) - 5 - 16
    const swapped = sealed.slice()
    swapped.set(sealed.subarray(pieces + pieceBytes + 16, pieces + 2 * (pieceBytes + 16)), pieces)
    const spoilt: readonly [string, Uint8Array][] = [
      ['the magic', sealed.with(0, 0)],
      ['the head', sealed.with(40, (sealed[40] ?? 0) ^ 1)],
      ['a piece', sealed.with(pieces + 9, (sealed[pieces + 9] ?? 0) ^ 1)],
      ['the end', sealed.with(sealed.length - 1, (sealed.at(-1) ?? 0) ^ 1)],
      ['the order', swapped],
      ['the last piece', sealed.slice(0, -21)],
      ['all pieces', sealed.slice(0, pieces)],
      ['everything', new Uint8Array()],
    ]
    for (const [what, bytes] of spoilt) expect(await outcome(bytes), what).to.equal(Closed.name)
    expect(await outcome()).to.deep.equal(plain)
  })

  it('stays closed before a forgery, a spent grant and a withdrawn yes', async () => {
    const { outcome, permit, registry, actor, withdrawal } = await openEnclosed()
    expect(await outcome(undefined, 0, 1, {})).to.equal(Forgery.name)
    const grant = await permit()
    expect(await outcome(undefined, 0, 1, grant)).to.have.length(1)
    expect(await outcome(undefined, 0, 1, grant)).to.equal('spent')
    const earlier = await permit()
    await registry.stop(actor.say(withdrawal))
    expect(await outcome(undefined, 0, 1, earlier)).to.equal('withdrawn')
  })

  it('stays closed while one line in it, or one person, is not allowed', async () => {
    const { vault, within, permit, use, registry } = await openEnclosed()
    const other = enrol('actor')
    await registry.enter(other.enrolment)
    for (const more of [
      { ...within, line: 'l2' },
      { ...within, language: 'es' },
      { ...within, actor: other.id },
    ]) {
      const sealed = await whole(vault.enclose([within, more], chunked(utf8('both'))))
      expect(await vault.disclose([{ grant: await permit(), use }], fileOf(sealed))).to.deep.equal({
        refused: 'another-use',
      })
      expect(await vault.disclose([], fileOf(sealed))).to.deep.equal({ refused: 'another-use' })
    }
  })

  it('stays closed for good to everybody once the key of one of them is destroyed', async () => {
    const { vault, within, permit, use, registry, actor, erasure, yes, kms, sealed } = await openEnclosed()
    const other = enrol('actor')
    await registry.enter(other.enrolment)
    const both = await whole(vault.enclose([within, { ...within, actor: other.id }], chunked(utf8('both'))))
    await registry.stop(actor.say(erasure))
    await vault.erase(actor.id)
    await yes() // a new yes does not bring it back
    const thrown = await vault
      .disclose([{ grant: await permit(), use }], fileOf(sealed))
      .catch((error: unknown) => error)
    expect(thrown).to.be.instanceOf(Closed)
    // Not even with the other's key and both names: the lost one lies around it.
    const { owners, wrapped } = await readHead(fileOf(both))
    expect(owners).to.have.length(2)
    let key: Uint8Array = Uint8Array.from(Buffer.from(wrapped, 'base64url'))
    const unwrapping = async () => {
      for (const owner of owners.toReversed()) key = await kms.unwrap(owner, key)
    }
    expect(await unwrapping().catch((error: unknown) => error)).to.be.instanceOf(Closed)
  })

  it('is in somebody’s voice', async () => {
    const { vault } = await openVaulted()
    const nobody = await whole(vault.enclose([], chunked(utf8('x')))).catch((error: unknown) => error)
    expect(nobody)
      .to.be.instanceOf(TypeError)
      .and.to.have.property('message')
      .that.matches(/^Nobody/)
  })

  it('tells who is heard in it, and by which entries it was opened', async () => {
    const { vault, within, sealed, permit, use } = await openEnclosed()
    expect(await vault.within(fileOf(sealed))).to.deep.equal([within])
    const grant = await permit()
    const opened = await vault.disclose([{ grant, use }], fileOf(sealed))
    if (isRefusal(opened)) throw new Error(opened.refused)
    expect(opened.entries).to.have.length(2)
    expect(new Set(opened.entries).size).to.equal(2)
  })

  it('names its owners in one order, whoever speaks first', async () => {
    const { vault, within } = await openEnclosed()
    const others = ['a', 'z'].map(actor => ({ ...within, actor }))
    for (const all of [
      [within, ...others],
      [...others.toReversed(), within],
    ]) {
      const { owners } = await readHead(fileOf(await whole(vault.enclose(all, chunked(utf8('x'))))))
      expect(owners).to.deep.equal(['a', within.actor, 'z'].sort())
    }
  })

  it('leaves its key nowhere in memory once it is sealed', async () => {
    const { kms, gate, registry, within } = await openEnclosed()
    const seen: Uint8Array[] = []
    const watched = {
      ...kms,
      wrap: (owner: string, key: Uint8Array) => {
        seen.push(key)
        return kms.wrap(owner, key)
      },
    }
    const vault = openVault(memory(new Map()), watched, gate, registry)
    const sealing = vault.enclose([within], chunked(utf8('x')))
    await sealing.next()
    expect(seen[0]?.some(byte => byte !== 0)).to.equal(true)
    await whole(sealing)
    expect(seen[0]?.every(byte => byte === 0)).to.equal(true)
  })
})
