import type { Log } from '../../consent/index.ts'
import { readCheckpoint } from '../../consent/log/checkpoint.ts'
import { readNote } from '../../consent/log/note.ts'
import { extend } from '../../consent/log/tree.ts'
import { logSigner } from './registry.ts'

/** What the checker of a history remembers by itself: it looks into nothing of what it checks. */
export type Memory = ReturnType<typeof openMemory>

/** Throws with the place in the history where something happened that must not. */
export function openMemory(place: () => string, log: Log) {
  const tried = new Set<string>()
  const ended = new Set<string>()
  const barred = new Map<string, 'pause' | 'no'>()
  let [spelt, seen] = ['', checkpointOf(log.checkpoint())]

  function wrong(what: string): never {
    throw new Error(`${what} ${place()}`)
  }

  /** What was seen of the log before, and what is seen of it now. */
  function look(log: Log) {
    const [before, text] = [seen, log.checkpoint()]
    if (text !== spelt) [spelt, seen] = [text, checkpointOf(text)]
    return [before, seen] as const
  }

  return {
    /** Every yes the actor's hand has signed, taken or not. */
    tried,
    /** Yeses ended by something that was acknowledged. */
    ended,
    /** Acknowledged, and never asked to be lifted. */
    barred,
    wrong,
    /** Nobody may speak by these entries: some that is not the actor's own yes, or one that has ended, or any at all. */
    mayNot(entries: readonly string[]): void {
      if (barred.size > 0) wrong('spoken in spite of a no or a pause')
      if (!entries.some(id => tried.has(id))) wrong('spoken without a yes that the actor has signed')
      if (entries.some(id => ended.has(id))) wrong('spoken after the end of the yes was acknowledged')
    },
    wholeLog(log: Log): void {
      const [before, next] = look(log)
      if (next.size < before.size) wrong('the log has shrunk')
    },
    /** After a crash: what was seen before is the beginning of what is there. */
    sameLog(log: Log): void {
      const [before, next] = look(log)
      if (!extend(before.size, before.root, next.size, next.root, log.consistency(before.size)))
        wrong('the log is not what it was')
    },
  }
}

const checkpointOf = (text: string) => readCheckpoint(readNote(text, [logSigner]).body)
