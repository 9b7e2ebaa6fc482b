/** The only wiring of the server, read top to bottom: what is kept, who works, who is let in. */
import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import {
  lackingTools,
  type Problem,
  probeFile,
  readRecording,
  type SpeechEngine,
} from '../pipelines/index.ts'
import { createApp } from './app.ts'
import { openAuth } from './auth.ts'
import type { Config } from './config.ts'
import { openNotifier } from './consent/notify.ts'
import { type Consent, openConsent } from './consent/open.ts'
import { openRunning } from './consent/running.ts'
import { openStreams } from './consent/streams.ts'
import { openReach, type Reach } from './consent/withdraw.ts'
import { setupLink } from './contract.ts'
import { openCrew } from './crew.ts'
import { viewEngines } from './engines.ts'
import { openJobs } from './jobs.ts'
import { openLog } from './log.ts'
import { compareSounds } from './masters.ts'
import { openParts, type Parts } from './parts.ts'
import { paceOf } from './routes/houses.ts'
import { foldersOf } from './store/folders.ts'
import { version } from './version.ts'

export type Running = {
  /** Where people open it. */
  readonly address: string
  /** Why no media can be opened here yet: the rest of the house is open all the same. */
  readonly lacking?: Problem
  /** The one-time link of the first administrator; none once there is one. */
  readonly firstLink?: string
  readonly parts: Parts
  readonly consent: Consent
  readonly reach: Reach
  readonly jobs: ReturnType<typeof openJobs>
  readonly close: () => Promise<void>
}

export async function startServer(config: Config): Promise<Running> {
  const { publicUrl, trustProxy, limits, dataDir } = config
  const log = openLog(config)
  const tell = (says: string, more: object = {}) => log.error(more, says)
  const parts = await openParts(config, { join: false, log: tell })
  const { people, work, blobs, store } = parts
  const auth = openAuth({ ...people, now: Date.now, sessionMs: config.sessionMs })
  const consent = await openConsent({ ...config, now: Date.now, log: tell })
  const streams = openStreams()
  const running = openRunning()
  const notifier = openNotifier({ walks: people.walks, to: config.notices, now: Date.now, log: tell })
  const crew = await openCrew(config, {
    ...consent,
    reference: people.recordings.newest,
    barred: entries => reach.barred(entries),
  })
  const { scratch } = foldersOf(dataDir)
  const jobs = openJobs({ work, consent, running, scratch, log: tell })
  const reach = openReach({
    ...{ consent, people, work, running, streams, now: Date.now, log: tell },
    artifacts: parts.artifacts,
    remake: episode => jobs.start(episode),
    tell: jobs.look,
    told: config.notices !== undefined,
    notified: notifier.look,
  })
  const clientDir = join(import.meta.dirname, '../dist/client')

  const app = createApp({
    people,
    auth,
    work,
    jobs,
    blobs,
    log,
    lastLook: crew.voices.lastLook,
    unveil: crew.voices.unveil,
    streams,
    consent,
    reach,
    recording: { read: readRecording, ...(crew.ears && { hear: hearing(crew.ears) }) },
    mouth: crew.mouth,
    engines: () => viewEngines(crew, foldersOf(config.dataDir).models),
    probe: probeFile,
    compare: compareSounds,
    pace: paceOf,
    publicLog: consent.published,
    ping: async () => void (await store.connection.db?.command({ ping: 1 })),
    now: Date.now,
    settings: {
      version,
      trustProxy,
      limits,
      uploads: { folder: foldersOf(dataDir).uploads, ...config.uploads },
      ...(publicUrl && { publicUrl }),
      ...(existsSync(clientDir) && { clientDir }),
    },
  })
  await new Promise<void>((resolve, reject) => {
    app.server.once('error', reject)
    app.server.listen(config.port, config.host, resolve)
  })
  const { port } = app.server.address() as AddressInfo
  const address =
    publicUrl ?? `http://${/^(0\.0\.0\.0|::|127\.)/.test(config.host) ? 'localhost' : config.host}:${port}`
  const token = await auth.firstLink()
  const lacking = await lackingTools()
  log.info({ store: store.kind, where: store.where }, 'the server listens')
  return {
    address,
    ...(lacking && { lacking }),
    ...(token && { firstLink: setupLink(address, ['admin'], token) }),
    parts,
    consent,
    reach,
    jobs,
    async close() {
      await app.close()
      await jobs.close()
      await reach.close()
      await notifier.close()
      crew.close()
      await consent.close()
      await parts.close()
    },
  }
}

/** What a model hears in a recording of Japanese, read aloud. */
const hearing = (ears: SpeechEngine) => async (path: string, milliseconds: number) => {
  const ear = { digest: '0'.repeat(64), bytes: 0, type: 'audio/wav' }
  const keep = async () => ear
  const at = { signal: AbortSignal.timeout(120_000), report: () => {}, scratch: dirname(path) }
  const windows = [{ start: 0, end: Math.min(milliseconds, 30_000) }]
  const stage = { ...at, keep, keepBytes: keep, file: async () => path }
  const { segments } = await ears.recognize({ ears: ear, windows, language: 'ja' }, stage)
  return segments.map(({ text }) => text).join('')
}
