import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { startModule } from '../pipelines/start.ts'
import type { FromLink, ToLink } from './consent/link.ts'
import type { Consent } from './consent/open.ts'
import { killGroup, type Running } from './consent/running.ts'
import type { FromServer } from './contract.ts'
import type { WorkStore } from './store/work.ts'

/** What happens to episodes, in the words of the wire. */
export type JobEvent = {
  [Name in 'step:moved' | 'episode:changed' | 'lines:changed']: { readonly type: Name } & Parameters<
    FromServer[Name]
  >[0]
}['step:moved' | 'episode:changed' | 'lines:changed']

export type Jobs = {
  /** `asker`: who wants it; nobody's when the house itself does. `parcel`: the files to hand over are wanted too. */
  readonly start: (episode: string, asker?: string, parcel?: boolean) => Promise<void>
  readonly cancel: (episode: string) => Promise<void>
  readonly listen: (hear: (event: JobEvent) => void) => () => void
  /** Has everybody who watches these episodes look at them again. */
  readonly look: (episodes: readonly string[]) => void
  readonly close: () => Promise<void>
}

/** To the worker: look for work; stop this one. */
export type ToWorker =
  | { readonly type: 'wake' }
  | { readonly type: 'cancel'; readonly episode: string }
  | ToLink
/** From the worker: its name, once, and then what happens, and what it asks about consents. */
export type FromWorker = { readonly type: 'worker'; readonly name: string } | JobEvent | FromLink

/** A worker that can't even start must not spin. */
const restartMs = 300

/**
 * Keeps one worker process at work and passes its news on. The worker stands in a process group of its own with the
 * ffmpeg and inference processes it starts, so that all of them end together, however the worker ended.
 */
export function openJobs({
  work,
  consent,
  running,
  scratch,
  log,
}: {
  readonly work: WorkStore
  readonly consent: Pick<Consent, 'serve'>
  /** Told of the worker, so that it can be ended when it speaks with a voice that was taken back. */
  readonly running: Pick<Running, 'add'>
  readonly scratch: string
  readonly log: (says: string, more?: object) => void
}): Jobs {
  const ears = new Set<(event: JobEvent) => void>()
  let closing = false
  let worker = hire()

  function hire(): ChildProcess {
    const child = startModule(new URL('./worker.ts', import.meta.url), [], {
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    let name: string | undefined
    const ended = once(child, 'exit')
    /** Whose voices it has asked for since it began the episode it is at. */
    const asked = new Set<string>()
    const forget =
      child.pid === undefined ? () => {} : running.add({ pid: child.pid, asked: () => asked, ended, scratch })
    const link = consent.serve({
      send: said => void (child.connected && child.send(said)),
      kill: async () => {
        killGroup(child.pid)
        await ended
      },
    })
    child.on('message', (said: FromWorker) => {
      if (said.type === 'worker') name = said.name
      else if (said.type === 'consent') {
        if (said.ask === 'about') asked.add(said.actor)
        if (said.ask === 'unwrap') asked.add(said.owner)
        link.hear(said)
        return
      }
      if (said.type === 'episode:changed' && said.state !== 'running') asked.clear()
      if (said.type !== 'worker') for (const hear of ears) hear(said)
    })
    child.on('exit', async (code, signal) => {
      killGroup(child.pid)
      forget()
      link.gone()
      if (closing) return
      log('the worker died and is replaced', { code, signal })
      if (name)
        await work
          .release(name)
          .catch(error => log('a dead worker could not be released', { error: String(error) }))
      setTimeout(() => {
        if (!closing) worker = hire()
      }, restartMs)
    })
    return child
  }

  const send = (said: ToWorker) => worker.connected && worker.send(said)
  return {
    async start(episode, asker, parcel) {
      await work.ask(episode, asker, parcel)
      send({ type: 'wake' })
    },
    async cancel(episode) {
      await work.cancel(episode)
      send({ type: 'cancel', episode })
    },
    listen(hear) {
      ears.add(hear)
      return () => void ears.delete(hear)
    },
    look(episodes) {
      for (const episode of episodes)
        for (const hear of ears) hear({ type: 'episode:changed', episode, state: 'waiting' })
    },
    async close() {
      closing = true
      const gone = new Promise(resolve =>
        worker.exitCode === null && worker.signalCode === null ? worker.once('exit', resolve) : resolve(0),
      )
      killGroup(worker.pid)
      await gone
    },
  }
}
