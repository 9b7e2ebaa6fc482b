import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { createConnection } from 'mongoose'
import { openStore } from '../../../../server/store/connect.ts'
import { type Launched, launch } from '../../../../server/store/embedded/launch.ts'
import { type Fields, newCollection } from '../../../support/collection.ts'
import { openFolder } from '../../../support/folder.ts'
import { expectProblem } from '../../../support/throws.ts'

describe('the life of the embedded store', () => {
  let folder: Awaited<ReturnType<typeof openFolder>>
  const ends: (() => Promise<unknown>)[] = []
  beforeEach(async () => {
    folder = await openFolder()
  })
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
    await folder.close()
  })
  const open = async (more: { join?: boolean } = {}) => {
    const store = await openStore({ dataDir: folder.path, ...more })
    ends.push(store.close)
    return store
  }
  const start = async (): Promise<Launched> => {
    const launched = await launch({ folder: folder.path, join: false, durability: 'normal', log: () => {} })
    ends.push(launched.close)
    return launched
  }
  const connected = async (uri: string) => {
    const connection = await createConnection(uri, { serverSelectionTimeoutMS: 10_000 }).asPromise()
    ends.push(() => connection.close())
    return connection
  }

  it('keeps what was written when it is closed and opened again', async () => {
    const first = await openStore({ dataDir: folder.path })
    await first.connection.collection('kept').insertOne({ a: 1 })
    await first.connection.collection('kept').createIndex({ a: 1 }, { unique: true })
    await first.close()
    const second = await open()
    expect(await second.connection.collection('kept').findOne({}, { projection: { _id: 0 } })).to.deep.equal({
      a: 1,
    })
    expect(await second.connection.collection('kept').indexes()).to.have.length(2)
  })

  it('is one server’s alone, and welcomes those who would join', async () => {
    const owner = await open()
    expect(owner).to.include({ kind: 'embedded', where: join(folder.path, 'store', 'kotodama.db') })
    await expectProblem(() => openStore({ dataDir: folder.path }), 'store-busy')
    const guest = await open({ join: true })
    await owner.connection.collection('shared').insertOne({ a: 1 })
    expect(await guest.connection.collection('shared').countDocuments()).to.equal(1)
    await guest.close()
    expect(await owner.connection.collection('shared').countDocuments()).to.equal(1)
  })

  it('is opened by whoever joins when nobody has it', async () => {
    const alone = await open({ join: true })
    await alone.connection.collection('mine').insertOne({ a: 1 })
    expect(await alone.connection.collection('mine').countDocuments()).to.equal(1)
  })

  it('is closed to other people of the machine', async () => {
    await open()
    const mode = async (name: string) => (await stat(join(folder.path, 'store', name))).mode & 0o777
    expect(await mode('.')).to.equal(0o700)
    expect(await mode('store.sock')).to.equal(0o600)
    expect(await mode('kotodama.db')).to.equal(0o600)
  })

  it('serves a folder with a path too long for a socket', async () => {
    const long = join(folder.path, 'a'.repeat(60), 'b'.repeat(60))
    const store = await openStore({ dataDir: long })
    ends.push(store.close)
    await store.connection.collection('far').insertOne({ a: 1 })
    expect(await store.connection.collection('far').countDocuments()).to.equal(1)
  })

  it('says what is wrong with a file that is no database', async () => {
    const store = await open()
    await store.close()
    await writeFile(
      store.where,
      'this is no database, though it is long enough to be taken for one'.repeat(100),
    )
    const problem = await expectProblem(() => openStore({ dataDir: folder.path }), 'store-damaged')
    expect(problem.figures.reason).to.match(/not a database/)
  })

  it('ends when its keeper is killed, so that the next can have the data', async () => {
    const keeper = fork(new URL('../../../support/keeper.ts', import.meta.url), [folder.path], {
      execArgv: process.execArgv,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    await said(keeper)
    keeper.kill('SIGKILL')
    await once(keeper, 'exit')
    const next = await open()
    expect(await next.connection.collection('kept').countDocuments()).to.equal(1)
  })

  it('stands in a process group of its own: Ctrl+C in a terminal reaches its keeper alone', async () => {
    const { pid } = await start()
    const group = execFileSync('ps', ['-o', 'pgid=', '-p', `${pid()}`], { encoding: 'utf8' })
    expect(Number(group)).to.equal(pid())
  })

  it('goes on after a stranger spoke nonsense to it', async () => {
    const { uri } = await start()
    const connection = await connected(uri)
    const socket = decodeURIComponent(/\/\/(.*)\//.exec(uri)?.[1] ?? '')
    const nonsense: Buffer[] = [
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      Buffer.alloc(64),
      Buffer.alloc(64, 0xff),
      head(2 ** 31 - 1),
      head(15),
      Buffer.concat([head(30), Buffer.alloc(14, 1)]),
      Buffer.concat([head(26), Buffer.from([0, 0, 0, 0, 0, 255, 255, 255, 127, 0])]),
      Buffer.concat([head(26), Buffer.from([0, 0, 0, 0, 1, 255, 255, 255, 127, 0])]),
      Buffer.concat([head(26, 2004), Buffer.alloc(10, 7)]),
    ]
    for (const bytes of nonsense) {
      const stranger = connect(socket)
      stranger.on('error', () => {})
      stranger.end(bytes)
      await once(stranger.resume(), 'close')
    }
    expect(await (await newCollection(connection, [{ _id: 1 }])).countDocuments()).to.equal(1)
  })

  it('loses nothing it acknowledged when it is killed again and again among writers', async function () {
    this.timeout(60_000)
    const launched = await start()
    const connection = await connected(launched.uri)
    const collection = await newCollection(connection)
    const counters = await newCollection(connection)
    await collection.createIndexes([{ key: { writer: 1, n: 1 }, unique: true }, { key: { tags: 1 } }])
    const writers = [1, 2, 3, 4, 5, 6]
    const kept: Fields[] = []
    const sums = new Map(writers.map(writer => [writer, 0]))
    let kills = 0
    let sinceKill = 0

    const write = async (writer: number) => {
      for (let n = 0; kills < 3; n++)
        try {
          const docs = Array.from({ length: n % 5 === 0 ? 20 : 1 }, (_, part) => ({
            _id: `${writer} ${n} ${part}`,
            writer,
            n: n * 100 + part,
            tags: [n % 3, 'x'],
          }))
          await collection.insertMany(docs)
          kept.push(...docs)
          const sum = await counters.findOneAndUpdate(
            { _id: writer },
            { $inc: { sum: 1 } },
            { upsert: true, returnDocument: 'after' },
          )
          sums.set(writer, Number(sum?.sum))
          if (++sinceKill < 150) continue
          sinceKill = 0
          kills++
          process.kill(launched.pid() ?? 0, 'SIGKILL')
        } catch (error) {
          // What was not acknowledged may or may not be there; the writer goes on. A refusal would be an error.
          if (error instanceof Error && 'code' in error && typeof error.code === 'number') throw error
        }
    }
    await Promise.all(writers.map(write))

    const found = new Map((await collection.find().toArray()).map(doc => [doc._id, doc]))
    for (const doc of kept) expect(found.get(doc._id ?? '')).to.deep.equal(doc)
    for (const { _id, sum } of await counters.find().toArray())
      expect(sum).to.be.at.least(sums.get(Number(_id)) ?? 0)
    const { damages } = await connection.getClient().db().command({ kotodamaCheck: 1 })
    expect(damages).to.deep.equal([])
    expect(kept.length).to.be.greaterThan(600)
    console.log(`      ${kills} kills, ${kept.length} documents acknowledged, none lost`)
  })
})

function head(length: number, kind = 2013): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeInt32LE(length, 0)
  bytes.writeInt32LE(kind, 12)
  return bytes
}

async function said(child: ChildProcess): Promise<unknown> {
  const [word] = await once(child, 'message')
  return word
}
