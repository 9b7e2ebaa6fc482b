import { expect } from 'chai'
import { type Gate, isRefusal, openGate, type Use } from '../../../consent/index.ts'
import { openLink } from '../../../server/consent/join.ts'
import type { FromLink, ToLink } from '../../../server/consent/link.ts'
import { type ConsentHouse, openConsentHouse } from '../../support/consent-house.ts'

type Change = (said: ToLink) => ToLink | undefined

const told =
  (change: object): Change =>
  said =>
    'answer' in said ? { ...said, answer: { ...(said.answer as object), ...change } } : said

describe('the worker’s link to the register', () => {
  let house: ConsentHouse
  let grant = ''
  beforeEach(async () => {
    house = await openConsentHouse()
    grant = await house.agree()
  })
  afterEach(() => house.close())

  /** A worker in this process: whatever passes is copied as JSON, as between processes. */
  function hire(change: Change = said => said, patience = 2000) {
    const ears: ((said: unknown) => void)[] = []
    const asked: FromLink[] = []
    let [connected, killed] = [true, 0]
    const link = house.consent.serve({
      send: said => {
        const changed = change(JSON.parse(JSON.stringify(said)))
        if (changed && connected) for (const hear of ears) setImmediate(hear, changed)
      },
      kill: async () => {
        killed++
        link.gone()
      },
    })
    const { ledger, kms } = openLink(
      {
        send: said => {
          asked.push(said)
          if (connected) setImmediate(() => link.hear(JSON.parse(JSON.stringify(said))))
          return connected
        },
        listen: hear => void ears.push(hear),
      },
      patience,
    )
    const gate = openGate(ledger, () => house.clock.now)
    return {
      ...{ gate, ledger, kms, asked, link },
      killed: () => killed,
      die: () => {
        connected = false
        link.gone()
      },
    }
  }
  const named = (answer: object) => (isRefusal(answer) ? answer.refused : 'a key')
  const use = (): Use => {
    const { actor: _, ...rest } = house.ask
    return rest as Use
  }
  async function opened(gate: Gate) {
    const key = await gate.permit(house.ask)
    if (isRefusal(key)) throw new Error(key.refused)
    expect(await gate.redeem(key, use())).to.have.property('actor', house.actor.id)
    return key
  }
  const made = { asker: 'worker', milliseconds: 900, output: 'A'.repeat(43) }

  it('gives a key where the keeper’s own gate would, and none where it would not', async () => {
    const { gate } = hire()
    expect(named(await gate.permit(house.ask))).to.equal('a key')
    expect(named(await gate.permit({ ...house.ask, text: 'Other words.' }))).to.equal('changed-words')
    await house.consent.registry.stop(house.withdrawal([grant]))
    expect(named(await gate.permit(house.ask))).to.equal('withdrawn')
  })

  it('keeps what was made, with a use in the log, and nothing after a withdrawal', async () => {
    const { gate } = hire()
    const [first, second] = [await opened(gate), await opened(gate)]
    expect(await gate.commit(first, made, async () => 'kept')).to.deep.equal({ kept: 'kept' })
    expect(house.consent.registry.entries().at(-1)).to.include({ kind: 'use', milliseconds: 900, due: 500 })
    await house.consent.registry.stop(house.withdrawal([grant]))
    let kept = false
    const keep = async () => {
      kept = true
    }
    expect(await gate.commit(second, made, keep)).to.deep.equal({ refused: 'withdrawn' })
    expect(kept).to.equal(false)
  })

  it('lets nobody withdraw between the last look and the keeping', async () => {
    const { gate } = hire()
    const order: string[] = []
    const key = await opened(gate)
    let stopped: Promise<unknown> = Promise.resolve()
    await gate.commit(key, made, async () => {
      stopped = house.consent.registry.stop(house.withdrawal([grant])).then(() => order.push('withdrawn'))
      await new Promise(resolve => setTimeout(resolve, 50))
      order.push('kept')
    })
    await stopped
    expect(order).to.deep.equal(['kept', 'withdrawn'])
  })

  it('sends an entry once, however often it is asked about', async () => {
    const seen: number[] = []
    const { gate } = hire(said => {
      if ('answer' in said && said.answer && typeof said.answer === 'object' && 'fresh' in said.answer)
        seen.push((said.answer.fresh as unknown[]).length)
      return said
    })
    await gate.permit(house.ask)
    await gate.permit(house.ask)
    expect(seen).to.deep.equal([4, 0])
  })

  describe('takes for a no', () => {
    const lies: Readonly<Record<string, Change>> = {
      'no answer': () => undefined,
      'a refusal': ({ type, id }) => ({ type, id, refused: true }),
      'an answer to another question': said => ({ ...said, id: said.id + 1 }),
      'an answer of another kind': said => ({ ...said, answer: { granted: true } }),
      'a message with more in it': said => Object.assign({ more: 1 }, said),
      'a book of another actor': told({ actor: 'somebody' }),
      'a book of another title': told({ title: 'another' }),
      'a book with an older epoch': told({ epoch: 0 }),
      'a book with a later epoch': told({ epoch: 99 }),
      'a book that names what was never sent': told({ ids: ['nothing'] }),
      'entries that are none': told({ fresh: [{ kind: 'grant' }] }),
      'the same entry twice': said => {
        const { answer } = said as { answer: { ids: string[] } }
        return { ...said, answer: { ...answer, ids: [...answer.ids, answer.ids[0]] } } as ToLink
      },
    }
    for (const [lie, change] of Object.entries(lies))
      it(lie, async () => {
        const { gate } = hire(change, 50)
        expect(await gate.permit(house.ask)).to.deep.equal({ refused: 'no-ledger' })
      })

    it('an answer that comes too late, and believes the next one', async () => {
      let late = true
      const { gate } = hire(said => {
        if (!late) return said
        late = false
        return undefined
      }, 50)
      expect(await gate.permit(house.ask)).to.deep.equal({ refused: 'no-ledger' })
      expect(named(await gate.permit(house.ask))).to.equal('a key')
    })

    it('that the keeper is gone', async () => {
      const { gate, die } = hire()
      const key = await opened(gate)
      die()
      expect(await gate.permit(house.ask)).to.deep.equal({ refused: 'no-ledger' })
      expect(await gate.commit(key, made, async () => 'kept')).to.deep.equal({ refused: 'no-ledger' })
    })

    it('a register that is shut', async () => {
      house.disk.full = true
      await house.consent.registry.stop(house.withdrawal([grant]))
      const { gate } = hire()
      expect(await gate.permit(house.ask)).to.deep.equal({ refused: 'no-ledger' })
    })
  })

  it('lets the register go when a worker dies that held it', async () => {
    const { ledger, die } = hire()
    const held = ledger.hold(() => new Promise(() => undefined))
    held.catch(() => undefined)
    await new Promise(resolve => setTimeout(resolve, 20))
    const stopped = house.consent.registry.stop(house.withdrawal([grant]))
    die()
    expect(await stopped).to.deep.equal({ logged: true })
  })

  it('ends a worker that holds the register for too long, and lets go only then', async function () {
    this.timeout(15_000)
    const { ledger, killed } = hire(undefined, 10_000)
    ledger.hold(() => new Promise(() => undefined)).catch(() => undefined)
    await new Promise(resolve => setTimeout(resolve, 20))
    const stopped = house.consent.registry.stop(house.withdrawal([grant]))
    expect(await stopped).to.deep.equal({ logged: true })
    expect(killed()).to.equal(1)
  })

  it('unwraps a key for a live use of its owner and for nothing else', async () => {
    const { kms } = hire()
    const wrapped = await kms.wrap(house.actor.id, new Uint8Array(32).fill(5))
    expect(await kms.unwrap(house.actor.id, wrapped, use())).to.deep.equal(new Uint8Array(32).fill(5))
    const refused = async (ask: Promise<unknown>) => expect(await ask.catch(String)).to.match(/^Error/)
    await refused(kms.unwrap(house.actor.id, wrapped))
    await refused(kms.unwrap(house.actor.id, wrapped, { ...use(), text: 'Other words.' }))
    await refused(kms.unwrap('somebody else', wrapped, use()))
    await house.consent.registry.stop(house.withdrawal([grant]))
    await refused(kms.unwrap(house.actor.id, wrapped, use()))
    await refused(kms.destroy(house.actor.id))
  })

  it('passes over what a worker says that is no question', async () => {
    const { link, gate } = hire()
    for (const nonsense of [null, 1, 'about', {}, { ask: 'tell' }, { ask: 'about', id: 'x' }])
      link.hear(nonsense)
    expect(named(await gate.permit(house.ask))).to.equal('a key')
  })
})
