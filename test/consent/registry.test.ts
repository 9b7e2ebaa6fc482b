import { expect } from 'chai'
import { Inadmissible, type Objection } from '../../consent/admit.ts'
import { text, utf8 } from '../../consent/bytes.ts'
import { canonical } from '../../consent/canonical.ts'
import { commitmentOf, type Kept } from '../../consent/commitment.ts'
import { isRefusal, openGate } from '../../consent/index.ts'
import type { Of, Signed, Statement } from '../../consent/records.ts'
import { day } from '../../consent/terms.ts'
import { ask as anyAsk } from '../support/consent.ts'
import { type House, openHouse } from '../support/registry.ts'
import { enrol, keypair, passkey, type Signer, shown } from '../support/signers.ts'

const at = 0
const objectionOf = (error: unknown): Objection | undefined =>
  error instanceof Inadmissible ? error.objection : undefined

async function objects(house: House, signed: unknown): Promise<Objection | undefined> {
  const before = house.log.size()
  const objection = await house.registry.enter(signed).then(() => undefined, objectionOf)
  expect(house.log.size()).to.equal(before + (objection ? 0 : 1))
  return objection
}

/** A house with a yes in force, a gate on it, and what the actor would say to end it. */
async function granted() {
  const house = await openHouse()
  const { registry, actor, clock } = house
  const grant = await registry.enter(actor.say(house.grantOf(await house.request())))
  const gate = openGate(registry, () => clock.now)
  const ask = { ...anyAsk, actor: actor.id }
  const withdrawal = (of: readonly string[] = [grant.id]): Of<'withdrawal'> => ({
    kind: 'withdrawal',
    by: actor.id,
    at,
    actor: actor.id,
    of,
  })
  const answer = async () => {
    const given = await gate.permit(ask)
    return isRefusal(given) ? given.refused : 'permitted'
  }
  return { ...house, house, grant, gate, ask, withdrawal, answer }
}

describe('the registry takes a statement', () => {
  it('of an actor’s yes by passkey, and the gate opens by it', async () => {
    const { answer } = await granted()
    expect(await answer()).to.equal('permitted')
  })

  it('and leaves nothing of it in the log but a salted commitment', async () => {
    const { log, files, actor } = await granted()
    const whole = log.entries().map(text).join('\n')
    for (const word of [actor.id, 'some actor', 'kitsune', 'ヒナ', 'grant'])
      expect(whole).to.not.include(word)
    for (const bytes of files.records.values()) {
      const kept = JSON.parse(text(bytes)) as Kept
      expect(whole).to.include(commitmentOf(kept))
    }
  })

  it('and knows it again when it is opened anew', async () => {
    const { again, registry, actor } = await granted()
    const anew = await again()
    expect(anew.entries()).to.deep.equal(registry.entries())
    expect(await anew.about(actor.id, 'kitsune')).to.deep.equal(await registry.about(actor.id, 'kitsune'))
  })

  it('signed with whatever keys the actor now has, and with no earlier one', async () => {
    const { house, actor } = await granted()
    const second = keypair()
    await house.registry.enter(actor.say({ kind: 'keys', by: actor.id, at, keys: [second.key] }))
    const no = shown({ kind: 'refusal', by: actor.id, at, actor: actor.id, title: null, act: null })
    expect(await objects(house, { ...no, proofs: [actor.prove(no)] })).to.equal('no-proof')
    expect(await objects(house, { ...no, proofs: [second.proveAs(actor.id)(no)] })).to.equal(undefined)
  })
})

describe('the registry takes no statement', () => {
  let house: House
  let request: string
  let grant: Of<'grant'>
  before(async () => {
    house = await openHouse()
    request = await house.request()
    grant = house.grantOf(request)
  })
  const changed = (signed: Signed, change: Partial<Of<'grant'>>): Signed =>
    ({ ...signed, statement: { ...signed.statement, ...change } }) as Signed

  const forged: readonly [sentence: string, Objection, make: () => unknown][] = [
    [
      'that the company signed for the actor',
      'no-proof',
      () => ({ ...shown(grant), proofs: [house.company.prove(shown(grant))] }),
    ],
    [
      'that the company signed in the actor’s name',
      'no-proof',
      () => {
        const proof = house.company.prove(shown(grant))
        return { ...shown(grant), proofs: [{ ...proof, by: house.actor.id }] }
      },
    ],
    [
      'that another’s passkey signed',
      'no-proof',
      () => {
        const what = shown(grant)
        return { ...what, proofs: [passkey().proveAs(house.actor.id)(what)] }
      },
    ],
    [
      'that was widened after it was signed',
      'other-text',
      () => changed(house.actor.say(grant), { terms: { ...house.terms, acts: ['train'] } }),
    ],
    [
      'that was widened together with its text',
      'no-proof',
      () => {
        const wider = {
          ...grant,
          noticeWaived: true,
          terms: { ...house.terms, limits: { lines: 9, seconds: 9 } },
        }
        return { ...shown(wider), proofs: house.actor.say(grant).proofs }
      },
    ],
    [
      'whose text says something else',
      'other-text',
      () => {
        const what = { statement: grant, shown: { language: 'ja' as const, text: 'はい' } }
        return { ...what, proofs: [house.actor.prove(what)] }
      },
    ],
    [
      'whose text is in another language than it says',
      'other-text',
      () => {
        const what = { statement: grant, shown: { language: 'en' as const, text: shown(grant).shown.text } }
        return { ...what, proofs: [house.actor.prove(what)] }
      },
    ],
    [
      'from a phone whose owner was not verified',
      'no-proof',
      () => {
        const careless = passkey({ flags: 1 })
        const what = shown({ kind: 'keys', by: house.actor.id, at, keys: [careless.key] })
        return { ...what, proofs: [careless.proveAs(house.actor.id)(what)] }
      },
    ],
    [
      'signed twice by the same',
      'no-proof',
      () => {
        const one = house.actor.say(grant)
        return { ...one, proofs: [...one.proofs, ...one.proofs] }
      },
    ],
    [
      'by somebody who never enrolled',
      'unknown-signer',
      () => {
        const stranger = enrol('actor')
        return stranger.say({ ...grant, by: stranger.id })
      },
    ],
    [
      'of one who enrols with another’s key',
      'unknown-signer',
      () => {
        const { statement } = enrol('actor').enrolment
        return {
          ...shown(statement),
          proofs: [house.actor.prove(shown(statement))].map(proof => ({ ...proof, by: 'A'.repeat(43) })),
        }
      },
    ],
    [
      'of a yes wider than the request',
      'wider',
      () => house.actor.say({ ...grant, terms: { ...house.terms, territories: ['JP', 'FR', 'US'] } }),
    ],
    [
      'of a yes to what nobody asked',
      'unknown-reference',
      () => house.actor.say({ ...grant, of: 'A'.repeat(43) }),
    ],
    [
      'of a request by somebody else than the company',
      'wrong-role',
      () =>
        house.holder.say({
          kind: 'request',
          by: house.holder.id,
          at,
          actor: house.actor.id,
          terms: house.terms,
        }),
    ],
    [
      'of a licence by somebody who is no holder',
      'wrong-role',
      () =>
        house.company.say({
          kind: 'licence',
          by: house.company.id,
          at,
          terms: { ...house.terms, holder: house.company.id },
        }),
    ],
    [
      'of a licence for another holder',
      'wrong-role',
      () =>
        house.holder.say({
          kind: 'licence',
          by: house.holder.id,
          at,
          terms: { ...house.terms, holder: 'A'.repeat(43) },
        }),
    ],
    [
      'of a no on the actor’s behalf by the company',
      'no-mandate',
      () =>
        house.company.say({
          kind: 'refusal',
          by: house.company.id,
          at,
          actor: house.actor.id,
          title: null,
          act: null,
        }),
    ],
    [
      'of a holder’s no to everything there is',
      'wrong-role',
      () =>
        house.holder.say({ kind: 'refusal', by: house.holder.id, at, actor: null, title: null, act: null }),
    ],
    [
      'of a pause of nobody',
      'unknown-reference',
      () => house.actor.say({ kind: 'suspension', by: house.actor.id, at, actors: [], grants: [] }),
    ],
    [
      'of a pause of others by a union without a mandate',
      'unknown-signer',
      () => {
        const union = enrol('union')
        return union.say({ kind: 'suspension', by: union.id, at, actors: [house.actor.id], grants: [] })
      },
    ],
    [
      'of a mandate that the company gives itself',
      'wrong-role',
      () =>
        house.company.say({
          kind: 'mandate',
          by: house.company.id,
          at,
          actor: house.actor.id,
          to: house.company.id,
          role: 'agent',
          powers: ['grant'],
          from: 0,
          until: 1e9,
        }),
    ],
    [
      'of a mandate to somebody of another role',
      'unknown-reference',
      () =>
        house.actor.say({
          kind: 'mandate',
          by: house.actor.id,
          at,
          actor: house.actor.id,
          to: house.company.id,
          role: 'agent',
          powers: ['grant'],
          from: 0,
          until: 1e9,
        }),
    ],
    [
      'of a destruction nobody ordered',
      'unknown-reference',
      () =>
        house.company.say({
          kind: 'erased',
          by: house.company.id,
          at,
          actor: house.actor.id,
          of: request,
          key: 'A'.repeat(43),
        }),
    ],
    ['of a minor without a guardian', 'no-guardian', () => enrol('actor', { adultAt: 5000 }).enrolment],
  ]
  for (const [sentence, objection, make] of forged)
    it(sentence, async () => {
      expect(await objects(house, make())).to.equal(objection)
    })

  it('twice', async () => {
    const signed = house.actor.say(grant)
    expect(await objects(house, signed)).to.equal(undefined)
    expect(await objects(house, signed)).to.equal('again')
  })

  const endless: readonly [sentence: string, change: object][] = [
    ['for ever', { until: 8.64e15 }],
    ['for more than three years', { until: 500 + 3 * 366 * day + 1 }],
    ['for all the world', { territories: ['world'] }],
    ['for all languages', { languages: ['*'] }],
    ['with less than 48 hours’ notice', { noticeHours: 47 }],
    ['that makes more after it has ended', { makeUntil: 10_000_001 }],
    ['with an axis nobody knows', { universes: [] }],
  ]
  for (const [sentence, change] of endless)
    it(`of a yes ${sentence}: none can be said`, async () => {
      const statement = { ...grant, terms: { ...house.terms, ...change } } as Statement
      const error = await house.registry.enter(house.actor.say(statement)).catch((error: Error) => error.name)
      expect(error).to.equal('ZodError')
    })
})

describe('the registry lets others speak for an actor', () => {
  async function withMandate(role: 'union' | 'agent' | 'estate', powers: Of<'mandate'>['powers']) {
    const world = await granted()
    const other = enrol(role)
    await world.registry.enter(other.enrolment)
    const mandate: Statement = {
      kind: 'mandate',
      by: world.actor.id,
      at,
      actor: world.actor.id,
      to: other.id,
      role,
      powers,
      from: 0,
      until: 1e9,
    }
    const { id } = await world.registry.enter(world.actor.say(mandate))
    return { ...world, other, mandate: id }
  }
  const pause = (by: Signer, actor: Signer): Statement => ({
    kind: 'suspension',
    by: by.id,
    at,
    actors: [actor.id],
    grants: [],
  })

  it('a union that pauses, and ends its pause, in one act each', async () => {
    const { registry, other, actor, answer } = await withMandate('union', ['suspend'])
    const { id } = await registry.enter(other.say(pause(other, actor)))
    expect(await answer()).to.equal('paused-by-union')
    const resume: Statement = { kind: 'resume', by: actor.id, at, of: id }
    expect(await registry.enter(actor.say(resume)).catch(objectionOf)).to.equal('wrong-role')
    await registry.enter(other.say({ ...resume, by: other.id }))
    expect(await answer()).to.equal('permitted')
  })

  it('no agent whose mandate was withdrawn, or is for something else', async () => {
    const { registry, other, actor, mandate, house } = await withMandate('agent', ['suspend'])
    const end = (of: string): Statement => ({
      kind: 'withdrawal',
      by: other.id,
      at,
      actor: actor.id,
      of: [of],
    })
    expect(await objects(house, other.say({ kind: 'erasure', by: other.id, at, actor: actor.id }))).to.equal(
      'no-mandate',
    )
    await registry.enter(actor.say({ ...end(mandate), by: actor.id } as Statement))
    expect(await objects(house, other.say(pause(other, actor)))).to.equal('no-mandate')
  })

  it('an estate after a death', async () => {
    const { registry, company, actor, answer } = await withMandate('estate', ['withdraw'])
    await registry.enter(company.say({ kind: 'death', by: company.id, at, actor: actor.id }))
    expect(await answer()).to.equal('permitted')
  })

  it('nobody after a death without one', async () => {
    const { registry, company, actor, answer } = await granted()
    await registry.enter(company.say({ kind: 'death', by: company.id, at, actor: actor.id }))
    expect(await answer()).to.equal('died')
  })

  it('a guardian beside a minor, until the birthday', async () => {
    const { registry, clock, request, grantOf, ask, gate, house } = await granted()
    const guardian = enrol('guardian')
    await registry.enter(guardian.enrolment)
    const child = enrol('actor', { adultAt: 5000, guardian: guardian.id }, keypair(), guardian)
    await registry.enter(child.enrolment)
    const grant = grantOf(await request({}, child), {}, child)
    expect(await objects(house, child.say(grant))).to.equal('no-guardian')
    await registry.enter(child.say(grant, guardian))
    const permitted = async () => !isRefusal(await gate.permit({ ...ask, actor: child.id }))
    expect(await permitted()).to.equal(true)
    clock.now = 5000
    expect(await gate.permit({ ...ask, actor: child.id })).to.deep.equal({ refused: 'came-of-age' })
  })
})

describe('when things fail', () => {
  it('a withdrawal is taken while the log can’t be written, and nothing is permitted until it stands there', async () => {
    const { registry, actor, disk, answer, withdrawal, gate, ask, log } = await granted()
    const grant = await gate.permit(ask)
    disk.full = true
    expect(await registry.stop(actor.say(withdrawal()))).to.deep.equal({ logged: false })
    expect(await answer()).to.equal('no-ledger')
    expect(isRefusal(grant) || (await gate.redeem(grant, ask))).to.deep.equal({ refused: 'no-ledger' })
    disk.full = false
    const before = log.size()
    expect(await answer()).to.equal('withdrawn')
    expect(log.size()).to.equal(before + 1)
  })

  it('a withdrawal that waits is found after a crash', async () => {
    const { registry, actor, disk, again, withdrawal, ask, clock } = await granted()
    disk.full = true
    await registry.stop(actor.say(withdrawal()))
    disk.full = false
    const gate = openGate(await again(), () => clock.now)
    expect(await gate.permit(ask)).to.deep.equal({ refused: 'withdrawn' })
  })

  it('a withdrawal that can be written nowhere is told so, and still nothing is permitted', async () => {
    const { registry, actor, disk, answer, withdrawal } = await granted()
    disk.full = disk.journalFull = true
    const failed = await registry.stop(actor.say(withdrawal())).catch((error: Error) => error.message)
    expect(failed).to.equal('no space left on the device')
    expect(await answer()).to.equal('no-ledger')
    disk.full = disk.journalFull = false
    expect(await answer()).to.equal('withdrawn')
  })

  it('a withdrawal needs no clock', async () => {
    const { registry, actor, clock, withdrawal } = await granted()
    clock.now = Number.NaN
    expect(await registry.stop(actor.say(withdrawal()))).to.deep.equal({ logged: true })
  })

  it('a stranger’s no does not stop the house, full disk or not', async () => {
    const { registry, company, disk, withdrawal, answer } = await granted()
    const forged = { ...withdrawal(), by: company.id }
    disk.full = true
    expect(await registry.stop(company.say(forged)).catch(objectionOf)).to.equal('no-mandate')
    disk.full = false
    expect(await answer()).to.equal('permitted')
  })

  it('a yes does not wait in the journal', async () => {
    const { registry, actor, disk, grantOf, grant } = await granted()
    disk.full = true
    const more = actor.say({ ...grantOf(grant.kind === 'grant' ? grant.of : ''), at: 5 })
    expect(await registry.stop(more).catch(objectionOf)).to.equal('wrong-role')
  })

  it('nothing is permitted after a failed write, until the log was written again', async () => {
    const { registry, actor, disk, answer, grantOf, grant } = await granted()
    disk.full = true
    const more = actor.say({ ...grantOf(grant.kind === 'grant' ? grant.of : ''), at: 5 })
    expect(await registry.enter(more).catch((error: Error) => error.message)).to.equal(
      'no space left on the device',
    )
    expect(await answer()).to.equal('no-ledger')
    disk.full = false
    expect(await answer()).to.equal('permitted')
  })

  const edits: readonly [
    sentence: string,
    edit: (files: House['files'], kept: Kept, name: string) => void,
  ][] = [
    ['a statement was taken away', (files, _kept, name) => files.records.delete(name)],
    [
      'a statement was exchanged',
      (files, kept, name) =>
        files.records.set(name, utf8(canonical({ ...kept, signed: { ...kept.signed, proofs: [] } }))),
    ],
    [
      'a salt was exchanged',
      (files, kept, name) => files.records.set(name, utf8(canonical({ ...kept, salt: 'AAAA' }))),
    ],
    [
      'the log was cut',
      files => {
        files.log.delete('checkpoint.next')
        const path = [...files.log.keys()].findLast(path => path.startsWith('tile/entries')) ?? ''
        files.log.set(path, (files.log.get(path) ?? new Uint8Array()).slice(0, -1))
      },
    ],
  ]
  for (const [sentence, edit] of edits)
    it(`it does not open when ${sentence}`, async () => {
      const { files, again } = await granted()
      for (const [name, bytes] of [...files.records].slice(-1))
        edit(files, JSON.parse(text(bytes)) as Kept, name)
      const failed = await again().then(
        () => 'opened',
        (error: unknown) => error,
      )
      expect(failed).to.be.instanceOf(Error)
    })
})

describe('what was spoken', () => {
  const made = { asker: 'lead-1', milliseconds: 900, output: 'B'.repeat(43) }

  it('stands in the log before it is kept, with whose voice, which words and the money due', async () => {
    const { registry, gate, ask, log, grant, actor } = await granted()
    const { actor: _, ...use } = ask
    const permit = await gate.permit(ask)
    if (isRefusal(permit)) throw new Error(permit.refused)
    await gate.redeem(permit, use)
    const before = log.size()
    expect(await gate.commit(permit, made, async () => log.size())).to.deep.equal({ kept: before + 1 })
    const spoken = registry.entries().find(entry => entry.kind === 'use')
    expect(spoken).to.deep.include({
      actor: actor.id,
      grant: grant.id,
      line: 'l1',
      due: 500,
      currency: 'JPY',
      ...made,
    })
    const { tallies } = await registry.about(actor.id, 'kitsune')
    expect(tallies.get(grant.id)?.milliseconds).to.equal(900)
  })

  it('is two uses when it was spoken twice alike at one instant', async () => {
    const { registry, gate, ask, grant, actor } = await granted()
    for (const _ of [1, 2]) {
      const permit = await gate.permit(ask)
      if (isRefusal(permit)) throw new Error(permit.refused)
      await gate.redeem(permit, ask)
      expect(await gate.commit(permit, made, async () => 1)).to.deep.equal({ kept: 1 })
    }
    const { tallies } = await registry.about(actor.id, 'kitsune')
    const { lines, milliseconds } = tallies.get(grant.id) ?? {}
    expect([lines?.size, milliseconds]).to.deep.equal([1, 1800])
  })

  it('is not kept after a withdrawal that came first', async () => {
    const { registry, gate, ask, actor, withdrawal } = await granted()
    const permit = await gate.permit(ask)
    if (isRefusal(permit)) throw new Error(permit.refused)
    await gate.redeem(permit, ask)
    const [, answer] = await Promise.all([
      registry.stop(actor.say(withdrawal())),
      gate.commit(permit, made, async () => 'kept'),
    ])
    expect(answer).to.deep.equal({ refused: 'withdrawn' })
  })
})
