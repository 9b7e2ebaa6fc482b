import { Inadmissible } from '../../consent/admit.ts'
import { openGate, type Registry } from '../../consent/index.ts'
import { idOf } from '../../consent/proof.ts'
import type { Statement } from '../../consent/records.ts'
import { ask as anyAsk } from './consent.ts'
import { openCallers } from './history-callers.ts'
import { openMemory } from './history-memory.ts'
import { openStudio } from './history-voices.ts'
import { openHouse } from './registry.ts'
import { keypair } from './signers.ts'
import { dice, nothing, type Tale } from './tale.ts'

/**
 * Lives through a random history with one actor and checks after every step what must never happen. Throws with the seed
 * and the step; the same seed tells the same history.
 */
export async function live(seed: number, steps: number): Promise<Tale> {
  const roll = dice(seed)
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(roll() * items.length)]
  const house = await openHouse(keypair())
  const { actor, company, clock, disk, terms } = house
  clock.now = 1_000_000
  let registry: Registry = house.registry
  let at = 0
  const place = () => `(seed ${seed}, step ${at})`
  const memory = openMemory(place, house.log)
  const { tried, ended, barred, mayNot, wrong } = memory
  const tale: { -readonly [Name in keyof Tale]: number } = { ...nothing }
  let strict = true // false while something is taken back in the midst of a rendering
  const studio = await openStudio(actor.id, {
    speaks: () => {
      if (strict) mayNot([...tried].filter(id => !ended.has(id)))
    },
    uses: entries => mayNot(entries),
  })
  const callers = openCallers({ ...anyAsk, actor: actor.id }, pick, memory, tale)
  begin()
  await studio.record()

  function begin(): void {
    const gate = openGate(registry, () => clock.now)
    studio.begin(gate, registry)
    callers.begin(gate, registry)
  }
  async function ending(statement: Statement, acknowledged: (id: string) => void): Promise<void> {
    const signed = actor.say(statement)
    const before = [...tried]
    try {
      await registry.stop(signed)
    } catch (error) {
      if (error instanceof Inadmissible || disk.journalFull || disk.left <= 0) return // nothing was acknowledged
      throw error
    }
    studio.cut()
    tale.stopped++
    acknowledged(idOf(signed))
    if (statement.kind === 'erasure' || (statement.kind === 'withdrawal' && statement.of.length === 0))
      for (const id of before) ended.add(id)
  }

  const said = { by: actor.id, actor: actor.id }
  let spoken = 0
  const now = () => {
    clock.now++
    return spoken++
  }
  /** Chooses what is taken back; what it gives does it. */
  const withdrawing = () => {
    const of = pick([...tried])
    const statement: Statement = { ...said, kind: 'withdrawal', at: now(), of: of ? [of] : [] }
    return () => ending(statement, () => of && ended.add(of))
  }
  const turn = (by: number) => async () => {
    clock.now += Math.floor(roll() * by)
  }
  const fill = (full: boolean, journalFull: boolean) => async () => {
    Object.assign(disk, { full, journalFull })
  }
  const works = async (work: () => Promise<unknown>) => {
    await work().catch((error: unknown) => {
      if (!disk.full && disk.left > 0 && !(error instanceof Inadmissible)) throw error
    })
  }

  const deeds: readonly [weight: number, name: string, deed: () => Promise<unknown>][] = [
    [
      14,
      'grant',
      () =>
        works(async () => {
          const signed = actor.say({ ...house.grantOf(await house.request({}, actor, registry)), at: now() })
          tried.add(idOf(signed))
          await registry.enter(signed)
        }),
    ],
    [
      2,
      'narrow',
      async () => {
        const of = pick([...tried])
        if (!of) return
        const narrowed = { ...terms, acts: ['review'] as const, limits: { lines: 1, seconds: 1 } }
        await ending({ kind: 'narrowing', by: actor.id, at: now(), of, terms: narrowed }, () => ended.add(of))
      },
    ],
    [
      2,
      'pause',
      () =>
        ending({ kind: 'suspension', by: actor.id, at: now(), actors: [actor.id], grants: [] }, id =>
          barred.set(id, 'pause'),
        ),
    ],
    [
      1,
      'say no',
      () =>
        ending({ ...said, kind: 'refusal', at: now(), title: null, act: null }, id => barred.set(id, 'no')),
    ],
    [
      16,
      'lift',
      () =>
        works(async () => {
          const of = pick([...barred.keys()])
          if (!of) return
          barred.delete(of) // whether or not this is acknowledged: it was the actor's wish
          await registry.enter(actor.say({ kind: 'resume', by: actor.id, at: now(), of }))
        }),
    ],
    [
      3,
      'withdraw',
      async () => {
        const of = pick([...tried])
        if (of) await ending({ ...said, kind: 'withdrawal', at: now(), of: [of] }, () => ended.add(of))
      },
    ],
    [1, 'withdraw all', () => ending({ ...said, kind: 'withdrawal', at: now(), of: [] }, () => undefined)],
    [1, 'erase', () => ending({ ...said, kind: 'erasure', at: now() }, () => undefined)],
    [40, 'permit', callers.permit],
    [40, 'speak', callers.speak],
    [30, 'keep', callers.keep],
    [10, 'keep anything', callers.keepAny],
    [30, 'speak and keep', callers.speakAndKeep],
    [
      3,
      'keep while withdrawing',
      async () => {
        const takeBack = withdrawing()
        await Promise.all([callers.keepAny(), takeBack(), callers.keepAny()])
      },
    ],
    [
      3,
      'forge',
      async () => {
        const what = {
          kind: 'grant',
          ...said,
          of: pick([...tried]) ?? '',
          terms,
          noticeWaived: true,
          at: now(),
        } as Statement
        const taken = await registry.enter(company.say(what)).then(
          () => true,
          () => false,
        )
        if (taken) wrong('a yes was taken that the actor has not signed')
      },
    ],
    [1, 'crash', restart],
    [1, 'the power is cut soon', async () => Object.assign(disk, { left: 1 + Math.floor(roll() * 8) })],
    [20, 'render', () => count('rendered', studio.render())],
    [
      3,
      'render while withdrawing',
      async () => {
        const takeBack = withdrawing()
        strict = false
        await count('rendered', studio.render(takeBack)).finally(() => {
          strict = true
        })
      },
    ],
    [10, 'preview', () => count('previewed', studio.preview(roll()))],
    [10, 'export', () => count('exported', studio.export(roll()))],
    [10, 'begin to play', () => studio.beginPlaying(roll())],
    [
      20,
      'play on',
      async () => {
        tale.played += await studio.playOn()
      },
    ],
    [
      2,
      'destroy the key',
      () =>
        works(async () => {
          if (await studio.erase()) tale.erased++
        }),
    ],
    [6, 'record anew', () => studio.record()],
    [2, 'time passes', turn(100_000)],
    [1, 'the clock is set back', turn(-1000)],
    [1, 'the disk fills up', fill(true, false)],
    [1, 'both disks fill up', fill(true, true)],
    [6, 'the disk is cleared', fill(false, false)],
  ]

  /** The process ends and begins again, whatever it was at; what was cut off is as it lies on the disk. */
  async function restart(): Promise<void> {
    tale.crashes++
    Object.assign(disk, { full: false, journalFull: false })
    registry = await house.again()
    begin()
    memory.sameLog(house.log)
  }
  async function count(name: keyof Tale, deed: Promise<string | undefined>): Promise<void> {
    const came = await deed
    if (came === 'kept') tale[name]++
    else if (came) tale.refused++
  }

  const urn = deeds.flatMap(deed => Array.from({ length: deed[0] }, () => deed))
  for (at = 1; at <= steps; at++) {
    const [, name, deed] = pick(urn) ?? wrong('no deed')
    await deed().catch((error: Error) => {
      throw new Error(`${error.message} [${name}] ${place()}`, { cause: error })
    })
    callers.letGo()
    // Where the power is cut everything stands still; what begins again finds what was acknowledged.
    if (disk.left <= 0) await restart()
    memory.wholeLog(house.log)
  }
  await studio.close()
  for (const entry of registry.entries())
    if (entry.kind === 'grant' && !tried.has(entry.id)) wrong('a yes stands that the actor has not signed')
  return tale
}
