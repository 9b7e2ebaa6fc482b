import { randomUUID } from 'node:crypto'
import { createServer, type Server as HttpServer } from 'node:http'
import express, { type Request, type RequestHandler } from 'express'
import type { Mouth } from '../pipelines/index.ts'
import { Problem } from '../pipelines/problem.ts'
import type { Blob, HouseStyle, Language, Probe } from '../pipelines/terms.ts'
import type { Auth } from './auth.ts'
import { openNaming } from './consent/naming.ts'
import type { Consent } from './consent/open.ts'
import type { Streams } from './consent/streams.ts'
import type { Reach } from './consent/withdraw.ts'
import { openConsentFiles } from './consent-files.ts'
import { type EnginesView, leads, type PaceView, parties, watchers } from './contract.ts'
import { openDrafts } from './drafts.ts'
import { type LastLook, openFiles, type Unveil } from './files.ts'
import { openGuard } from './guard.ts'
import type { Jobs } from './jobs.ts'
import { openLibrary, type WorkStatus } from './known.ts'
import { neighbour, openLimit } from './limit.ts'
import { openLive } from './live.ts'
import type { Log } from './log.ts'
import type { Compare } from './masters.ts'
import { openMetrics } from './metrics.ts'
import { openMouthFiles } from './mouth-files.ts'
import { describeApi } from './openapi.ts'
import { servePage } from './page.ts'
import { answerErrors } from './problem.ts'
import { askingDeeds } from './routes/asking.ts'
import { consentDeeds } from './routes/consent.ts'
import { engineDeeds } from './routes/engines.ts'
import { enrolmentDeeds } from './routes/enrolment.ts'
import { episodeDeeds } from './routes/episodes.ts'
import { houseDeeds } from './routes/houses.ts'
import { leadingDeeds } from './routes/leading.ts'
import { lineDeeds } from './routes/lines.ts'
import { logRoutes, type PublicLog } from './routes/log.ts'
import { mountRoutes } from './routes/mount.ts'
import { passkeyDeeds } from './routes/passkey.ts'
import { sayingDeeds } from './routes/saying.ts'
import { seriesDeeds } from './routes/series.ts'
import { sessionDeeds } from './routes/session.ts'
import { stoppingDeeds } from './routes/stopping.ts'
import { userDeeds } from './routes/users.ts'
import { openVoiceRoutes, type VoiceParts } from './routes/voices.ts'
import { walkDeeds } from './routes/walks.ts'
import { shielded } from './shield.ts'
import type { People } from './store/people.ts'
import { openUploads } from './uploads.ts'

/** What the web server is made of. */
export type Parts = {
  readonly people: People
  readonly auth: Auth
  readonly work: WorkStatus
  readonly jobs: Pick<Jobs, 'start' | 'cancel' | 'listen'>
  readonly blobs: {
    /** Keeps a file under its digest, moving it. */
    readonly keep: (path: string, type: string) => Promise<Blob>
    readonly path: (blob: Blob) => Promise<string>
    readonly keepBytes: (bytes: Uint8Array, type: string) => Promise<Blob>
  }
  readonly lastLook: LastLook
  readonly unveil: Unveil
  readonly streams: Streams
  readonly consent: Consent
  /** What an ending came to. */
  readonly reach: Pick<Reach, 'endings' | 'report'>
  /** Reads a recording of a voice, and where a model is installed, hears it. */
  readonly recording: Pick<VoiceParts, 'read' | 'hear'>
  readonly engines: () => Promise<EnginesView>
  /** Hears what mouths do, for those who draw them. */
  readonly mouth: Mouth
  /** Reads what a file says of itself, as a hostile one. @throws Problem */
  readonly probe: (file: { readonly path: string; readonly name: string }) => Promise<Probe>
  /** What two masters share by their sound. @throws Problem */
  readonly compare: Compare
  /** What subtitles of a language are held to. */
  readonly pace: (language: Language, houses: readonly HouseStyle[]) => PaceView | undefined
  /** The log of consents, as far as it is anybody's. */
  readonly publicLog?: PublicLog
  /** Throws when the store does not answer. */
  readonly ping: () => Promise<void>
  readonly log: Log
  readonly now: () => number
  readonly settings: {
    readonly version: string
    readonly publicUrl?: string
    readonly trustProxy: number
    readonly uploads: { readonly folder: string; readonly bytes: number; readonly keptMs: number }
    readonly limits: { readonly requests: number; readonly signIns: number }
    /** The built page; without it, only the API answers. */
    readonly clientDir?: string
  }
}
export type App = {
  readonly server: HttpServer
  /** What is done every minute: sockets end whose session ran out. */
  readonly sweep: () => Promise<void>
  readonly close: () => Promise<void>
}

const minuteMs = 60_000
const hourMs = 3_600_000

/** Puts the web server together. It listens when its `server` is told to. */
export function createApp(parts: Parts): App {
  const { people, auth, work, jobs, blobs, consent, reach, log, now, settings } = parts
  const { probe, pace, compare } = parts
  const app = express()
  // An upload over a slow line takes longer than node's five minutes; what is cut off after an hour is resumed.
  const server = createServer({ requestTimeout: hourMs }, app)
  const fault = (error: unknown) => {
    const id = randomUUID()
    log.error({ id, err: error }, 'fault')
    return id
  }
  const guard = openGuard(auth, settings.publicUrl)
  const library = openLibrary(people, work, openDrafts(blobs.path))
  const admit = (may: typeof leads | typeof watchers | typeof parties) => (request: Request) =>
    guard.admit(request, may)
  const metrics = openMetrics(now)
  const hasEpisode = async (id: string) => (await people.episodes.of(id)) !== undefined
  const live = openLive(server, { auth, guard, hasEpisode, fault, now })
  const uploads = openUploads({ ...settings.uploads, keep: blobs.keep, admit: admit(leads), fault })
  const { consents, deliveries, recordings, users } = people
  const { lastLook, unveil, streams } = parts
  const files = openFiles({
    ...{ library, lastLook, unveil, streams, deliveries, now, file: blobs.path },
    admit: admit(watchers),
  })
  const mouths = openMouthFiles({
    ...{ library, mouth: parts.mouth, file: blobs.path },
    admit: admit(watchers),
  })
  const heard = openConsentFiles({
    ...{ consent, reach, consents, users, library, now },
    admit: admit(parties),
    serve: files.serve,
  })
  const voices = openVoiceRoutes({
    ...{ consent, consents, recordings, now, ...parts.recording },
    admit: (request, may) => guard.admit(request, may),
  })
  const from = (request: Request) => neighbour(request.ip ?? '')
  const here = ({ headers }: Request) => settings.publicUrl ?? `http://${headers.host ?? 'localhost'}`

  app.set('trust proxy', settings.trustProxy)
  app.disable('x-powered-by')
  app.use(watched(metrics, log, now))
  app.use(shielded(settings.publicUrl))
  app.get('/healthz', async (_request, response) => {
    await parts.ping()
    response.json({ ok: true })
  })
  metrics.gauge('sockets', 'Sockets that are open', live.count)
  app.get('/metrics', metrics.page)

  const requests = openLimit(settings.limits.requests, minuteMs, now)
  if (parts.publicLog) {
    app.use('/log', (request, _response, next) => {
      requests.take(from(request))
      next()
    })
    app.use('/log', logRoutes(parts.publicLog))
  }
  app.use('/api', (request, _response, next) => {
    requests.take(from(request))
    guard.origin(request)
    next()
  })
  app.get('/api/openapi.json', (request, response) => {
    response.json(describeApi(settings.version, here(request)))
  })
  app.use(uploads.path, uploads.handle)
  app.get('/api/episodes/:episode/blobs/:digest', files.blob)
  app.get('/api/episodes/:episode/files/:name', files.named)
  app.get('/api/episodes/:episode/mouth/:language', mouths.cues)
  app.get('/api/consent/uses.csv', heard.csv)
  app.get('/api/consent/uses.json', heard.json)
  app.get('/api/consent/uses.pdf', heard.pdf)
  app.get('/api/consent/account.json', heard.account)
  app.get('/api/consent/receipts/:statement', heard.receipt)
  app.get('/api/consent/certificates/:statement.json', heard.certificate)
  app.get('/api/consent/certificates/:statement.pdf', heard.certificatePdf)
  app.get('/api/consent/uses/:statement/sound', heard.sound)
  app.post('/api/consent/voice', voices.take)
  app.get('/api/consent/voice/:recording/sound', voices.sound)
  const naming = openNaming()
  const deeds = {
    ...sessionDeeds(auth, settings.limits.signIns, now),
    ...userDeeds(auth, people.users),
    ...seriesDeeds(people, library),
    ...houseDeeds({ people, library, jobs, work }),
    ...episodeDeeds({ people, library, jobs, uploads, blobs, live, probe, pace, compare }),
    ...lineDeeds({ people, library, jobs, live }),
    ...engineDeeds(parts.engines),
    ...askingDeeds({ consent, consents, recordings, auth, library, now }),
    ...leadingDeeds({ consent, users, library, now }),
    ...consentDeeds({ consent, consents, users, naming, now }),
    ...enrolmentDeeds({ consent, consents, now }),
    ...voices.deeds,
    ...passkeyDeeds({ consent, auth, users, most: settings.limits.signIns, naming, now }),
    ...walkDeeds({ consent, reach, walks: people.walks, now }),
    ...sayingDeeds({ consent, consents, users, now }),
    ...stoppingDeeds({ registry: consent.registry, naming, now }),
  }
  app.use(mountRoutes(deeds, { guard, from, here }))
  app.use('/api', nowhere)
  if (settings.clientDir) app.use(servePage(settings.clientDir))
  app.use(nowhere)
  app.use(answerErrors(fault))

  const deaf = jobs.listen(live.tell)
  const tidy = (work: () => Promise<unknown>) => () => void work().catch(fault)
  const clocks = [
    setInterval(tidy(live.sweep), minuteMs).unref(),
    setInterval(tidy(uploads.expire), hourMs).unref(),
  ]
  return {
    server,
    sweep: live.sweep,
    async close() {
      deaf()
      clocks.forEach(clearInterval)
      const closed = live.close()
      server.closeAllConnections()
      await closed
    },
  }
}

const nowhere: RequestHandler = request => {
  throw new Problem('not-found', { what: 'page', id: request.path })
}

/** Notes every request: what was asked for as the routes write it, how it ended, how long it took. Nobody's name. */
function watched(metrics: ReturnType<typeof openMetrics>, log: Log, now: () => number): RequestHandler {
  return (request, response, next) => {
    const since = now()
    response.on('close', () => {
      const route = request.route?.path ?? 'none'
      metrics.observe(request.method, String(route), response.statusCode, since)
      log.info({ method: request.method, route, status: response.statusCode, ms: now() - since }, 'request')
    })
    next()
  }
}
