import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memory, type Storage } from '../../consent/index.ts'
import { openVoices } from '../../pipelines/dub/voices.ts'
import { readRecording } from '../../pipelines/index.ts'
import type { Blob, Draft, Take } from '../../pipelines/terms.ts'
import { createApp, type Parts } from '../../server/app.ts'
import { openAuth } from '../../server/auth.ts'
import { openConsent } from '../../server/consent/open.ts'
import { openRunning } from '../../server/consent/running.ts'
import { openStreams } from '../../server/consent/streams.ts'
import { openReach } from '../../server/consent/withdraw.ts'
import type { Role } from '../../server/contract.ts'
import type { JobEvent } from '../../server/jobs.ts'
import { openLog } from '../../server/log.ts'
import { openArtifacts } from '../../server/store/artifacts.ts'
import { openPeople } from '../../server/store/people.ts'
import type { Progress } from '../../server/view.ts'
import { type Client, openClient } from './client.ts'
import { openTestStore } from './store.ts'

export type TestApp = Awaited<ReturnType<typeof startApp>>
export type Settings = Partial<Parts['settings']> & {
  readonly sessionMs?: number
  readonly refused?: (take: Take) => boolean
  /** Another store than the test's, and where the register lies, for benches. */
  readonly store?: Awaited<ReturnType<typeof openTestStore>>
  readonly shelves?: (path: string) => Storage
  readonly parts?: Partial<
    Pick<Parts, 'engines' | 'probe' | 'compare' | 'pace' | 'lastLook' | 'unveil' | 'streams' | 'publicLog'>
  >
}

const secret = (byte: number) => Buffer.alloc(32, byte).toString('base64url')

export const password = 'a long password'

/** The web server on a free port, over the real store in a folder of its own, with a machine that only takes notes. */
export async function startApp({
  sessionMs = 3_600_000,
  refused = () => false,
  parts,
  store: given,
  shelves,
  ...settings
}: Settings = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'kotodama-app-'))
  const store = given ?? (await openTestStore())
  const clock = { at: Date.UTC(2026, 0, 1) }
  const now = () => clock.at++
  const people = await openPeople(store.connection, now)
  const auth = openAuth({ users: people.users, sessions: people.sessions, now, sessionMs })
  const machine = openMachine()
  const keys = { logKey: secret(1), companyKey: secret(2), masterKey: secret(3) }
  const files = new Map<string, Storage>()
  const consent = await openConsent({
    dataDir: join(folder, 'data'),
    keysDir: join(folder, 'keys'),
    consent: { companyName: 'Studio Example', witnesses: [], ...keys },
    now,
    log: () => {},
    store: path => {
      if (shelves) return shelves(path)
      const kept = files.get(path) ?? memory()
      files.set(path, kept)
      return kept
    },
  })
  const persons = openVoices(consent.gate, [])
  const blobs = await openShelf(join(folder, 'blobs'))
  const records: string[] = []
  const streams = parts?.streams ?? openStreams()
  const artifacts = await openArtifacts(store.connection, now)
  const running = openRunning()
  const reach = openReach({
    ...{ consent, people, artifacts, work: machine.work, running, streams, now },
    remake: episode => machine.jobs.start(episode),
    tell: () => {},
    ...{ told: false, notified: async () => undefined },
    log: says => void records.push(says),
  })

  const app = createApp({
    people,
    auth,
    work: machine.work,
    jobs: machine.jobs,
    blobs,
    // Persons' voices are asked for at the gate; of nobody's, the test says which are refused.
    lastLook: async (act, scene, lines, takes) =>
      (await persons.lastLook(act, scene, lines, takes)).map(take =>
        take.state === 'spoken' && refused(take)
          ? { line: take.line, state: 'withheld', voice: take.voice, refusal: 'no-consent' }
          : take,
      ),
    unveil: async () => ({ withheld: 'no-engine' }),
    streams,
    consent,
    reach,
    recording: { read: readRecording },
    publicLog: consent.published,
    // Every mouth says one long aa.
    mouth: {
      identity: 'test',
      async *listen(_, span) {
        yield { ...span, viseme: 'aa', openness: 0.5 }
      },
      track: async (_, { start, end }) => ({
        ...{ start, end, way: 'sound', words: [], trust: 1 },
        shapes: [{ start, end, viseme: 'aa', openness: 0.5 }],
      }),
    },
    engines: async () => ({ voices: [], models: [], hints: [] }),
    probe: async () => ({ container: 'wav', duration: 1000, audio: [], video: [], text: [] }),
    compare: async () => ({ shared: [], length: 1000 }),
    pace: () => undefined,
    ping: store.ping,
    ...parts,
    log: openLog({ logLevel: 'debug' }, { write: record => void records.push(record) }),
    now,
    settings: {
      version: '0.0.0',
      trustProxy: 0,
      uploads: { folder: join(folder, 'uploads'), bytes: 1_000_000, keptMs: 3_600_000 },
      limits: { requests: 100_000, signIns: 100 },
      ...settings,
    },
  })
  await new Promise<void>(done => app.server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const clients: Client[] = []

  return {
    url,
    folder,
    store: store.connection,
    app,
    auth,
    people,
    ...{ consent, reach, running, artifacts, streams },
    machine,
    blobs,
    records,
    /** Moves the clock of everything in it. */
    pass(ms: number): void {
      clock.at += ms
    },

    /** Somebody nobody knows yet. */
    stranger(): Client {
      const client = openClient(url)
      clients.push(client)
      return client
    },

    /** Somebody of these roles, signed in. */
    async person(name: string, ...roles: Role[]): Promise<Client> {
      const { token } = await auth.invite(name, roles)
      const client = this.stranger()
      await client.setUp(token, name, password)
      return client
    },

    /** Makes the machine have come so far with an episode. */
    async draw(episode: string, draft: Partial<Draft>, state: Progress['state'] = 'ready'): Promise<void> {
      const blob = await blobs.keepBytes(Buffer.from(JSON.stringify(draft)), 'application/json')
      machine.progress.set(episode, { state, steps: [], draft: blob })
    },

    async close(): Promise<void> {
      for (const client of clients) client.close()
      await app.close()
      await reach.close()
      await consent.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Work that is asked for and done by nobody: tests say how far it is, and what it tells. */
function openMachine() {
  const progress = new Map<string, Progress>()
  const asked: string[] = []
  const ears = new Set<(event: JobEvent) => void>()
  return {
    progress,
    asked,
    tell(event: JobEvent): void {
      for (const hear of ears) hear(event)
    },
    work: {
      of: async (episode: string) => progress.get(episode),
      ofAll: async (episodes: readonly string[]) =>
        episodes.flatMap(episode => {
          const known = progress.get(episode)
          return known ? [{ episode, ...known }] : []
        }),
    },
    jobs: {
      start: async (episode: string, _asker?: string, parcel = false) => {
        asked.push(`${parcel ? 'pack' : 'start'} ${episode}`)
        if (parcel) progress.set(episode, { steps: [], ...progress.get(episode), state: 'waiting', parcel })
        else if (!progress.has(episode)) progress.set(episode, { state: 'waiting', steps: [] })
      },
      cancel: async (episode: string) => {
        asked.push(`cancel ${episode}`)
        progress.set(episode, { steps: [], ...progress.get(episode), state: 'cancelled' })
      },
      listen: (hear: (event: JobEvent) => void) => {
        ears.add(hear)
        return () => void ears.delete(hear)
      },
    },
  }
}

async function openShelf(folder: string) {
  await mkdir(folder)
  const keepBytes = async (bytes: Uint8Array, type: string): Promise<Blob> => {
    const digest = createHash('sha256').update(bytes).digest('hex')
    await writeFile(join(folder, digest), bytes)
    return { digest, bytes: bytes.byteLength, type }
  }
  return {
    keepBytes,
    keep: async (path: string, type: string) => {
      const blob = await keepBytes(await readFile(path), type)
      await rm(path)
      return blob
    },
    path: async ({ digest }: Blob) => join(folder, digest),
  }
}
