import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { nameOf, openUploads } from '../../server/uploads.ts'
import { startApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { expectProblem } from '../support/throws.ts'

const tus = { 'tus-resumable': '1.0.0' }
const piece = { ...tus, 'content-type': 'application/offset+octet-stream' }

describe('an upload', () => {
  let app: TestApp
  let lead: Client
  let other: Client
  let series: string
  before(async () => {
    app = await startApp()
    lead = await app.person('Aki', 'lead')
    other = await app.person('Ren', 'lead')
    series = (await lead.ask('newSeries', {}, { title: 'Pilot', language: 'ja' })).id
  })
  after(() => app.close())

  const begin = async (length: number) => {
    const answer = await lead.send('POST', '/api/uploads', undefined, {
      ...tus,
      'upload-length': String(length),
    })
    return answer.headers.get('location') ?? ''
  }
  const idOf = (place: string) => place.split('/').at(-1) ?? ''
  const arrived = async (id: string, bytes: number) => {
    while ((await stat(join(app.folder, 'uploads', id))).size < bytes) await new Promise(setImmediate)
  }
  const put = (place: string, offset: number, bytes: string) =>
    lead.send('PATCH', place, Buffer.from(bytes), { ...piece, 'upload-offset': String(offset) })

  it('goes on where it was cut off', async () => {
    const place = await begin(10)
    // The connection dies when four of ten bytes have gone out.
    await new Promise<void>(done => {
      const headers = {
        ...piece,
        'upload-offset': '0',
        'content-length': '10',
        cookie: lead.cookie,
        'x-csrf': lead.csrf,
      }
      const cut = request(new URL(place, app.url), { method: 'PATCH', headers })
      cut.on('error', () => done()).on('close', () => done())
      cut.write('film', () => void arrived(idOf(place), 4).then(() => cut.destroy()))
    })
    expect((await lead.send('HEAD', place, undefined, tus)).headers.get('upload-offset')).to.equal('4')
    expect((await put(place, 4, ' of us')).status).to.equal(204)
    const { id } = await lead.ask('newEpisode', {}, { series, number: '1', media: idOf(place) })
    const source = (await app.people.episodes.of(id))?.source
    expect(source && (await readFile(await app.blobs.path(source.file), 'utf8'))).to.equal('film of us')
  })

  it('is its owner’s alone: to another it is not there', async () => {
    const place = await begin(4)
    const asked = [
      await other.send('HEAD', place, undefined, tus),
      await other.send('PATCH', place, Buffer.from('film'), { ...piece, 'upload-offset': '0' }),
      await other.send('DELETE', place, undefined, tus),
    ]
    expect(asked.map(({ status }) => status)).to.deep.equal([404, 404, 404])
    await put(place, 0, 'film')
    const stolen = await other.tryTo('newEpisode', {}, { series, number: '2', media: idOf(place) })
    expect(stolen.status).to.equal(404)
    expect((await other.tryTo('streams', { upload: idOf(place) })).status).to.equal(404)
  })

  it('can’t be given to somebody by its own metadata', async () => {
    const owner = (await other.ask('session', {})).user.id
    const metadata = `owner ${Buffer.from(owner).toString('base64')}`
    const made = await lead.send('POST', '/api/uploads', undefined, {
      ...tus,
      'upload-length': '4',
      'upload-metadata': metadata,
    })
    const place = made.headers.get('location') ?? ''
    expect((await other.send('HEAD', place, undefined, tus)).status).to.equal(404)
    expect((await lead.send('HEAD', place, undefined, tus)).status).to.equal(200)
  })

  it('that is not finished makes no episode', async () => {
    const media = idOf(await begin(4))
    const early = await lead.tryTo('newEpisode', {}, { series, number: '3', media })
    expect(early.body).to.have.nested.property('problem.code', 'upload-unfinished')
  })

  it('may not be larger than allowed, whether it says so or not', async () => {
    const said = await lead.send('POST', '/api/uploads', undefined, { ...tus, 'upload-length': '1000001' })
    expect(said.status).to.equal(413)
    const unsaid = await lead.send('POST', '/api/uploads', undefined, { ...tus, 'upload-defer-length': '1' })
    const place = unsaid.headers.get('location') ?? ''
    const sent = await lead
      .send('PATCH', place, Buffer.alloc(1_000_001), { ...piece, 'upload-offset': '0' })
      .catch(() => undefined)
    expect(sent?.status ?? 413).to.equal(413)
    const { headers } = await lead.send('HEAD', place, undefined, tus)
    expect(Number(headers.get('upload-offset'))).to.be.at.most(1_000_000)
  })

  it('takes no more than it said it would have', async () => {
    const place = await begin(4)
    await put(place, 0, 'film and more').catch(() => undefined)
    const { headers } = await lead.send('HEAD', place, undefined, tus)
    expect(Number(headers.get('upload-offset'))).to.be.at.most(4)
  })

  it('is thrown away by its owner', async () => {
    const place = await begin(4)
    expect((await lead.send('DELETE', place, undefined, tus)).status).to.equal(204)
    expect((await lead.send('HEAD', place, undefined, tus)).status).to.equal(404)
  })

  it('is never handed out again, and its method stands in no header', async () => {
    const place = await begin(4)
    await put(place, 0, 'film')
    expect((await lead.send('GET', place, undefined, tus)).status).to.equal(404)
    const sly = { ...tus, 'x-http-method-override': 'GET' }
    expect((await lead.send('POST', place, undefined, sly)).status).to.equal(404)
  })

  it('tells no other site that it may read', async () => {
    const { headers } = await lead.send('HEAD', await begin(4), undefined, tus)
    expect(headers.has('access-control-allow-origin')).to.equal(false)
  })
})

describe('the folder of uploads', () => {
  let folder: string
  const session = { id: '', csrf: '', user: { id: 'u1', name: 'Aki', roles: ['lead' as const] } }
  const open = () =>
    openUploads({
      folder,
      bytes: 1000,
      keptMs: 3_600_000,
      keep: async () => ({ digest: '', bytes: 0, type: '' }),
      admit: async () => session,
      fault: () => '',
    })
  const lay = async (id: string, creation: string) => {
    const upload = { id, size: 4, offset: 0, metadata: { owner: 'u1' }, creation_date: creation }
    await writeFile(join(folder, `${id}.json`), JSON.stringify(upload))
    await writeFile(join(folder, id), 'film')
  }
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-uploads-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is found as it was after the server was killed', async () => {
    await lay('a'.repeat(32), new Date().toISOString())
    expect(await open().find('a'.repeat(32), 'u1')).to.include({ name: 'upload' })
  })

  it('loses what nobody used for too long', async () => {
    await lay('a'.repeat(32), '2020-01-01T00:00:00Z')
    await lay('b'.repeat(32), new Date().toISOString())
    const uploads = open()
    expect(await uploads.expire()).to.equal(1)
    await expectProblem(() => uploads.find('a'.repeat(32), 'u1'), 'not-found')
    await uploads.find('b'.repeat(32), 'u1')
  })
})

describe('the name of a file', () => {
  const cases: readonly [given: string | undefined, name: string][] = [
    ['film.mp4', 'film.mp4'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\films\\film.mp4', 'film.mp4'],
    ['か\u3099.mp4', 'が.mp4'],
    ['fi\u0000l\nm\u202e.mp4', 'film.mp4'],
    ['..', 'upload'],
    ['', 'upload'],
    [undefined, 'upload'],
    [`${'x'.repeat(300)}.mp4`, `${'x'.repeat(196)}.mp4`],
  ]
  for (const [given, name] of cases)
    it(`${JSON.stringify(given)?.slice(0, 40)} is read as ${name.slice(0, 20)}`, () => {
      expect(nameOf(given)).to.equal(name)
    })
})
