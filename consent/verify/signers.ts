/** Who could sign what when a yes was said. Part of ../verify.ts, which see. */
import { proves } from './keys.ts'
import { type Fields, must, text, texts, whole } from './shape.ts'
import type { Stood } from './stood.ts'

/** Who was who just before a place of the log. */
export type Signers = {
  readonly parties: ReadonlyMap<string, Fields>
  readonly keys: ReadonlyMap<string, readonly Fields[]>
  readonly mandates: readonly Fields[]
}

/**
 * Reads enrolments, changes of keys and mandates, in the log's order, each signed by its own party with a key that it had.
 * Who enrols is named by their own enrolment; keys change by their own word.
 */
export async function signersBefore(statements: readonly Stood[], index: number): Promise<Signers> {
  const parties = new Map<string, Fields>()
  const keys = new Map<string, readonly Fields[]>()
  const mandates: Fields[] = []
  let last = -1
  for (const { id, statement, proofs, payload, index: at } of statements) {
    must(at > last && at < index, 'signer')
    last = at
    const enrols = statement.kind === 'party'
    const who = enrols ? id : text(statement.by)
    const current = enrols ? [statement.key as Fields] : (keys.get(who) ?? [])
    const own = proofs.find(proof => proof.by === who)
    must(own !== undefined && (await proves(payload, own, current)), 'signer')
    if (enrols) parties.set(who, statement)
    else if (statement.kind === 'mandate') mandates.push(statement)
    else must(statement.kind === 'keys' && Array.isArray(statement.keys), 'signer')
    if (statement.kind !== 'mandate') keys.set(who, enrols ? current : (statement.keys as readonly Fields[]))
  }
  return { parties, keys, mandates }
}

/**
 * That the yes is the actor's: said by an enrolled actor or by whom they gave a mandate for it, with the guardian of a minor.
 * Otherwise anybody could say yes with a key of their own, in an actor's name.
 */
export function mustSpeakFor({ statement, proofs, logged }: Stood, { parties, mandates }: Signers): void {
  const [by, actor] = [text(statement.by), text(statement.actor)]
  const person = parties.get(actor)
  must(person?.role === 'actor', 'signer')
  const given = mandates.some(
    mandate =>
      mandate.to === by &&
      mandate.actor === actor &&
      (mandate.by === actor || (mandate.by === person.guardian && person.guardian !== null)) &&
      texts(mandate.powers, 'signer').includes('grant') &&
      whole(mandate.from, 'signer') <= logged &&
      logged < whole(mandate.until, 'signer'),
  )
  must(by === actor || given, 'signer')
  const minor = whole(person.adultAt, 'signer') > logged
  must(!minor || proofs.some(proof => proof.by === person.guardian), 'signer')
}
