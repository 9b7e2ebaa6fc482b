/** Whoever holds the log's true key, and lies: they let be said what nobody said, in a log of their own. */
import { base64url, fromHex, utf8 } from '../../consent/bytes.ts'
import { canonical } from '../../consent/canonical.ts'
import { commitmentOf, type Kept } from '../../consent/commitment.ts'
import { type Log, openLog } from '../../consent/log/log.ts'
import { openSigner, signNote } from '../../consent/log/note.ts'
import { memory } from '../../consent/log/storage.ts'
import type { Receipt, Witnessed } from '../../consent/receipt.ts'
import type { Of, Signed, Statement } from '../../consent/records.ts'
import { logSigner, openHouse, origin } from '../support/registry.ts'
import { enrol, keypair, passkey, type Signer, shown } from '../support/signers.ts'

export const asOf = 1_800_000_000_000
/** What it is, the receipt, and the rule that it breaks first; none where it is true after all. */
export type Lie = readonly [says: string, receipt: Receipt, broken?: string]

/** A receipt of whatever somebody would like to have been said, in a log they run themselves with the true key: a liar's. */
export async function liars(
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

export const [actor, other, company] = [enrol('actor'), enrol('actor'), enrol('company')]
export const grant: Of<'grant'> = {
  ...(await openHouse()).grantOf('A'.repeat(43), { words: [] }),
  ...{ by: actor.id, actor: actor.id },
}
export const said = (statement: Statement, ...by: readonly Signer[]): Signed => {
  const what = shown(statement)
  return { ...what, proofs: by.map(one => one.prove(what)) }
}
/** An actor whose phone signs their yes, not quite as it should. */
export const pass = (change: Parameters<typeof passkey>[0]) => {
  const phone = passkey(change)
  const owner = enrol('actor', {}, keypair())
  const keys = owner.say({ kind: 'keys', by: owner.id, at: 0, keys: [phone.key] })
  const what = shown({ ...grant, by: owner.id, actor: owner.id } as Statement)
  return [owner.enrolment, keys, { ...what, proofs: [phone.proveAs(owner.id)(what)] }]
}
export const stranger = openSigner(origin, fromHex('99'.repeat(32)))
