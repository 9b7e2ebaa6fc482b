/** Lies about who may speak for whom: a true key, a true log, and somebody else's voice. */
import type { Of, Signed, Statement } from '../../consent/records.ts'
import { enrol, type Signer, shown } from '../support/signers.ts'
import { actor, company, grant, type Lie, liars, other, said } from './liars.ts'

const agent = enrol('agent')
const guardian = enrol('guardian')
const late = 1e12
const child = enrol('actor', { adultAt: late, guardian: guardian.id }, undefined, guardian)
const yesBy = (by: Signer, ...more: readonly Signer[]) => said({ ...grant, by: by.id }, by, ...more)
const mandate = (change: Partial<Of<'mandate'>> = {}, by: Signer = actor): Signed =>
  by.say({
    ...{ kind: 'mandate', by: by.id, at: 0, actor: actor.id, to: agent.id, role: 'agent' },
    ...{ powers: ['grant'], from: 0, until: late, ...change },
  } as Statement)
const people = [actor.enrolment, agent.enrolment]
const byMandate = (...given: readonly Signed[]) => liars([...people, ...given, yesBy(agent)])
const ofChild = (...by: readonly Signer[]) =>
  liars([guardian.enrolment, child.enrolment, said({ ...grant, by: child.id, actor: child.id }, ...by)])

export const speakers = async (): Promise<readonly Lie[]> => [
  ['an agent speaks by a mandate', await byMandate(mandate())],
  ['somebody else says yes for the actor, with a key of their own', await byMandate(), 'signer'],
  [
    'the company says yes for the actor',
    await liars([actor.enrolment, company.enrolment, yesBy(company)]),
    'signer',
  ],
  [
    'another actor says yes for the actor',
    await liars([actor.enrolment, other.enrolment, yesBy(other)]),
    'signer',
  ],
  ['the actor is not there', await liars([agent.enrolment, yesBy(agent)]), 'signer'],
  ['the mandate is signed by whom it is for', await byMandate(said(mandate().statement, agent)), 'signer'],
  ['the mandate is given by whom it is for', await byMandate(mandate({ by: agent.id }, agent)), 'signer'],
  [
    'the mandate is of another actor',
    await liars([...people, other.enrolment, mandate({ actor: other.id }, other), yesBy(agent)]),
    'signer',
  ],
  [
    'the mandate is another actor’s word about this one',
    await liars([...people, other.enrolment, mandate({}, other), yesBy(agent)]),
    'signer',
  ],
  ['the mandate is for another', await byMandate(mandate({ to: other.id })), 'signer'],
  [
    'the mandate is for something else',
    await byMandate(mandate({ powers: ['withdraw', 'refuse'] })),
    'signer',
  ],
  ['the mandate is for nothing', await byMandate(mandate({ powers: [] })), 'signer'],
  ['the mandate has not begun', await byMandate(mandate({ from: 6 })), 'signer'],
  ['the mandate begins at that moment', await byMandate(mandate({ from: 5 }))],
  ['the mandate is over', await byMandate(mandate({ until: 5 })), 'signer'],
  ['the mandate ends after that moment', await byMandate(mandate({ until: 6 }))],
  [
    'the mandate came after the yes',
    await liars([...people, yesBy(agent), mandate()], { grantAt: 2 }),
    'signer',
  ],
  [
    'the mandate comes from a guardian of somebody of age’s',
    await liars([...people, guardian.enrolment, mandate({ by: guardian.id }, guardian), yesBy(agent)]),
    'signer',
  ],
  [
    'the voice is the company’s',
    await liars([company.enrolment, said({ ...grant, by: company.id, actor: company.id }, company)]),
    'signer',
  ],
  ['the voice is a holder’s', await lone(enrol('holder')), 'signer'],
  ['a child says yes alone', await ofChild(child), 'signer'],
  ['a child says yes with the guardian', await ofChild(child, guardian)],
  [
    'a child says yes with somebody else’s guardian',
    await liars([
      guardian.enrolment,
      other.enrolment,
      child.enrolment,
      said({ ...grant, by: child.id, actor: child.id }, child, other),
    ]),
    'signer',
  ],
  ['the guardian says yes alone', await ofChild(guardian), 'signature'],
  ['one proof stands there twice', await liars([actor.enrolment, doubled()]), 'signature'],
]

function lone(one: Signer) {
  return liars([one.enrolment, said({ ...grant, by: one.id, actor: one.id }, one)])
}

function doubled(): Signed {
  const what = shown(grant)
  return { ...what, proofs: [actor.prove(what), actor.prove(what)] }
}
