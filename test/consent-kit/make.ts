/** Makes the kit anew: `node --import tsx test/consent-kit/make.ts`. Its keys are fresh every time, its verdicts are not. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { spellKey } from '../../consent/log/note.ts'
import { type Receipt, receiptOf } from '../../consent/receipt.ts'
import { logSigner, openHouse } from '../support/registry.ts'
import { enrol, type Key, keypair, passkey, shown } from '../support/signers.ts'
import { type Case, type Edit, type Json, mutants } from './edits.ts'
import { asOf, type Lie } from './liars.ts'
import { lies } from './lies.ts'
import { signatures } from './lies-signatures.ts'
import { speakers } from './lies-speakers.ts'
import { evilYeses } from './lies-yes.ts'
import { evilTexts } from './texts.ts'

const key = spellKey(logSigner)

/** An honest receipt of a grant, out of a house that ran. */
async function honest(
  actorKey: Key,
  more: (house: Awaited<ReturnType<typeof openHouse>>, grant: string) => Promise<void>,
  rotate = false,
) {
  const house = await openHouse(actorKey)
  const next = rotate ? keypair() : actorKey
  if (rotate)
    await house.registry.enter(house.actor.say({ kind: 'keys', by: house.actor.id, at: 0, keys: [next.key] }))
  const small = { words: house.terms.words.slice(0, 1) }
  const what = shown(house.grantOf(await house.request(small), small))
  const grant = await house.registry.enter({ ...what, proofs: [next.proveAs(house.actor.id)(what)] })
  await more(house, grant.id)
  return receiptOf(house.registry, house.log, grant.id, asOf, logSigner)
}

/** The same of a yes that an agent said by the actor's mandate. */
async function byAgent(): Promise<Receipt> {
  const house = await openHouse(keypair())
  const { registry, actor } = house
  const agent = enrol('agent')
  await registry.enter(agent.enrolment)
  const given = {
    actor: actor.id,
    to: agent.id,
    role: 'agent',
    powers: ['grant'],
    from: 0,
    until: 1e12,
  } as const
  await registry.enter(actor.say({ kind: 'mandate', by: actor.id, at: 0, ...given, powers: ['grant'] }))
  const small = { words: house.terms.words.slice(0, 1) }
  const yes = { ...house.grantOf(await house.request(small), small), by: agent.id }
  const { id } = await registry.enter(agent.say(yes))
  return receiptOf(registry, house.log, id, asOf, logSigner)
}

const nothing = async () => undefined
const bases: Record<string, Receipt> = {
  'a key, in force': await honest(keypair(), nothing),
  'a passkey, in force': await honest(passkey(), nothing),
  'a key, withdrawn': await honest(keypair(), async ({ registry, actor }, grant) => {
    await registry.enter(actor.say({ kind: 'withdrawal', by: actor.id, at: 0, actor: actor.id, of: [grant] }))
  }),
  'a passkey, erased': await honest(passkey(), async ({ registry, actor }) => {
    await registry.enter(actor.say({ kind: 'erasure', by: actor.id, at: 0, actor: actor.id }))
  }),
  'a passkey, then a key': await honest(passkey(), nothing, true),
}
const cases: Case[] = Object.keys(bases).map(base => ({
  says: `the honest receipt of ${base}`,
  base,
  edits: [],
  expect: { valid: true, withdrawn: /withdrawn|erased/.test(base) },
}))

for (const [base, receipt] of Object.entries(bases))
  for (const [says, edits] of mutants(receipt as unknown as Json, ''))
    cases.push({ says: `${base}: ${says}`, base, edits, expect: { valid: false } })

const first = bases['a key, in force'] as Receipt
const told: readonly Lie[] = [
  ['the honest receipt of an agent’s yes, by mandate', await byAgent()],
  ...(await lies(first, bases['a key, withdrawn'] as Receipt)),
  ...(await speakers()),
  ...(await evilYeses()),
  ...(await signatures(first)),
]
for (const [says, receipt, broken] of told) {
  bases[says] = receipt
  const expect = broken ? { valid: false, broken } : { valid: true, withdrawn: false }
  cases.push({ says, base: says, edits: [], expect })
}
const texts = evilTexts(first).map(([says, text]) => ({
  says,
  text,
  expect: { valid: false, broken: 'shape' },
}))
const path = fileURLToPath(new URL('./cases.json', import.meta.url))
writeFileSync(path, `${JSON.stringify({ key, bases, cases, texts })}\n`)
console.log(
  `${cases.length + texts.length} cases, ${new Set(cases.map((one: { edits: readonly Edit[] }) => JSON.stringify(one.edits))).size} edits`,
)
