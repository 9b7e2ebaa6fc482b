import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'

/** Seconds of CPU so far: our own, of each process that we started by the file it runs, and of those that have ended. */
export function cpuOfAll(): ReadonlyMap<string, number> {
  const own = statOf('self')
  const all = new Map([
    ['own', own.spent],
    ['ended', own.ended],
  ])
  for (const id of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const { parent, spent, ended } = statOf(id)
      if (parent !== process.pid) continue
      const words = readFileSync(`/proc/${id}/cmdline`, 'latin1').split('\0')
      const name = basename(words.findLast(word => /^[^-]/.test(word)) ?? id)
      all.set(name, (all.get(name) ?? 0) + spent + ended)
    } catch {
      // It ended while we looked.
    }
  }
  return all
}

/** What was spent since, by process, and together. A child that was alive then and has ended since is told among the ended. */
export function spentSince(before: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  const after = cpuOfAll()
  const names = [...new Set([...before.keys(), ...after.keys()])]
  const spent = names.map(name => [name, (after.get(name) ?? 0) - (before.get(name) ?? 0)] as const)
  return Object.fromEntries([...spent, ['together', spent.reduce((sum, [, seconds]) => sum + seconds, 0)]])
}

/** A clock of proc(5) ticks a hundred times a second. */
function statOf(id: string) {
  const fields = readFileSync(`/proc/${id}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
    .map(Number)
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15)
  return { parent: fields[1], spent: (user + system) / 100, ended: (endedUser + endedSystem) / 100 }
}
