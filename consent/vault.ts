import { createHash, randomBytes } from 'node:crypto'
import { base64url, fromBase64url } from './bytes.ts'
import { openSealed, type Plain, readHead, type SealedFile, type Within, writeSealed } from './envelope.ts'
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
   * Seals something in which people are heard under the keys of all of them, one around the other: it opens to whoever
   * may use every line that lies in it, and never again once one of the keys is destroyed.
   */
  readonly enclose: (
    within: readonly Within[],
    plain: AsyncIterable<Uint8Array>,
  ) => AsyncGenerator<Uint8Array>
  /** Who is heard in it: what has to be asked for before it is opened. Throws `Closed` on what is nothing sealed. */
  readonly within: (file: SealedFile) => Promise<readonly Within[]>
  /**
   * Opens what was enclosed, with a grant for every line in it, which it spends. Throws `Forgery` and `Closed` as `open`.
   */
  readonly disclose: (
    keys: readonly Turned[],
    file: SealedFile,
  ) => Promise<{ readonly plain: Plain; readonly entries: readonly string[] } | Refusal>
  /**
   * Destroys the key of an actor who has ordered it in the log, and puts the proof there. What was sealed stays closed,
   * here and in every backup. Throws when nobody ordered it. Done again, it destroys what has been made since.
   */
  readonly erase: (actor: string) => Promise<Entry>
}

/** A grant, and the use it is for. */
export type Turned = { readonly grant: Grant; readonly use: Use }

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

  async function* enclose(
    within: readonly Within[],
    plain: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const owners = [...new Set(within.map(({ actor }) => actor))].sort()
    if (owners.length === 0) throw new TypeError('Nobody is heard in it.')
    const dataKey = new Uint8Array(randomBytes(32))
    try {
      let wrapped: Uint8Array = dataKey
      for (const owner of owners) wrapped = await kms.wrap(owner, wrapped)
      yield* writeSealed({ owners, wrapped: base64url(wrapped), within: [...within] }, dataKey, plain)
    } finally {
      dataKey.fill(0)
    }
  }

  async function disclose(keys: readonly Turned[], file: SealedFile): ReturnType<Vault['disclose']> {
    const { owners, wrapped, within, spelt } = await readHead(file)
    const allowed = new Set<string>()
    const useOf = new Map<string, Use>()
    const entries = new Set<string>()
    // Every grant is turned, whatever became of the one before: none of them opens anything else afterwards.
    const answers = []
    for (const { grant, use } of keys) {
      const opened = await gate.redeem(grant, use)
      answers.push(opened)
      if (isRefusal(opened)) continue
      allowed.add(placeOf({ ...use, actor: opened.actor }))
      useOf.set(opened.actor, use)
      for (const id of opened.entries) entries.add(id)
    }
    const refused = answers.find(isRefusal)
    if (refused) return refused
    if (!within.every(place => allowed.has(placeOf(place)))) return { refused: 'another-use' }
    let key: Uint8Array = fromBase64url(wrapped)
    for (const owner of owners.toReversed()) key = await kms.unwrap(owner, key, useOf.get(owner))
    return { plain: openSealed(file, key, spelt), entries: [...entries] }
  }

  async function erase(actor: string): Promise<Entry> {
    const order = registry.entries().findLast(entry => entry.kind === 'erasure' && entry.actor === actor)
    if (!order) throw new Error('Nobody has ordered that this key be destroyed.')
    const key = (await kms.destroy(actor)) ?? createHash('sha256').update('').digest('base64url')
    return registry.tell({ kind: 'erased', actor, of: order.id, key })
  }

  return Object.freeze({
    seal,
    open,
    enclose,
    within: async (file: SealedFile) => (await readHead(file)).within,
    disclose,
    erase,
  })
}

const placeOf = ({ actor, title, episode, language, line }: Within) =>
  JSON.stringify([actor, title, episode, language, line])
