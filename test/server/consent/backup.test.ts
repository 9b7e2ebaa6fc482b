import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { isRefusal, type Use } from '../../../consent/index.ts'
import { consentFolders } from '../../../server/consent/folders.ts'
import { inspectConsent } from '../../../server/consent/inspect.ts'
import { backup } from '../../../server/store/backup.ts'
import { fsck } from '../../../server/store/fsck.ts'
import { restore } from '../../../server/store/restore.ts'
import { type ConsentHouse, openConsentHouse } from '../../support/consent-house.ts'
import { expectProblem } from '../../support/throws.ts'

describe('a backup of the register of consents', function () {
  this.timeout(60_000)
  let house: ConsentHouse
  let file = ''
  let [grant, voice] = ['', '']
  beforeEach(async () => {
    house = await openConsentHouse()
    grant = await house.agree()
    voice = await house.consent.vault.seal(house.actor.id, new Uint8Array([7, 7, 7]))
    file = join(house.root, 'backup.tar')
    await backup({ dataDir: house.wish.dataDir, file })
  })
  afterEach(() => house.close())

  async function plays(): Promise<string> {
    const { gate, vault } = house.consent
    const key = await gate.permit(house.ask)
    if (isRefusal(key)) return key.refused
    const { actor: _, ...use } = house.ask
    const opened = await vault.open(key, use as Use, voice).catch((error: Error) => ({ refused: error.name }))
    return 'voice' in opened ? 'it plays' : String(opened.refused)
  }

  it('holds the log, the statements and the sealed voices, and no key', async () => {
    const text = (await readFile(file)).toString('latin1')
    for (const name of ['consent/log/checkpoint', 'consent/records/', `consent/vault/${voice}`])
      expect(text.includes(name)).to.equal(true)
    for (const name of await readdir(house.wish.keysDir, { recursive: true }))
      if (name.endsWith('.key')) {
        const secret = await readFile(join(house.wish.keysDir, name), 'latin1')
        expect(text.includes(secret.trim())).to.equal(false)
      }
    expect(text).to.not.match(/log-seen|keys\//)
  })

  it('put back where everything was lost but the keys, lets speak whom it let speak', async () => {
    await house.consent.close()
    await rm(house.wish.dataDir, { recursive: true })
    await restore({ dataDir: house.wish.dataDir, file })
    await house.again()
    expect(await plays()).to.equal('it plays')
  })

  it('put back over a register in which the actor has withdrawn and erased since, plays nothing', async () => {
    const { actor, wish } = house
    await house.consent.registry.stop(house.withdrawal([grant]))
    await house.consent.registry.stop(actor.say({ kind: 'erasure', by: actor.id, at: 5, actor: actor.id }))
    await house.consent.vault.erase(actor.id)
    await house.consent.close()
    const { notes } = await restore({ dataDir: wish.dataDir, file })
    expect(notes).to.deep.equal([
      'The register of consents has gone on since the backup, and stays as it is.',
    ])
    await house.again()
    expect(house.consent.shut()).to.equal(undefined)
    expect(await plays()).to.equal('withdrawn')
  })

  it('put back where the newer register was lost is not opened: the keys remember that it went on', async () => {
    await house.consent.registry.stop(house.withdrawal([grant]))
    await house.consent.close()
    await rm(house.wish.dataDir, { recursive: true })
    await restore({ dataDir: house.wish.dataDir, file })
    await house.again()
    expect(house.consent.shut()).to.match(/longer or another log/)
    expect(await plays()).to.equal('no-ledger')
  })

  it('does not play once the key of the voice was destroyed, even with a new yes', async () => {
    const { actor } = house
    await house.consent.registry.stop(actor.say({ kind: 'erasure', by: actor.id, at: 5, actor: actor.id }))
    await house.consent.vault.erase(actor.id)
    house.clock.now++
    const request = await house.consent.registry.tell({
      kind: 'request',
      actor: actor.id,
      terms: house.terms,
    })
    await house.consent.registry.enter(
      actor.say({
        kind: 'grant',
        by: actor.id,
        at: 6,
        actor: actor.id,
        of: request.id,
        terms: house.terms,
        noticeWaived: true,
      }),
    )
    await house.consent.close()
    await restore({ dataDir: house.wish.dataDir, file })
    await house.again()
    expect(await plays()).to.equal('Closed')
  })

  it('takes along what waits for the log, and puts it back', async () => {
    house.disk.full = true
    await house.consent.registry.stop(house.withdrawal([grant]))
    const other = join(house.root, 'other.tar')
    await backup({ dataDir: house.wish.dataDir, file: other })
    await house.consent.close()
    house.disk.full = false
    await rm(house.wish.dataDir, { recursive: true })
    await restore({ dataDir: house.wish.dataDir, file: other })
    expect((await inspectConsent(house.wish.dataDir)).waiting).to.equal(1)
    await house.again()
    expect(await plays()).to.equal('withdrawn')
  })

  it('is refused over another register', async () => {
    const other = await openConsentHouse()
    await other.agree()
    await other.consent.close()
    await expectProblem(() => restore({ dataDir: other.wish.dataDir, file }), 'backup-damaged')
    await other.again()
    expect(isRefusal(await other.consent.gate.permit(other.ask))).to.equal(false)
    await other.close()
  })

  it('with one byte changed in the register is found out', async () => {
    const bytes = await readFile(file)
    const at = bytes.indexOf('consent/records/') + 600
    bytes[at] = (bytes[at] ?? 0) ^ 1
    await writeFile(file, bytes)
    await expectProblem(() => restore({ dataDir: join(house.root, 'elsewhere'), file }), 'backup-damaged')
  })

  it('is looked through by fsck: every statement, every tile, every sealed voice', async () => {
    const { dataDir } = house.wish
    expect((await fsck(dataDir)).findings).to.deep.equal([])
    const at = consentFolders(dataDir)
    const [record = ''] = await readdir(at.records)
    await writeFile(join(at.records, record), '{}')
    await writeFile(join(at.vault, voice), 'x')
    const rules = (await fsck(dataDir)).findings.map(({ rule }) => rule)
    expect(rules).to.deep.equal(['consent-record-damaged', 'voice-damaged'])
    await writeFile(join(at.log, `tile/0/000.p/${house.consent.log?.size()}`), 'x')
    expect((await fsck(dataDir)).findings.map(({ rule }) => rule)).to.deep.equal([
      'consent-log-damaged',
      'voice-damaged',
    ])
  })
})
