import { setTimeout as wait } from 'node:timers/promises'
import type { StepView } from '../contract.ts'
import type { Work, WorkStore } from '../store/work.ts'

const lookMs = 200

/** Shows an episode's steps, a line each with fraction and time left, until the work asked for has ended. */
export async function follow(
  episode: string,
  work: WorkStore,
  write: (text: string) => void,
  tty: boolean,
): Promise<Work> {
  const shown = new Map<string, string>()
  let open = false
  for (;;) {
    const now = await work.of(episode)
    for (const step of now?.steps ?? []) show(step)
    if (now && now.state !== 'waiting' && now.state !== 'running') {
      if (open) write('\n')
      return now
    }
    await wait(lookMs)
  }

  function show(step: StepView): void {
    const key = `${step.step} ${step.of ?? ''}`
    const percent = Math.floor(step.fraction * 100)
    // Without a terminal to draw on, a quarter at a time is enough to know that it lives.
    const seen = tty ? `${percent} ${step.state}` : `${Math.floor(percent / 25)} ${step.state}`
    if (shown.get(key) === seen) return
    shown.set(key, seen)
    const done = step.state === 'done'
    const mark = done ? '✓' : step.state === 'failed' ? '✗' : '…'
    const left = step.left !== undefined && !done ? `${clock(step.left)} left` : ''
    const line =
      `${mark} ${step.step.padEnd(12)} ${(step.of ?? '').padEnd(4)} ${String(percent).padStart(3)} % ${left}`.trimEnd()
    write(tty ? `\r\u001b[K${line}${done ? '\n' : ''}` : `${line}\n`)
    open = tty && !done
  }
}

/** 75 s as 1:15. */
export function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
