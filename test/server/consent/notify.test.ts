import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { openNotifier } from '../../../server/consent/notify.ts'
import { openWalks, type WalkStore } from '../../../server/store/walks.ts'
import { openTestStore } from '../../support/store.ts'

describe('a notice to whoever holds a file', () => {
  let store: Awaited<ReturnType<typeof openTestStore>>
  let walks: WalkStore
  const minute = 60_000
  const clock = { now: 0 }
  const said: string[] = []
  const entry = 'e'.repeat(43)
  const id = `${entry}.d`
  let answers: { status: number; body: string; location?: string }[] = []
  const asked: { request: IncomingMessage; body: string }[] = []
  const post = createServer(async (request, response) => {
    const body: Buffer[] = []
    for await (const chunk of request) body.push(chunk)
    asked.push({ request, body: Buffer.concat(body).toString() })
    const { status, body: text, location } = answers.shift() ?? { status: 500, body: '' }
    response.writeHead(status, location ? { location } : {}).end(text)
  })
  const open = (to = `http://127.0.0.1:${(post.address() as AddressInfo).port}/notices`) =>
    openNotifier({
      walks,
      to: { address: to, key: 'secret' },
      now: () => clock.now,
      log: says => said.push(says),
    })

  before(async () => {
    store = await openTestStore()
    walks = openWalks(store.connection)
    await walks.ready()
    post.listen(0, '127.0.0.1')
    await once(post, 'listening')
  })
  after(async () => {
    post.close()
    await store.close()
  })
  beforeEach(async () => {
    for (const list of [asked, said]) list.length = 0
    answers = []
    clock.now = 0
    await store.connection.db?.collection('notices').deleteMany({})
    await walks.announce({ id, entry, recipient: 'rei', body: { held: 'a.mkv' }, next: 0 })
  })

  it('is said once when it is acknowledged, under a name by which it is known again', async () => {
    answers = [{ status: 200, body: '{"acknowledged": true}' }]
    const notifier = open()
    await notifier.look()
    await notifier.look()
    await notifier.close()
    expect(asked.map(({ body }) => body)).to.deep.equal(['{"held":"a.mkv"}'])
    expect(asked[0]?.request.headers).to.include({ 'idempotency-key': id, authorization: 'Bearer secret' })
    expect((await walks.notices(entry))[0]).to.include({ state: 'acknowledged', by: 'address' })
  })

  it('is said again, ever more rarely, until it is acknowledged; and in the end a person is called', async () => {
    const not = [
      { status: 500, body: '' },
      { status: 200, body: '{"acknowledged": false}' },
      { status: 200, body: 'thank you' },
      { status: 302, body: '', location: 'http://127.0.0.1:9/' },
      ...Array.from({ length: 5 }, () => ({ status: 503, body: '' })),
    ]
    answers = [...not, { status: 200, body: '{"acknowledged": true}' }]
    const notifier = open()
    const waits: number[] = []
    for (const _ of not) {
      await notifier.look()
      const [{ next } = { next: 0 }] = await walks.notices(entry)
      waits.push((next - clock.now) / minute)
      clock.now = next - 1
      await notifier.look()
      clock.now = next
    }
    expect(waits).to.deep.equal([2, 4, 8, 16, 32, 64, 128, 256, 360])
    expect(asked).to.have.length(not.length)
    expect(said).to.have.length(1)
    await notifier.look()
    await notifier.close()
    expect((await walks.notices(entry))[0]).to.include({ state: 'acknowledged', tries: 9, escalated: true })
  })

  it('waits while nobody is there, and is told anew where it was not acknowledged when the house fell', async () => {
    const nobody = open('http://127.0.0.1:9/')
    await nobody.look()
    await nobody.close()
    clock.now = 3 * minute
    answers = [{ status: 200, body: '{"acknowledged": true}' }]
    const notifier = open()
    await notifier.look()
    await notifier.close()
    expect((await walks.notices(entry))[0]?.state).to.equal('acknowledged')
  })
})
