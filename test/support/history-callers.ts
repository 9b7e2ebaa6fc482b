import { type Gate, type Grant, isRefusal, type Registry } from '../../consent/index.ts'
import type { Ask } from '../../consent/terms.ts'
import type { Memory } from './history-memory.ts'
import type { Tale } from './tale.ts'

type Permit = { readonly grant: Grant; opened: boolean }

/** Whoever asks the gate: they hold on to what they were given, and use it in whatever order. */
export function openCallers(
  ask: Ask,
  pick: <Item>(items: readonly Item[]) => Item | undefined,
  { mayNot, wrong }: Memory,
  tale: { -readonly [Name in keyof Tale]: number },
) {
  const permits: Permit[] = []
  let gate: Gate
  let registry: Registry

  /** After a crash: a new gate, and old permits in old hands. */
  function begin(newGate: Gate, newRegistry: Registry): void {
    gate = newGate
    registry = newRegistry
  }

  async function permit(): Promise<void> {
    const grant = await gate.permit(ask)
    if (isRefusal(grant)) tale.refused++
    else permits.push({ grant, opened: false })
  }

  async function speak(): Promise<void> {
    const permit = pick(permits)
    if (!permit) return
    const opened = await gate.redeem(permit.grant, ask).catch(forgotten)
    if (!opened) return
    if (isRefusal(opened)) tale.refused++
    else {
      permit.opened = true
      mayNot(opened.entries)
    }
  }

  async function speakAndKeep(): Promise<void> {
    const grant = await gate.permit(ask)
    if (isRefusal(grant)) return
    const permit = { grant, opened: false }
    permits.push(permit)
    if (!isRefusal(await gate.redeem(grant, ask))) await keep(permit)
  }

  async function keep(permit: Permit | undefined): Promise<void> {
    if (!permit) return
    const made = { asker: 'lead', milliseconds: 1, output: 'B'.repeat(43) }
    const uses = () => registry.entries().filter(({ kind }) => kind === 'use')
    const before = uses().length
    const kept = await gate
      .commit(permit.grant, made, async () => {
        const use = uses().at(-1)
        if (uses().length !== before + 1 || use?.kind !== 'use') wrong('kept without a use in the log')
        else mayNot([use.grant, use.licence])
      })
      .catch((error: Error) => (error.name === 'Forgery' ? undefined : Promise.reject(error)))
    if (kept && !isRefusal(kept)) tale.kept++
    else tale.refused++
    permits.splice(permits.indexOf(permit), 1)
  }

  return {
    begin,
    permit,
    speak,
    speakAndKeep,
    /** Keeps what was spoken by one of the permits. */
    keep: () => keep(pick(permits.filter(({ opened }) => opened))),
    /** Keeps by any permit, spoken by or not. */
    keepAny: () => keep(pick(permits)),
    /** Nobody holds on to permits for ever. */
    letGo(): void {
      if (permits.length > 20) permits.shift()
    },
  }
}

const forgotten = () => undefined // a permit of before a crash is a forgery after it
