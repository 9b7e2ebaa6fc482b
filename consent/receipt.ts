import { base64url } from './bytes.ts'
import { canonical } from './canonical.ts'
import type { Kept } from './commitment.ts'
import type { Log } from './log/log.ts'
import { type NoteSigner, signNote } from './log/note.ts'
import type { Entry, EntryOf, Signed } from './records.ts'
import type { Registry } from './registry.ts'
import { digest } from './words.ts'

/** A statement with all that shows it stood in the log. */
export type Witnessed = Kept & {
  readonly index: number
  readonly logged: number
  /** The path to the checkpoint's root, as base64url. */
  readonly proof: readonly string[]
}

/** Which yeses had ended when the list was made: digests of their names, so that it tells nothing of other yeses. */
export type StatusList = { readonly asOf: number; readonly size: number; readonly ended: readonly string[] }

/** One file that anyone can verify offline with the log's public key: docs/consent-protocol.md. */
export type Receipt = {
  readonly protocol: 'kotodama.consent.receipt/1'
  readonly checkpoint: string
  /** The grant. */
  readonly grant: Witnessed
  /** Who enrolled, every change of their keys since, and by which mandate they speak: whose signature is under the grant. */
  readonly signers: readonly Witnessed[]
  /** The note of the status list, signed with the log's key. */
  readonly status: string
}

const statusOrigin = (origin: string) => `${origin}/status`

/** The name of a yes in a status list. */
export const statusName = (id: string): string => digest(['kotodama.consent/status', id])

/** Signs what had ended at this moment: every withdrawal, erasure and their grants. */
export function statusOf(entries: readonly Entry[], size: number, asOf: number, signer: NoteSigner): string {
  const grants = entries.filter(entry => entry.kind === 'grant')
  const ended = grants.filter(grant =>
    entries.some(
      end =>
        (end.kind === 'withdrawal' &&
          (end.of.includes(grant.id) ||
            (end.of.length === 0 && end.actor === grant.actor && end.leaf > grant.leaf))) ||
        (end.kind === 'erasure' && end.actor === grant.actor && end.leaf > grant.leaf),
    ),
  )
  const list: StatusList = { asOf, size, ended: ended.map(({ id }) => statusName(id)).sort() }
  return signNote(`${statusOrigin(signer.name)}\n${canonical(list)}\n`, [signer])
}

/** The mandate by which somebody said yes for an actor. */
const mandateFor = ({ by, actor, logged }: EntryOf<'grant'>, before: readonly Entry[]) =>
  before.findLast(
    one =>
      one.kind === 'mandate' &&
      one.to === by &&
      one.actor === actor &&
      one.powers.includes('grant') &&
      one.from <= logged &&
      logged < one.until &&
      !before.some(end => end.kind === 'withdrawal' && end.of.includes(one.id)),
  )

/** The receipt of a grant. Throws a RangeError when there is no such grant. */
export function receiptOf(
  registry: Registry,
  log: Log,
  id: string,
  asOf: number,
  signer: NoteSigner,
): Receipt {
  const entries = registry.entries()
  const grant = entries.find(entry => entry.id === id)
  if (grant?.kind !== 'grant') throw new RangeError('There is no such grant.')
  const witnessed = (of: string): Witnessed => {
    const opening = registry.opening(of)
    if (!opening) throw new RangeError('There is no such statement.')
    const { salt, signed, leaf, logged } = opening
    return { salt, signed: signed as Signed, index: leaf, logged, proof: log.inclusion(leaf).map(base64url) }
  }
  const before = entries.filter(({ leaf }) => leaf < grant.leaf)
  const mandate = grant.by === grant.actor ? undefined : mandateFor(grant, before)
  const people = new Set([grant.actor, ...grant.signers, ...(mandate?.signers ?? [])])
  const signers = before.filter(
    entry =>
      entry === mandate ||
      (entry.kind === 'party' && people.has(entry.id)) ||
      (entry.kind === 'keys' && people.has(entry.by)),
  )
  return {
    protocol: 'kotodama.consent.receipt/1',
    checkpoint: log.checkpoint(),
    grant: witnessed(id),
    signers: signers.map(one => witnessed(one.id)),
    status: statusOf(entries, log.size(), asOf, signer),
  }
}
