/** The worker process: takes one episode after the other from the store and makes it. May be killed at any moment. */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { readConfig } from './config.ts'
import { consentFolders } from './consent/folders.ts'
import { joinConsent } from './consent/join.ts'
import { openCrew } from './crew.ts'
import type { FromWorker, ToWorker } from './jobs.ts'
import { loadWork } from './known.ts'
import { openLog } from './log.ts'
import { makeEpisode } from './make.ts'
import { openParts } from './parts.ts'
import { openRun } from './remember.ts'
import { foldersOf } from './store/folders.ts'
import { type Made, prune } from './store/prune.ts'

const name = `worker-${randomUUID()}`
const config = readConfig()
const log = openLog(config).child({ process: 'worker' })
const tell = (said: FromWorker) => void (process.connected && process.send?.(said))

// Without its keeper a worker is an orphan that would hold on to ffmpeg and the store: it ends with its whole group.
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'))

const parts = await openParts(config, { join: true })
const port = {
  send: (said: FromWorker) => process.connected && process.send?.(said) !== undefined,
  listen: (hear: (said: unknown) => void) => void process.on('message', hear),
}
const crew = await openCrew(config, {
  ...joinConsent(consentFolders(config.dataDir).root, port, Date.now),
  reference: actor => parts.people.recordings.newest(actor),
})
const scratch = foldersOf(config.dataDir).scratch
await rm(scratch, { recursive: true, force: true })

let current: { readonly episode: string; readonly abort: AbortController } | undefined
let wake = () => {}
process.on('message', (said: ToWorker) => {
  if (said.type === 'wake') wake()
  else if (said.type === 'cancel' && current?.episode === said.episode) current.abort.abort()
})
tell({ type: 'worker', name })

/** Someone beside the keeper (the command line) may have asked for work: the store is looked at this often. */
const lookMs = 1000

for (let turn = 0; ; turn++) {
  const claim = await parts.work.claim(`${name}:${turn}`)
  if (!claim) {
    await new Promise<void>(resolve => {
      wake = resolve
      setTimeout(resolve, lookMs)
    })
    continue
  }
  const abort = new AbortController()
  current = { episode: claim.episode, abort }
  const { work, blobs, artifacts, people } = parts
  const { episode } = claim
  const life = { episode, touched: new Set<string>() }
  const shown = (await work.of(episode))?.drafts ?? []
  const state = await makeEpisode(
    claim,
    {
      work,
      blobs,
      crew,
      tell,
      load: async episode => {
        const loaded = await loadWork(people, episode)
        return { ...loaded, wish: { ...loaded.wish, ...(claim.asker && { asker: claim.asker }) } }
      },
      openRun: (signal, hear) =>
        openRun({
          ...{ artifacts, blobs, scratch, signal, now: Date.now, life },
          hear: (step, remembered) => {
            log.debug({ ...step, remembered, pid: process.pid }, 'step')
            hear(step)
          },
        }),
      fault: error => {
        const id = randomUUID()
        log.error({ id, err: error, episode: claim.episode }, 'a step failed')
        return id
      },
    },
    abort,
  )
  current = undefined
  if (state === 'ready') await tidy({ ...life, drafts: shown })
}

/** What the last words replaced is let go, now that all of it was made. */
async function tidy({ episode, touched, drafts }: Made): Promise<void> {
  try {
    const { draft } = (await parts.work.of(episode)) ?? {}
    const old = drafts.filter(digest => digest !== draft?.digest)
    const pruned = await prune(
      { ...parts, connection: parts.store.connection },
      { episode, touched, drafts: old },
    )
    log.debug({ episode, ...pruned }, 'pruned')
  } catch (error) {
    log.error({ err: error, episode }, 'what is of no use any more could not be let go')
  }
}
