import { createHash, randomBytes } from 'node:crypto'
import { base64url } from './bytes.ts'
import type { Gate, Grant, Opened } from './gate.ts'
import { Closed, decrypt, encrypt, type Kms, readEnvelope, writeEnvelope } from './kms.ts'
import type { Storage } from './log/storage.ts'
import type { Entry } from './records.ts'
import type { Registry } from './registry.ts'
import { isRefusal, type Refusal, type Use } from './terms.ts'

/** Where voices lie: recordings, models and whatever is made of them, each under the key of whose voice it is. */
export type Vault = {
  /** Seals something of this actor's voice and gives its name, which tells nothing. Needs no grant: sealing harms nobody. */
  readonly seal: (actor: string, voice: Uint8Array) => Promise<string>
  /**
   * Opens what was sealed, with a grant for exactly this use of that actor's voice, which it spends. Throws `Forgery`
   * for what is no grant, and `Closed` when the key was destroyed or the bytes are not what was sealed.
   */
  readonly open: (
    grant: Grant,
    use: Use,
    name: string,
  ) => Promise<(Opened & { readonly voice: Uint8Array }) | Refusal>
  /**
   * Destroys the key of an actor who has ordered it in the log, and puts the proof there. What was sealed stays closed,
   * here and in every backup. Throws when nobody ordered it. Done again, it destroys what has been made since.
   */
  readonly erase: (actor: string) => Promise<Entry>
}

export function openVault(
  storage: Storage,
  kms: Kms,
  gate: Gate,
  registry: Pick<Registry, 'entries' | 'tell'>,
): Vault {
  const about = (owner: string, name: string) => JSON.stringify([owner, name])

  async function seal(actor: string, voice: Uint8Array): Promise<string> {
    const name = base64url(randomBytes(32))
    const dataKey = new Uint8Array(randomBytes(32))
    const sealed = encrypt(dataKey, about(actor, name), voice)
    await storage.write(name, writeEnvelope(actor, await kms.wrap(actor, dataKey), sealed))
    dataKey.fill(0)
    return name
  }

  async function open(grant: Grant, use: Use, name: string): ReturnType<Vault['open']> {
    const bytes = await storage.read(name)
    // The grant last: nothing is awaited between what it says and the key but the key itself.
    const opened = await gate.redeem(grant, use)
    if (isRefusal(opened)) return opened
    if (!bytes) throw new Closed('There is nothing of this name.')
    const { owner, wrapped, sealed } = readEnvelope(bytes)
    if (owner !== opened.actor) return { refused: 'another-use' }
    const dataKey = await kms.unwrap(owner, wrapped, use)
    const voice = decrypt(dataKey, about(owner, name), sealed)
    dataKey.fill(0)
    return { ...opened, voice }
  }

  async function erase(actor: string): Promise<Entry> {
    const order = registry.entries().findLast(entry => entry.kind === 'erasure' && entry.actor === actor)
    if (!order) throw new Error('Nobody has ordered that this key be destroyed.')
    const key = (await kms.destroy(actor)) ?? createHash('sha256').update('').digest('base64url')
    return registry.tell({ kind: 'erased', actor, of: order.id, key })
  }

  return Object.freeze({ seal, open, erase })
}
