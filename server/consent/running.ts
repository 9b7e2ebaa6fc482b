import { rm } from 'node:fs/promises'

/** Processes at work that may be speaking with somebody's voice: a group that ends together. */
export type Group = {
  /** The leader of a process group of its own. */
  readonly pid: number
  /** Whose voices it has asked for since it began what it is at. */
  readonly asked: () => ReadonlySet<string>
  /** Resolves when the leader has ended. */
  readonly ended: Promise<unknown>
  /** Where it works; deleted with it. */
  readonly scratch?: string
}

export type Running = ReturnType<typeof openRunning>

/** Knows what runs, so that it can be stopped: no request is sent and none is waited for, the kernel ends it. */
export function openRunning() {
  const groups = new Set<Group>()
  return {
    /** Gives what ends the knowing. */
    add(group: Group): () => void {
      groups.add(group)
      return () => void groups.delete(group)
    },
    /** Kills every group that is at work with one of these voices; resolves when all have ended. Gives how many. */
    async stop(actors: ReadonlySet<string>): Promise<number> {
      const hit = [...groups].filter(({ asked }) => [...asked()].some(actor => actors.has(actor)))
      for (const { pid } of hit) killGroup(pid)
      await Promise.all(hit.map(({ ended }) => ended))
      await Promise.all(
        hit.map(({ scratch }) => scratch && rm(scratch, { recursive: true, force: true, maxRetries: 3 })),
      )
      return hit.length
    },
    count: () => groups.size,
  }
}

/** Ends a whole process group. One that is gone already is well. */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The whole group is gone already.
  }
}
