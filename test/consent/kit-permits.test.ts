import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { type Entry, Forgery, type Grant, isRefusal, openGate } from '../../consent/index.ts'
import { forgeries, type PermitCase, type PermitKit } from '../consent-kit/permits.ts'
import { ledgerOf } from '../support/consent.ts'

const kit = JSON.parse(
  readFileSync(new URL('../consent-kit/permits.json', import.meta.url), 'utf8'),
) as PermitKit

/** What the last step comes to. */
async function live({ steps }: PermitCase): Promise<PermitCase['expect']> {
  const entries: Entry[] = [...kit.entries]
  const clock = { now: kit.now }
  const down = new Set<string>()
  const fails = (what: string) => {
    if (down.has(what)) throw new Error(`no ${what}`)
  }
  const ledger = ledgerOf(entries)
  const gate = openGate(
    {
      about: async (...who) => {
        fails('register')
        return ledger.about(...who)
      },
      hold: ledger.hold,
    },
    () => {
      fails('clock')
      return clock.now
    },
  )
  let grant = {} as Grant
  const held = (holding: string | undefined) => {
    const make = forgeries.find(([sentence]) => sentence === holding)?.[1]
    return (make ? make(grant) : grant) as Grant
  }
  let came: PermitCase['expect'] = 'permitted'
  for (const step of steps)
    try {
      if (step.do === 'say') entries.push(step.entry)
      else if (step.do === 'pass') clock.now += step.ms
      else if (step.do === 'fail') down.add(step.what)
      else if (step.do === 'permit') {
        const answer = await gate.permit({ ...kit.ask, ...step.ask })
        if (!isRefusal(answer)) grant = answer
        came = isRefusal(answer) ? answer : 'permitted'
      } else if (step.do === 'redeem') {
        const { actor: _, ...use } = kit.ask
        const answer = await gate.redeem(held(step.holding), { ...use, ...step.use })
        came = isRefusal(answer) ? answer : 'opened'
      } else {
        const made = { asker: 'lead-1', milliseconds: step.milliseconds ?? 900, output: 'digest' }
        const answer = await gate.commit(held(step.holding), made, async () => 'it')
        came = isRefusal(answer) ? answer : 'kept'
      }
    } catch (error) {
      if (!(error instanceof Forgery)) throw error
      came = 'forgery'
    }
  return came
}

describe('the gate', () => {
  it('is held against at least 150 cases', () => {
    expect(kit.cases.length).to.be.at.least(150)
  })

  for (const one of kit.cases)
    it(`${typeof one.expect === 'string' ? `says “${one.expect}” to` : `refuses (${one.expect.refused})`} ${one.says}`, async () => {
      expect(await live(one)).to.deep.equal(one.expect)
    })
})
