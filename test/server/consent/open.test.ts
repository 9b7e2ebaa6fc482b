import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { canonical } from '../../../consent/canonical.ts'
import { isRefusal, type Use, verifyReceipt } from '../../../consent/index.ts'
import { consentFolders } from '../../../server/consent/folders.ts'
import { type ConsentHouse, openConsentHouse } from '../../support/consent-house.ts'

describe('the keeper of consents', () => {
  let house: ConsentHouse
  beforeEach(async () => {
    house = await openConsentHouse()
  })
  afterEach(() => house.close())

  const said = (answer: object) => (isRefusal(answer) ? answer.refused : 'a key')
  const asked = async () => said(await house.consent.gate.permit(house.ask))

  it('makes its keys at the first start, for nobody else to read, and keeps them apart from its data', async () => {
    const { wish } = house
    for (const name of ['log.key', 'company.key', 'master.key'])
      expect((await stat(join(wish.keysDir, name))).mode & 0o777).to.equal(0o600)
    expect((await stat(wish.keysDir)).mode & 0o777).to.equal(0o700)
    const secrets = await Promise.all(
      ['log.key', 'company.key', 'master.key'].map(name => readFile(join(wish.keysDir, name), 'utf8')),
    )
    for (const file of await readdir(wish.dataDir, { recursive: true })) {
      const path = join(wish.dataDir, file)
      if ((await stat(path)).isDirectory()) continue
      const text = await readFile(path, 'utf8')
      expect(secrets.some(secret => text.includes(secret.trim()))).to.equal(false)
    }
  })

  it('gives no key while nobody has said yes, and one when actor and holder have', async () => {
    expect(await asked()).to.equal('no-consent')
    await house.agree()
    expect(await asked()).to.equal('a key')
  })

  it('remembers every consent when it is opened again', async () => {
    const grant = await house.agree()
    await house.again()
    expect(await asked()).to.equal('a key')
    await house.consent.registry.stop(house.withdrawal([grant]))
    await house.again()
    expect(await asked()).to.equal('withdrawn')
  })

  it('keeps a voice that only a live grant opens, and not after the yes was withdrawn', async () => {
    const grant = await house.agree()
    const { vault, gate, registry } = house.consent
    const name = await vault.seal(house.actor.id, new Uint8Array([1, 2, 3]))
    const { actor, ...use } = house.ask
    const open = async () => {
      const key = await gate.permit(house.ask)
      return isRefusal(key) ? key : vault.open(key, use as Use, name)
    }
    expect(await open()).to.deep.include({ actor, voice: new Uint8Array([1, 2, 3]) })
    await registry.stop(house.withdrawal([grant]))
    expect(await open()).to.deep.equal({ refused: 'withdrawn' })
  })

  it('tells of every entry when it stands in the log, however it came there', async () => {
    const heard: string[] = []
    const deaf = house.consent.onEntry(({ kind }) => heard.push(kind))
    house.consent.onEntry(() => {
      throw new Error('a listener that fails')
    })
    const grant = await house.agree()
    await house.consent.registry.stop(house.withdrawal([grant]))
    expect(heard).to.deep.equal(['party', 'party', 'licence', 'request', 'grant', 'withdrawal'])
    deaf()
    await house.consent.registry.enter(
      house.actor.say({ kind: 'erasure', by: house.actor.id, at: 9, actor: house.actor.id }),
    )
    expect(heard).to.have.length(6)
  })

  it('gives a receipt that anybody can verify with the log’s public key', async () => {
    const grant = await house.agree()
    const receipt = () =>
      verifyReceipt(canonical(house.consent.receipt(grant)), house.consent.publicKey ?? '')
    expect(await receipt()).to.deep.include({ valid: true, withdrawn: false })
    await house.consent.registry.stop(house.withdrawal([grant]))
    expect(await receipt()).to.deep.include({ valid: true, withdrawn: true })
  })

  describe('permits nothing and still takes a withdrawal', () => {
    let grant = ''
    beforeEach(async () => {
      grant = await house.agree()
    })
    const withdraws = async () => house.consent.registry.stop(house.withdrawal([grant]))

    it('while the disk is full, and brings it to the log when there is room', async () => {
      const waiting: string[] = []
      house.consent.onWaiting(({ statement }) => waiting.push(statement.kind))
      house.disk.full = true
      expect(await withdraws()).to.deep.equal({ logged: false })
      expect(waiting).to.deep.equal(['withdrawal'])
      expect(await asked()).to.equal('no-ledger')
      house.disk.full = false
      expect(await asked()).to.equal('withdrawn')
    })

    for (const [key, why] of [
      ['log', 'The log’s key is missing.'],
      ['company', 'The company’s key is missing.'],
      ['master', 'The key of the keys of voices is missing.'],
    ] as const)
      it(`when the ${key} key is missing, and does not make another`, async () => {
        const path = join(house.wish.keysDir, `${key}.key`)
        const kept = await readFile(path)
        await rm(path)
        const consent = await house.again()
        expect(consent.shut()).to.equal(why)
        expect(await asked()).to.equal('no-ledger')
        expect((await consent.gate.outlook(house.ask as never)) as object).to.deep.equal({
          refused: 'no-ledger',
        })
        const { logged } = await withdraws()
        expect(logged).to.equal(key !== 'log')
        await expectGone(path)
        await writeFile(path, kept, { mode: 0o600 })
        await house.again()
        expect(await asked()).to.equal('withdrawn')
      })

    it('when a byte of the log is not what was signed', async () => {
      const at = consentFolders(house.wish.dataDir)
      const size = house.consent.log?.size()
      const path = join(at.log, `tile/entries/000.p/${size}`)
      const bytes = await readFile(path)
      await writeFile(
        path,
        bytes.map((byte, index) => (index === 20 ? byte ^ 1 : byte)),
      )
      const consent = await house.again()
      expect(consent.shut()).to.match(/log/)
      expect(await asked()).to.equal('no-ledger')
      expect(await withdraws()).to.deep.equal({ logged: false })
      await writeFile(path, bytes)
      await house.again()
      // What waited has been brought to the log by whoever asked first.
      expect(await asked()).to.equal('withdrawn')
    })

    it('when a statement of the log is missing', async () => {
      const at = consentFolders(house.wish.dataDir)
      const [first = ''] = await readdir(at.records)
      await rm(join(at.records, first))
      await house.again()
      expect(await asked()).to.equal('no-ledger')
      expect(await withdraws()).to.deep.equal({ logged: false })
    })

    it('when an older log was put back, in which nobody had withdrawn', async () => {
      const at = consentFolders(house.wish.dataDir)
      const files = await readdir(at.log, { recursive: true, withFileTypes: true })
      const before = await Promise.all(
        files
          .filter(file => file.isFile())
          .map(
            async file =>
              [join(file.parentPath, file.name), await readFile(join(file.parentPath, file.name))] as const,
          ),
      )
      await withdraws()
      await house.consent.close()
      await rm(at.log, { recursive: true })
      for (const [path, bytes] of before) {
        await mkdir(join(path, '..'), { recursive: true })
        await writeFile(path, bytes)
      }
      const consent = await house.again()
      expect(consent.shut()).to.match(/longer or another log/)
      expect(await asked()).to.equal('no-ledger')
    })
  })

  it('takes its keys from the settings when they are given', async () => {
    const key = Buffer.alloc(32, 7).toString('base64url')
    const other = await openConsentHouse({ logKey: key, companyKey: key, masterKey: key })
    await other.agree()
    expect(await readdir(other.wish.keysDir)).to.deep.equal(['log-seen.json'])
    expect(said(await other.consent.gate.permit(other.ask))).to.equal('a key')
    await other.close()
  })
})

async function expectGone(path: string): Promise<void> {
  expect(await stat(path).catch(() => undefined)).to.equal(undefined)
}
