import { expect } from 'chai'
import { openJournal } from '../../consent/journal.ts'
import { memory, type Storage } from '../../consent/log/storage.ts'
import { idOf } from '../../consent/proof.ts'
import { enrol } from '../support/signers.ts'

/** A disk of so many bytes that others fill to the last. */
function disk(bytes: number) {
  const files = new Map<string, Uint8Array>()
  const kept = memory(files)
  const used = () => [...files.values()].reduce((sum, { length }) => sum + length, 0)
  const room = { left: bytes }
  const storage: Storage = {
    ...kept,
    write: async (path, given) => {
      // What is written beside its place needs room while the old bytes still lie there.
      if (used() + given.length > room.left) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
      return kept.write(path, given)
    },
  }
  return { storage, files, room, used, fill: () => Object.assign(room, { left: used() }) }
}

describe('where a no waits', () => {
  const actor = enrol('actor')
  let at = 0
  const no = () => actor.say({ kind: 'withdrawal', by: actor.id, at: at++, actor: actor.id, of: [] })
  const ids = (all: readonly Parameters<typeof idOf>[0][]) => all.map(idOf)

  it('is written on a disk that is full to the last byte, in room that was kept for it', async () => {
    const full = disk(1e6)
    const journal = await openJournal(full.storage, true)
    full.fill()
    const noes = Array.from({ length: 50 }, no)
    for (const one of noes) await journal.add(one)
    expect(ids((await openJournal(full.storage)).waiting())).to.deep.equal(ids(noes))
  })

  it('keeps that room anew when it is empty again', async () => {
    const full = disk(1e6)
    const journal = await openJournal(full.storage, true)
    const before = full.used()
    full.fill()
    const one = no()
    await journal.add(one)
    expect(full.used()).to.be.below(before)
    full.room.left = 1e6
    await journal.drop(one)
    expect(full.used()).to.be.at.least(before)
  })

  it('opens where there is no room to keep, says when nothing can be written, and holds all the same', async () => {
    const full = disk(0)
    const journal = await openJournal(full.storage, true)
    const one = no()
    const failed = await journal.add(one).catch((error: Error) => error.message)
    expect(failed).to.equal('ENOSPC')
    expect(ids(journal.waiting())).to.deep.equal(ids([one]))
    full.room.left = 1e5
    await journal.add(one)
    expect(ids((await openJournal(full.storage)).waiting())).to.deep.equal(ids([one]))
  })

  it('keeps what is said twice once, and nothing that would allow more', async () => {
    const journal = await openJournal(memory())
    const one = no()
    await journal.add(one)
    await journal.add({ ...one })
    expect(journal.waiting()).to.have.length(1)
    const yes = actor.say({ kind: 'resume', by: actor.id, at: 1, of: 'x'.repeat(43) })
    expect(await journal.add(yes).catch((error: Error) => error.message)).to.match(/not theirs/)
  })
})
