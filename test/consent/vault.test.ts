import { expect } from 'chai'
import { text, utf8 } from '../../consent/bytes.ts'
import { Forgery } from '../../consent/index.ts'
import {
  Closed,
  decrypt,
  encrypt,
  fingerprint,
  type Kms,
  readEnvelope,
  sealedFiles,
} from '../../consent/kms.ts'
import { memory } from '../../consent/log/storage.ts'
import { openVault } from '../../consent/vault.ts'
import { ask as anyAsk } from '../support/consent.ts'
import { enrol } from '../support/signers.ts'
import { master, openVaulted, voice } from '../support/vaulted.ts'

describe('the vault', () => {
  it('opens what was sealed with a grant for exactly this use', async () => {
    const { outcome } = await openVaulted()
    expect(await outcome()).to.equal('a voice')
  })

  it('tells in no byte and no name what lies in it', async () => {
    const { things, keys, actor } = await openVaulted()
    for (const [name, bytes] of [...things, ...keys]) {
      expect(Buffer.from(bytes).includes(Buffer.from(voice))).to.equal(false)
      expect(name).to.not.include(actor.id)
    }
  })

  it('spends the grant', async () => {
    const { outcome, permit, name } = await openVaulted()
    const grant = await permit()
    expect([await outcome(name, grant), await outcome(name, grant)]).to.deep.equal(['a voice', 'spent'])
  })

  it('stays shut before a forgery, another use, and a withdrawn yes', async () => {
    const { outcome, permit, name, ask, registry, actor, withdrawal } = await openVaulted()
    expect(await outcome(name, {})).to.include(Forgery.name)
    expect(await outcome(name, undefined, { ...ask, line: 'l2' })).to.equal('another-use')
    const earlier = await permit()
    await registry.stop(actor.say(withdrawal))
    expect(await outcome(name, earlier)).to.equal('withdrawn')
  })

  it('stays shut with a true grant before another actor’s voice', async () => {
    const { outcome, vault, registry } = await openVaulted()
    const other = enrol('actor')
    await registry.enter(other.enrolment)
    expect(await outcome(await vault.seal(other.id, voice))).to.equal('another-use')
  })

  it('knows when one sealed thing was put in the place of another, or a byte was changed', async () => {
    const { outcome, vault, actor, things, name } = await openVaulted()
    const second = await vault.seal(actor.id, utf8('another take'))
    const [one, two] = [things.get(name) ?? new Uint8Array(), things.get(second) ?? new Uint8Array()]
    things.set(name, two)
    expect(await outcome()).to.include(Closed.name)
    for (const at of [0, 10, one.length - 1]) {
      things.set(name, one.with(at, (one[at] ?? 0) ^ 1))
      expect(await outcome(), `byte ${at}`).to.match(/^Closed|^another-use/)
    }
    things.set(name, one)
    expect(await outcome()).to.equal('a voice')
  })

  it('says so when there is nothing of that name, or nothing sealed', async () => {
    const { outcome, things } = await openVaulted()
    expect(await outcome('nothing')).to.equal('Closed: There is nothing of this name.')
    things.set('junk', utf8('{}'))
    expect(await outcome('junk')).to.equal('Closed: This is nothing that was sealed here.')
    expect(() => readEnvelope(new Uint8Array())).to.throw(Closed)
  })

  it('destroys a key only when the actor has ordered it', async () => {
    const { vault, actor, outcome } = await openVaulted()
    expect(await vault.erase(actor.id).catch((error: Error) => error.message)).to.match(/^Nobody has ordered/)
    expect(await outcome()).to.equal('a voice')
  })

  it('destroys no key for another’s order', async () => {
    const { vault, actor, registry, outcome } = await openVaulted()
    const other = enrol('actor')
    await registry.enter(other.enrolment)
    await registry.enter(other.say({ kind: 'erasure', by: other.id, at: 0, actor: other.id }))
    expect(await vault.erase(actor.id).catch((error: Error) => error.message)).to.match(/^Nobody has ordered/)
    expect(await outcome()).to.equal('a voice')
  })

  it('destroys the key for good, with the proof in the log', async () => {
    const { vault, actor, registry, outcome, erasure, yes, keys, name } = await openVaulted()
    const order = await registry.enter(actor.say(erasure))
    const proof = await vault.erase(actor.id)
    expect(proof).to.deep.include({ kind: 'erased', actor: actor.id, of: order.id })
    expect(keys.size).to.equal(0)
    await yes() // a new yes does not bring it back
    expect(await outcome()).to.equal('Closed: There is no key to this voice.')
    const anew = await vault.seal(actor.id, utf8('a new voice'))
    expect(await outcome(anew)).to.equal('a new voice')
    expect(await outcome(name)).to.match(/^Closed/)
  })

  it('says the same of a key there never was, and does it again when asked again', async () => {
    const { vault, actor, registry, erasure } = await openVaulted()
    await registry.enter(actor.say(erasure))
    const [first, second] = [
      await vault.erase(actor.id),
      await vault.erase(actor.id).catch((error: Error) => error),
    ]
    expect(first).to.have.property('kind', 'erased')
    expect(second).to.have.property('key', '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU')
  })

  it('DRILL: back up, withdraw and erase, restore the backup: nothing plays', async () => {
    const { vault, actor, registry, outcome, erasure, withdrawal, yes, things, permit, name, kms, gate } =
      await openVaulted()
    const backup = new Map([...things].map(([path, bytes]) => [path, bytes.slice()]))
    const earlier = await permit()
    await registry.stop(actor.say(withdrawal))
    await registry.stop(actor.say(erasure))
    await vault.erase(actor.id)
    things.clear()
    const restored = openVault(memory(backup), kms, gate, registry)
    expect(await outcome(name, earlier)).to.equal('withdrawn')
    await yes() // not even with a new yes
    const thrown = await restored
      .open(await permit(), { ...anyAsk, actor: actor.id } as never, name)
      .catch((error: unknown) => error)
    expect(thrown).to.be.instanceOf(Closed)
  })

  it('gives nothing when the keeper of keys is away', async () => {
    const { things, gate, registry, permit, name, ask } = await openVaulted()
    const away: Kms = {
      wrap: () => Promise.reject(new Error('away')),
      unwrap: () => Promise.reject(new Error('away')),
      destroy: () => Promise.reject(new Error('away')),
    }
    const vault = openVault(memory(things), away, gate, registry)
    expect(await vault.open(await permit(), ask, name).catch((error: Error) => error.message)).to.equal(
      'away',
    )
  })
})

describe('keys in files', () => {
  it('are opened by their own master key alone', async () => {
    const files = new Map<string, Uint8Array>()
    const wrapped = await sealedFiles(memory(files), master).wrap('a', voice)
    expect(text(await sealedFiles(memory(files), master).unwrap('a', wrapped))).to.equal('a voice')
    const other = sealedFiles(memory(files), new Uint8Array(32).fill(8))
    expect(await other.unwrap('a', wrapped).catch((error: unknown) => error)).to.be.instanceOf(Closed)
    expect(() => sealedFiles(memory(files), new Uint8Array(31))).to.throw(TypeError)
  })

  it('are one each', async () => {
    const files = new Map<string, Uint8Array>()
    const kms = sealedFiles(memory(files), master)
    const [a, b] = [await kms.wrap('a', voice), await kms.wrap('b', voice)]
    expect(files.size).to.equal(2)
    expect(await kms.unwrap('b', a).catch((error: unknown) => error)).to.be.instanceOf(Closed)
    expect(await kms.destroy('a')).to.have.length(43)
    expect(await kms.destroy('a')).to.equal(undefined)
    expect(await kms.unwrap('a', a).catch((error: unknown) => error)).to.be.instanceOf(Closed)
    expect(text(await kms.unwrap('b', b))).to.equal('a voice')
  })

  it('never encrypt the same twice alike, and bind what it is about', () => {
    const key = new Uint8Array(32)
    expect(encrypt(key, 'a', voice)).to.not.deep.equal(encrypt(key, 'a', voice))
    expect(() => decrypt(key, 'b', encrypt(key, 'a', voice))).to.throw(Closed)
    expect(() => decrypt(key, 'a', new Uint8Array(3))).to.throw(Closed)
    expect(fingerprint(key)).to.not.equal(fingerprint(key.with(0, 1)))
  })
})
