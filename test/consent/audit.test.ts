import { expect } from 'chai'
import { audit } from '../../consent/audit.ts'
import { text, utf8 } from '../../consent/bytes.ts'
import { canonical } from '../../consent/canonical.ts'
import { spellKey } from '../../consent/log/note.ts'
import { memory } from '../../consent/log/storage.ts'
import { logSigner, openHouse } from '../support/registry.ts'

const key = spellKey(logSigner)

async function lived() {
  const house = await openHouse()
  const { registry, actor } = house
  const grant = await registry.enter(actor.say(house.grantOf(await house.request())))
  await registry.enter(
    actor.say({ kind: 'withdrawal', by: actor.id, at: 0, actor: actor.id, of: [grant.id] }),
  )
  const look = () => audit(memory(house.files.log), memory(house.files.records), key)
  return { ...house, look }
}

describe('an audit of the register', () => {
  it('finds nothing in an honest one, and says what is in it', async () => {
    const { look, log } = await lived()
    expect(await look()).to.deep.equal({
      size: log.size(),
      kinds: { party: 3, licence: 1, request: 1, grant: 1, withdrawal: 1 },
      faults: [],
    })
  })

  it('finds every statement that was changed, exchanged or taken away', async () => {
    const { look, files } = await lived()
    for (const [path, bytes] of [...files.records]) {
      files.records.delete(path)
      expect((await look()).faults[0]?.says, 'gone').to.equal('Its statement is missing.')
      const kept = JSON.parse(text(bytes))
      kept.signed.statement.at += 1
      files.records.set(path, utf8(canonical(kept)))
      expect((await look()).faults[0]?.says, 'changed').to.equal('Its statement is not the one in the log.')
      files.records.set(path, bytes)
    }
    expect((await look()).faults).to.deep.equal([])
  })

  it('finds a log that was cut, and one under another key', async () => {
    const { files, look } = await lived()
    expect((await audit(memory(files.log), memory(files.records), 'x+00000000+AA==')).faults).to.have.length(
      1,
    )
    files.log.delete('tile/entries/000.p/7')
    expect((await look()).faults[0]?.says).to.match(/^The log lacks/)
    files.log.delete('checkpoint')
    expect((await look()).faults[0]?.says).to.equal('The log has no checkpoint.')
  })
})
