/**
 * How fast a voice is gone, and how fast the gate answers: 100 renders that run (each a process group with a real ffmpeg
 * in it), 1,000 streams that are open over HTTP, 10,000 episodes that wait, 100,000 results made of the voice. The
 * register lies on the disk and is flushed, as it is in a house; everything runs on this one machine, the listeners too, in a process
 * of their own.
 */
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { folder, isRefusal } from '../../consent/index.ts'
import { wordsOf } from '../../consent/words.ts'
import { findTools } from '../../pipelines/index.ts'
import type { Take } from '../../pipelines/terms.ts'
import type { Unveil } from '../../server/files.ts'
import { openStore } from '../../server/store/connect.ts'
import { openWork } from '../../server/store/work.ts'
import { startApp } from '../support/app.ts'
import { startConsentApp } from '../support/consent-app.ts'
import { openConsentHouse } from '../support/consent-house.ts'
import { blobOf, draft } from '../support/draft.ts'

const [renders, streams, waiting, results] = [100, 1000, 10_000, 100_000]
const quantile = (all: readonly number[], part: number) =>
  all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))] ?? 0
const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`
const told = (what: string, value: number, target: number) =>
  console.log(`${what}: ${ms(value)} (target ${ms(target)})${value <= target ? '' : '  MISSED'}`)

/** One actor with 200 yeses of 200 lines each in ten titles; a line of the last is asked for again and again. */
async function gate(): Promise<void> {
  const house = await openConsentHouse()
  const { registry, gate } = house.consent
  const { actor, holder, ask } = house
  const lines = Array.from({ length: 200 }, (_, i) => ({ ...ask, line: `l${i}`, text: `line ${i}` }))
  for (const one of [holder, actor]) await registry.enter(one.enrolment)
  let at = 0
  for (let yes = 0; yes < 200; yes++) {
    const title = yes === 199 ? ask.title : `title ${yes % 10}`
    const terms = {
      ...house.terms,
      ...{ title, words: lines.map(line => wordsOf({ ...line, title })) },
      limits: { lines: 10_000, seconds: 100_000 },
    }
    if (yes % 20 === 19) await registry.enter(holder.say({ kind: 'licence', by: holder.id, at: at++, terms }))
    house.clock.now++
    const of = (await registry.tell({ kind: 'request', actor: actor.id, terms })).id
    const said = { kind: 'grant', by: actor.id, at: at++, actor: actor.id, of, terms } as const
    await registry.enter(actor.say({ ...said, noticeWaived: true }))
  }
  const [opens, commits, busy]: [number[], number[], number[]] = [[], [], []]
  // The first ones pay for the compiler: a gate runs for weeks.
  for (let turn = -200; turn < 2000; turn++) {
    const line = lines[(turn + 200) % lines.length] ?? ask
    const { actor: _, ...use } = line
    const [since, worked] = [performance.now(), process.cpuUsage()]
    const key = await gate.permit(line)
    if (isRefusal(key)) throw new Error(key.refused)
    const opened = await gate.redeem(key, use)
    if (isRefusal(opened)) throw new Error(opened.refused)
    if (turn < 0) continue
    opens.push(performance.now() - since)
    const { user, system } = process.cpuUsage(worked)
    busy.push((user + system) / 1000)
    if (turn % 10 > 0) continue
    const then = performance.now()
    const done = await gate.commit(
      key,
      { asker: 'bench', milliseconds: 1, output: 'A'.repeat(43) },
      async () => undefined,
    )
    if (isRefusal(done)) throw new Error(done.refused)
    commits.push(performance.now() - then)
  }
  told('gate, permit and redeem, p99', quantile(opens, 0.99), 5)
  console.log(`  of the processor: median ${ms(quantile(busy, 0.5))}, p99 ${ms(quantile(busy, 0.99))}`)
  console.log(`  median ${ms(quantile(opens, 0.5))}, worst ${ms(Math.max(...opens))}, of ${opens.length}`)
  console.log(
    `  entering a use in the log, flushed: median ${ms(quantile(commits, 0.5))}, p99 ${ms(quantile(commits, 0.99))}`,
  )
  await house.close()
}

async function withdrawal(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'kotodama-bench-'))
  const opened = await openStore({ dataDir: root, mongodbUri: process.env.MONGODB_URI })
  const connection = opened.connection.useDb('bench')
  const store = { connection, ping: async () => undefined, close: async () => undefined }
  const app = await startApp({ store, shelves: folder, parts: { unveil: endless } })
  const house = await startConsentApp(app)
  const { actor, holder, lead, episode, series } = house
  const request = await house.request()
  await holder.say({ kind: 'licence', of: request.id })
  const grant = await actor.say({ kind: 'grant', of: request.id, noticeWaived: true })

  const voice = { kind: 'person', actor: actor.party } as const
  await lead.ask('changeSeries', { series: series.id }, { cast: [{ character: 'ハル', voice }] })
  const work = openWork(connection, Date.now)
  Object.assign(app.machine.work, { ofAll: work.ofAll })
  await fill(connection.collection('episodes'), waiting, i => ({
    ...{ _id: `e${i}`, series: series.id, number: `n${i}`, title: '', targets: ['en'], created: 0 },
    source: { file: blobOf('x', 'video/mp4'), name: 'a.mp4', language: 'ja' },
  }))
  await fill(connection.collection('work'), waiting, i => ({ _id: `e${i}`, state: 'waiting', asked: 1 }))
  await fill(connection.collection('artifacts'), results, i => ({
    ...{
      _id: `${i}`.padStart(64, '0'),
      step: ['take', 'part', 'dub', 'pack'][i % 4],
      version: 1,
      inputs: [],
    },
    ...{ result: `r${i}`, blobs: [`b${i}`, `c${i}`], stands: [actor.party, grant.id], at: new Date() },
  }))

  const digest = 'a'.repeat(64)
  const sealed = { digest, bytes: 1e9, actors: [actor.party], entries: [grant.id] }
  const sound = { ...blobOf('sealed take', 'audio/wav'), sealed }
  const take = { ...draft.versions[0]?.dub.takes[0], voice, sound } as Take
  const versions = draft.versions.map(one => ({ ...one, dub: { ...one.dub, takes: [take], regions: [] } }))
  await app.draw(episode, { ...draft, versions })
  await app.blobs.keepBytes(Buffer.from('sealed take'), 'audio/wav')

  const file = `/api/episodes/${episode}/blobs/${sound.digest}`
  const listeners = fork(
    join(import.meta.dirname, 'listeners.ts'),
    [new URL(file, app.url).href, cookieOf(lead), String(streams)],
    { execArgv: ['--import', 'tsx'] },
  )
  await once(listeners, 'message')
  const silent = once(listeners, 'message').then(([{ last }]) => BigInt(last))
  const pids: number[] = []
  process.once('exit', () => {
    for (const pid of pids) if (runs(pid)) process.kill(pid, 'SIGKILL')
  })
  const { ffmpeg } = await findTools({})
  const begun = await Promise.all(
    Array.from({ length: renders }, async () => {
      const noise = `${ffmpeg?.path} -loglevel error -re -f lavfi -i anoisesrc=d=600:r=8000 -f null -`
      const child = spawn('sh', ['-c', `${noise} & echo $!; wait`], {
        ...{ detached: true, stdio: ['ignore', 'pipe', 'ignore'] },
      })
      const [inner] = await once(child.stdout as NonNullable<typeof child.stdout>, 'data')
      pids.push(child.pid ?? 0, Number(String(inner)))
      const exit = once(child, 'exit')
      const scratch = await mkdtemp(join(root, 'scratch-'))
      app.running.add({ pid: child.pid ?? 0, asked: () => new Set([actor.party]), ended: exit, scratch })
      return { exit }
    }),
  )
  if (!pids.every(runs)) throw new Error('a render does not run')
  if (app.streams.count() < streams) throw new Error('somebody does not listen')

  // A hundred programs that start at once are not what is measured.
  await new Promise(done => setTimeout(done, 15_000))
  console.log(`machine: ${availableParallelism()} processors, load ${loadavg()[0]?.toFixed(1)}`)
  const { id, statement, shown } = await actor.client.ask('prepare', {}, {
    ...{ wish: { kind: 'withdrawal', of: [grant.id] }, language: 'ja' },
  } as never)
  const phone = new Worker(phoneScript, { eval: true, workerData: `${app.url}/api/consent/stops` })
  await once(phone, 'message')
  const [since, began] = [performance.now(), process.hrtime.bigint()]
  phone.postMessage({ statement, shown, proof: actor.authenticator.get(id) })
  const acknowledged = once(phone, 'message').then(([at]) => Number(at - began) / 1e6)
  const gone = Promise.all(begun.map(({ exit }) => exit)).then(async () => {
    while (pids.some(runs)) await new Promise(setImmediate)
    return performance.now() - since
  })
  const quarantined = acknowledged.then(() => app.reach.settle()).then(() => performance.now() - since)
  const [answer, tick, quarantine, last] = await Promise.all([acknowledged, gone, quarantined, silent])
  await phone.terminate()
  const view = (await actor.client.ask('certificates', {}))[0]
  console.log(
    `withdrawal: ${view?.found?.killed} renders, ${view?.found?.cut} streams, ${view?.found?.queued} waiting, ${view?.found?.results} results`,
  )
  told('acknowledged', answer, 500)
  told('last byte', Math.max(0, Number(last - began) / 1e6), 2000)
  told('last CPU tick', tick, 2000)
  told('quarantine complete and certified', quarantine, 5000)
  await house.close()
  await opened.close()
  await rm(root, { recursive: true, force: true })
}

/** Whoever withdraws waits elsewhere too: what they wait for is not how busy this process is. */
const phoneScript = `
  const { parentPort, workerData: url } = require('node:worker_threads')
  const headers = { 'content-type': 'application/json', origin: new URL(url).origin }
  parentPort.on('message', async said => {
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(said) })
    if (answer.status !== 200) throw new Error(await answer.text())
    parentPort.postMessage(process.hrtime.bigint())
  })
  fetch(new URL('/healthz', url)).then(() => parentPort.postMessage('awake'))
`

/** The cookie of somebody who is signed in. */
function cookieOf(client: {
  readonly socket: () => { io: { opts: { extraHeaders?: object } }; close: () => void }
}) {
  const wire = client.socket()
  const { cookie = '' } = (wire.io.opts.extraHeaders ?? {}) as { cookie?: string }
  wire.close()
  return cookie
}

/** A stream as fast as somebody listens, 128 kbit a second, for ever. */
async function endless(...[, heard]: Parameters<Unveil>): ReturnType<Unveil> {
  const [take] = heard[0]?.takes ?? []
  const actors = take?.state === 'spoken' && take.voice.kind === 'person' ? [take.voice.actor] : []
  return {
    ...{ bytes: 1e9, actors, entries: [] },
    note: async () => undefined,
    close: async () => undefined,
    async *read() {
      for (;;) {
        yield new Uint8Array(16_384)
        await new Promise(done => setTimeout(done, 1000))
      }
    },
  }
}

function runs(pid: number): boolean {
  try {
    // A zombie takes no time any more.
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

async function fill(
  collection: { readonly insertMany: (rows: never[]) => Promise<unknown> },
  count: number,
  row: (index: number) => object,
): Promise<void> {
  for (let from = 0; from < count; from += 1000)
    await collection.insertMany(
      Array.from({ length: Math.min(1000, count - from) }, (_, i) => row(from + i) as never),
    )
}

if (!process.argv.includes('--withdrawal')) await gate()
if (!process.argv.includes('--gate')) await withdrawal()
process.exit(0)
