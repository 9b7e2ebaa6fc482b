import { text, utf8 } from '../../consent/bytes.ts'
import { type Grant, isRefusal, openGate } from '../../consent/index.ts'
import { sealedFiles } from '../../consent/kms.ts'
import { memory } from '../../consent/log/storage.ts'
import type { Statement } from '../../consent/records.ts'
import { openVault } from '../../consent/vault.ts'
import { ask as anyAsk } from './consent.ts'
import { openHouse } from './registry.ts'

export const master = new Uint8Array(32).fill(7)
export const voice = utf8('a voice')

/** A registry with an actor who has said yes, a gate before it, and a vault that holds their voice. */
export async function openVaulted() {
  const house = await openHouse()
  const { registry, actor, clock } = house
  const yes = async () => registry.enter(actor.say(house.grantOf(await house.request())))
  const { id } = await yes()
  const gate = openGate(registry, () => clock.now)
  const keys = new Map<string, Uint8Array>()
  const things = new Map<string, Uint8Array>()
  const kms = sealedFiles(memory(keys), master)
  const vault = openVault(memory(things), kms, gate, registry)
  const ask = { ...anyAsk, actor: actor.id }
  const name = await vault.seal(actor.id, voice)
  const permit = async (): Promise<Grant> => {
    const grant = await gate.permit(ask)
    if (isRefusal(grant)) throw new Error(grant.refused)
    return grant
  }
  const outcome = async (of = name, grant?: unknown, use = ask) => {
    try {
      const opened = await vault.open((grant ?? (await permit())) as Grant, use, of)
      return isRefusal(opened) ? opened.refused : text(opened.voice)
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : error
    }
  }
  const erasure: Statement = { kind: 'erasure', by: actor.id, at: 0, actor: actor.id }
  const withdrawal: Statement = { kind: 'withdrawal', by: actor.id, at: 0, actor: actor.id, of: [id] }
  return {
    ...house,
    house,
    keys,
    things,
    kms,
    vault,
    gate,
    ask,
    name,
    permit,
    outcome,
    erasure,
    withdrawal,
    yes,
  }
}
