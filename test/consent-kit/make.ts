/** Makes the kit anew: `node --import tsx test/consent-kit/make.ts`. Its keys are fresh every time, its verdicts are not. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { base64url, fromHex, utf8 } from '../../consent/bytes.ts'
import { canonical } from '../../consent/canonical.ts'
import { commitmentOf, type Kept } from '../../consent/commitment.ts'
import { type Log, openLog } from '../../consent/log/log.ts'
import { openSigner, signNote, spellKey } from '../../consent/log/note.ts'
import { memory } from '../../consent/log/storage.ts'
import { type Receipt, receiptOf, type Witnessed } from '../../consent/receipt.ts'
import type { Signed, Statement } from '../../consent/records.ts'
import { logSigner, openHouse, origin } from '../support/registry.ts'
import { enrol, type Key, keypair, passkey, type Signer, shown } from '../support/signers.ts'
import { type Case, type Edit, type Json, mutants } from './edits.ts'

const asOf = 1_800_000_000_000
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

/** A receipt of whatever somebody would like to have been said, in a log they run themselves with the true key: a liar's. */
async function liars(
  of: readonly Signed[],
  change: { readonly grantAt?: number; readonly status?: string } = {},
) {
  const log: Log = await openLog({ storage: memory(), origin, signer: logSigner })
  const kept = of.map((signed, at): Kept => ({ salt: base64url(new Uint8Array(16).fill(at)), signed }))
  const logged = 5
  await log.append(kept.map(one => utf8(canonical({ commitment: commitmentOf(one), logged }))))
  const stood = kept.map(
    (one, index): Witnessed => ({ ...one, index, logged, proof: log.inclusion(index).map(base64url) }),
  )
  const at = change.grantAt ?? of.length - 1
  const status = change.status ?? `${origin}/status\n${canonical({ asOf, size: log.size(), ended: [] })}\n`
  return {
    protocol: 'kotodama.consent.receipt/1',
    checkpoint: log.checkpoint(),
    grant: stood[at],
    signers: stood.filter((_, index) => index !== at),
    status: signNote(status, [logSigner]),
  } as Receipt
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

const [actor, other, company] = [enrol('actor'), enrol('actor'), enrol('company')]
const house = await openHouse()
const grant: Statement = { ...house.grantOf('A'.repeat(43), { words: [] }), by: actor.id, actor: actor.id }
const said = (statement: Statement, ...by: readonly Signer[]): Signed => {
  const what = shown(statement)
  return { ...what, proofs: by.map(one => one.prove(what)) }
}
const pass = (change: Parameters<typeof passkey>[0]) => {
  const phone = passkey(change)
  const owner = enrol('actor', {}, keypair())
  const keys = owner.say({ kind: 'keys', by: owner.id, at: 0, keys: [phone.key] })
  const what = shown({ ...grant, by: owner.id, actor: owner.id } as Statement)
  return [owner.enrolment, keys, { ...what, proofs: [phone.proveAs(owner.id)(what)] }]
}
const stranger = openSigner(origin, fromHex('99'.repeat(32)))
const first = bases['a key, in force'] as Receipt
const lies: readonly [says: string, Receipt, broken: string][] = [
  [
    'the company signed for the actor',
    await liars([actor.enrolment, company.enrolment, said(grant, company)]),
    'signature',
  ],
  [
    'the company signed in the actor’s name',
    await liars([
      actor.enrolment,
      { ...said(grant, company), proofs: [{ ...company.prove(shown(grant)), by: actor.id }] },
    ]),
    'signature',
  ],
  [
    'another actor signed too, who never enrolled',
    await liars([actor.enrolment, said(grant, actor, other)]),
    'signature',
  ],
  ['nobody’s enrolment is there', await liars([said(grant, actor)]), 'signature'],
  [
    'the enrolment came after the grant',
    await liars([said(grant, actor), actor.enrolment], { grantAt: 0 }),
    'signer',
  ],
  [
    'the enrolment is signed by another',
    await liars([said(actor.enrolment.statement, other), said(grant, actor)]),
    'signer',
  ],
  [
    'the keys were changed by another',
    await liars([
      actor.enrolment,
      said({ kind: 'keys', by: actor.id, at: 0, keys: [other.key] }, other),
      said(grant, actor),
    ]),
    'signer',
  ],
  [
    'the key was given up before',
    await liars([
      actor.enrolment,
      actor.say({ kind: 'keys', by: actor.id, at: 0, keys: [other.key] }),
      said(grant, actor),
    ]),
    'signature',
  ],
  [
    'a refusal passes for a signer',
    await liars([
      actor.enrolment,
      actor.say({ kind: 'refusal', by: actor.id, at: 0, actor: actor.id, title: null, act: null }),
      said(grant, actor),
    ]),
    'signer',
  ],
  [
    'a refusal passes for a grant',
    await liars([
      actor.enrolment,
      actor.say({ kind: 'refusal', by: actor.id, at: 0, actor: actor.id, title: null, act: null }),
    ]),
    'kind',
  ],
  ['the phone’s owner was not verified', await liars(pass({ flags: 1 })), 'signature'],
  ['the phone’s owner was not there', await liars(pass({ flags: 4 })), 'signature'],
  ['the passkey is of another site', await liars(pass({ site: 'evil.example' })), 'signature'],
  [
    'the passkey was asked on another page',
    await liars(pass({ origin: 'https://evil.example' })),
    'signature',
  ],
  [
    'the status is of another log',
    await liars([actor.enrolment, said(grant, actor)], {
      status: `log.example/2/status\n${canonical({ asOf, size: 2, ended: [] })}\n`,
    }),
    'status',
  ],
  [
    'the status is older than the log',
    await liars([actor.enrolment, said(grant, actor)], {
      status: `${origin}/status\n${canonical({ asOf, size: 1, ended: [] })}\n`,
    }),
    'status',
  ],
  ['the checkpoint stands for the status', { ...first, status: first.checkpoint }, 'status'],
  ['the status stands for the checkpoint', { ...first, checkpoint: first.status }, 'checkpoint'],
  [
    'another key signed the status',
    {
      ...first,
      status: signNote(`${origin}/status\n${canonical({ asOf, size: 9, ended: [] })}\n`, [stranger]),
    },
    'status',
  ],
  [
    'another key signed the checkpoint',
    {
      ...first,
      checkpoint: signNote(first.checkpoint.slice(0, first.checkpoint.lastIndexOf('\n\n') + 1), [stranger]),
    },
    'checkpoint',
  ],
  [
    'another receipt’s checkpoint',
    { ...first, checkpoint: bases['a key, withdrawn']?.checkpoint ?? '' },
    'inclusion',
  ],
]
for (const [says, receipt, broken] of lies) {
  bases[says] = receipt
  cases.push({ says, base: says, edits: [], expect: { valid: false, broken } })
}
const raw: readonly [says: string, text: string][] = [
  ['nothing', ''],
  ['no JSON', 'receipt'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a name given twice', `{"checkpoint":"",${canonical(first).slice(1)}`],
  ['other spelling', JSON.stringify(first, null, 1)],
  ['a deep nest', '['.repeat(100_000)],
]
const texts = raw.map(([says, text]) => ({ says, text, expect: { valid: false } }))
const path = fileURLToPath(new URL('./cases.json', import.meta.url))
writeFileSync(path, `${JSON.stringify({ key, bases, cases, texts })}\n`)
console.log(
  `${cases.length + texts.length} cases, ${new Set(cases.map((one: { edits: readonly Edit[] }) => JSON.stringify(one.edits))).size} edits`,
)
