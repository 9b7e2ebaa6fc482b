import {
  idOf,
  type Registry,
  type ShownLanguage,
  type Statement,
  statementShape,
} from '../../consent/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import type { Prepared, ProofShape, Wish } from '../contract.ts'
import { allOf, type Entries, passkeysOf } from './people.ts'

/** A wish in the words of the register, said by this party now. It is nothing until their passkey has signed it. */
export function compose(wish: Wish, by: string, entries: Entries, now: number): Statement {
  const said = { by, at: now }
  const request = (id: string) =>
    allOf(entries, 'request').find(one => one.id === id) ??
    (() => {
      throw new Problem('not-found', { what: 'request', id })
    })()
  const draft = (): object => {
    switch (wish.kind) {
      case 'grant': {
        const { actor, terms } = request(wish.of)
        return { ...said, ...wish, actor, terms: wish.terms ?? terms }
      }
      case 'licence':
        // A licence names no lines: whose words are spoken is the actors' to say.
        return { ...said, kind: wish.kind, terms: { ...request(wish.of).terms, words: [] } }
      case 'refusal':
        return { ...said, ...wish, actor: isHolder(entries, by) ? null : (wish.actor ?? by) }
      case 'withdrawal':
        return { ...said, ...wish, actor: isHolder(entries, by) ? null : (wish.actor ?? by) }
      case 'erasure':
      case 'mandate':
        return { ...said, ...wish, actor: wish.actor ?? by }
      default:
        return { ...said, ...wish }
    }
  }
  return statementShape.parse(draft())
}

const isHolder = (entries: Entries, id: string) =>
  allOf(entries, 'party').some(party => party.id === id && party.role === 'holder')

/** A proof as the register has it, of this party's: by a passkey, or by the key on paper, which says no yes. */
export const proofOf = (by: string, proof: ProofShape): object =>
  'kept' in proof ? { type: 'ed25519', by, signature: proof.signature } : { type: 'webauthn', by, ...proof }

/** The statement with the exact text in this language, and which of the signer's passkeys may sign it. */
export function prepared(
  statement: Statement,
  language: ShownLanguage,
  say: Registry['say'],
  keys: readonly { readonly credential: string; readonly site: string }[],
): Prepared {
  const what = { statement, shown: { language, text: say(statement, language) } }
  return {
    id: idOf(what),
    statement: { ...statement },
    shown: what.shown,
    credentials: keys.map(({ credential }) => credential),
    site: keys[0]?.site ?? '',
  }
}

export const preparedBy = (
  statement: Statement,
  language: ShownLanguage,
  { entries, say }: Pick<Registry, 'entries' | 'say'>,
  me: string,
): Prepared => prepared(statement, language, say, passkeysOf(entries(), me))
