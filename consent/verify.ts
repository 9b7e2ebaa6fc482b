/**
 * The verifier of receipts, for Node and browsers: it and the files of its folder lean on nothing but WebCrypto and import
 * nothing else, so that they can be read, copied and run by whoever trusts nobody. The rules stand in docs/consent-protocol.md.
 */
import { bytes, sha256Url, utf8 } from './verify/bytes.ts'
import { proves } from './verify/keys.ts'
import { note, readKey } from './verify/note.ts'
import { Broken, canonical, must, type Rule, record, text, texts, whole } from './verify/shape.ts'
import { mustSpeakFor, signersBefore } from './verify/signers.ts'
import { stood } from './verify/stood.ts'
import { mustBeYes } from './verify/yes.ts'

export type { Rule } from './verify/shape.ts'

/** What a receipt proves, or the first rule it breaks. */
export type Verdict =
  | {
      readonly valid: true
      readonly actor: string
      readonly grant: string
      readonly terms: unknown
      readonly logged: number
      readonly size: number
      readonly asOf: number
      readonly withdrawn: boolean
    }
  | { readonly valid: false; readonly broken: Rule }

/** Verifies a receipt's text with the log's public key, spelt as a note key. Total: never throws. */
export async function verifyReceipt(file: string, logKey: string): Promise<Verdict> {
  let rule: Rule = 'shape'
  try {
    must(file.length < 4_000_000, 'shape')
    const receipt = record(JSON.parse(file), ['protocol', 'checkpoint', 'grant', 'signers', 'status'])
    must(receipt.protocol === 'kotodama.consent.receipt/1', 'shape')
    // One spelling alone: two readers of one file can't read two things, a name given twice among them.
    must(canonical(receipt) === file.trim(), 'shape')
    rule = 'log-key'
    const key = await readKey(logKey)
    rule = 'checkpoint'
    const [origin, size = '', root = '', ...more] = (await note(text(receipt.checkpoint), key, rule)).split(
      '\n',
    )
    must(origin === key.name && /^[1-9]\d{0,15}$/.test(size) && more.at(-1) === '', rule)
    const tree = { size: Number(size), root: bytes(root, 'base64') }
    must(Number.isSafeInteger(tree.size) && tree.root.length === 32, rule)
    rule = 'inclusion'
    const grant = await stood(receipt.grant, tree)
    must(Array.isArray(receipt.signers) && receipt.signers.length < 100, 'shape')
    const before = await Promise.all(receipt.signers.map((one: unknown) => stood(one, tree)))
    rule = 'kind'
    const { statement } = grant
    mustBeYes(statement)
    rule = 'signer'
    const signers = await signersBefore(before, grant.index)
    rule = 'signature'
    const by = texts(
      grant.proofs.map(proof => proof.by),
      rule,
    )
    must(by.includes(text(statement.by)), rule)
    for (const proof of grant.proofs)
      must(await proves(grant.payload, proof, signers.keys.get(text(proof.by)) ?? []), rule)
    rule = 'signer'
    mustSpeakFor(grant, signers)
    rule = 'status'
    const [about, listed = '', ...rest] = (await note(text(receipt.status), key, rule)).split('\n')
    must(about === `${key.name}/status` && rest.length === 1, rule)
    const list = record(JSON.parse(listed), ['asOf', 'size', 'ended'], rule)
    must(canonical(list) === listed && whole(list.size, rule) >= tree.size, rule)
    const [asOf, ended] = [whole(list.asOf, rule), texts(list.ended, rule)]
    const name = await sha256Url(utf8(canonical(['kotodama.consent/status', grant.id])))
    return {
      valid: true,
      actor: text(statement.actor),
      grant: grant.id,
      terms: statement.terms,
      logged: grant.logged,
      size: tree.size,
      asOf,
      withdrawn: ended.includes(name),
    }
  } catch (error) {
    return { valid: false, broken: error instanceof Broken ? error.rule : rule }
  }
}
