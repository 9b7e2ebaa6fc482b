import { expect } from 'chai'
import type { Draft } from '../../pipelines/terms.ts'
import { startApp, type TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { blobOf, contents, draft } from '../support/draft.ts'

describe('a file of an episode', () => {
  let app: TestApp
  let lead: Client
  let episode: string
  let shut = false
  const at = (name: string, where = episode) => `/api/episodes/${where}/blobs/${blobOf(name, '').digest}`
  const named = (name: string) => `/api/episodes/${episode}/files/${encodeURIComponent(name)}`
  const make = async (number: string, made: Partial<Draft>) => {
    const [{ id: series } = { id: '' }] = await lead.ask('allSeries', {})
    const { id } = await lead.ingest(series, number, {
      media: { name: 'film.mp4', bytes: Buffer.from(`film ${number}`) },
    })
    await app.draw(id, made)
    return id
  }

  before(async () => {
    app = await startApp({ refused: () => shut })
    lead = await app.person('Aki', 'lead')
    await lead.ask('newSeries', {}, { title: 'Pilot', language: 'ja', targets: ['en'] })
    for (const name of contents) await app.blobs.keepBytes(Buffer.from(name), '')
    episode = await make('1', draft)
  })
  after(() => app.close())
  beforeEach(() => {
    shut = false
  })

  it('comes whole, with its type, to be asked for again every time', async () => {
    const answer = await lead.send('GET', at('proxy'))
    expect(await answer.text()).to.equal('proxy')
    const { headers } = answer
    expect(headers.get('content-type')).to.equal('video/mp4')
    expect(headers.get('cache-control')).to.equal('private, no-cache')
    expect(headers.get('x-content-type-options')).to.equal('nosniff')
    expect(headers.get('content-security-policy')).to.contain('sandbox')
    expect(headers.get('accept-ranges')).to.equal('bytes')
  })

  const ranges: readonly [range: string, status: number, body: string, content: string | null][] = [
    ['bytes=0-4', 206, 'engli', 'bytes 0-4/17'],
    ['bytes=8-', 206, 'subtitles', 'bytes 8-16/17'],
    ['bytes=-5', 206, 'itles', 'bytes 12-16/17'],
    ['bytes=10-99', 206, 'btitles', 'bytes 10-16/17'],
    ['bytes=17-', 416, '', 'bytes */17'],
    ['lines=1-2', 200, 'english subtitles', null],
  ]
  for (const [range, status, body, content] of ranges)
    it(`answers ${range} with ${status}`, async () => {
      const answer = await lead.send('GET', at('english subtitles'), undefined, { range })
      expect(answer.status).to.equal(status)
      expect(answer.headers.get('content-range')).to.equal(content)
      if (status < 300) expect(await answer.text()).to.equal(body)
    })

  it('tells its size without being sent', async () => {
    const answer = await lead.send('HEAD', at('proxy'))
    expect(answer.status).to.equal(200)
    expect(answer.headers.get('content-length')).to.equal('5')
    expect(await answer.text()).to.equal('')
  })

  it('is not sent again to who has it', async () => {
    const etag = (await lead.send('GET', at('proxy'))).headers.get('etag') ?? ''
    // fetch would ask past every cache.
    const again = { 'if-none-match': etag, 'cache-control': 'max-age=0' }
    expect((await lead.send('GET', at('proxy'), undefined, again)).status).to.equal(304)
    expect((await app.stranger().send('GET', at('proxy'), undefined, again)).status).to.equal(401)
  })

  it('of text is UTF-8', async () => {
    expect((await lead.send('GET', at('english subtitles'))).headers.get('content-type')).to.match(
      /charset=utf-8/,
    )
  })

  it('is handed over by its name', async () => {
    const answer = await lead.send('GET', named('pilot – dub (en).wav'))
    expect(await answer.text()).to.equal('english mix')
    expect(answer.headers.get('content-disposition')).to.contain(
      "filename*=UTF-8''pilot%20%E2%80%93%20dub%20%28en%29.wav",
    )
    expect((await lead.send('GET', named('another.wav'))).status).to.equal(404)
  })

  it('is nobody else’s: another episode’s is not there', async () => {
    const other = await make('2', {
      ...draft,
      media: { ...draft.media, proxy: blobOf('peaks', 'video/mp4') },
    })
    expect((await lead.send('GET', at('proxy', other))).status).to.equal(404)
    expect((await lead.send('GET', at('peaks', other))).status).to.equal(200)
  })

  it('is not there before the draft has it, or where only the machine needs it', async () => {
    const early = await make('3', {})
    expect((await lead.send('GET', at('proxy', early))).status).to.equal(404)
    expect((await lead.send('GET', at('ears'))).status).to.equal(404)
  })

  it('that a browser could run is bytes to it', async () => {
    await app.blobs.keepBytes(Buffer.from('<script>'), '')
    const page = { at: 0, picture: blobOf('<script>', 'text/html') }
    const drawing = { at: 1, picture: blobOf('thumbnail', 'image/svg+xml') }
    const id = await make('4', { ...draft, media: { ...draft.media, thumbnails: [page, drawing] } })
    for (const name of ['<script>', 'thumbnail'])
      expect((await lead.send('GET', at(name, id))).headers.get('content-type')).to.equal(
        'application/octet-stream',
      )
  })

  describe('in which a voice is heard', () => {
    it('is kept by nobody on the way', async () => {
      for (const name of ['take of l1', 'first region'])
        expect((await lead.send('GET', at(name))).headers.get('cache-control')).to.equal('private, no-store')
    })

    it('is closed from the moment the voice is, however often it was heard before', async () => {
      const closing = [at('take of l1'), at('first region'), named('pilot – dub (en).wav')]
      const staying = [at('second region'), at('proxy'), at('english subtitles'), named('pilot.en.srt')]
      const all = async (paths: string[]) =>
        Promise.all(paths.map(async path => (await lead.send('GET', path)).status))
      expect(await all([...closing, ...staying])).to.deep.equal(Array(7).fill(200))
      shut = true
      expect(await all(closing)).to.deep.equal([403, 403, 403])
      expect(await all(staying)).to.deep.equal([200, 200, 200, 200])
      const said = await (await lead.send('GET', at('take of l1'))).json()
      expect(said).to.have.nested.property('problem.code', 'voice-withheld')
    })

    it('is not heard by a range or a matching tag either', async () => {
      const etag = (await lead.send('GET', at('take of l1'))).headers.get('etag') ?? ''
      shut = true
      const asked = await Promise.all([
        lead.send('GET', at('take of l1'), undefined, { range: 'bytes=0-1' }),
        lead.send('GET', at('take of l1'), undefined, {
          'if-none-match': etag,
          'cache-control': 'max-age=0',
        }),
      ])
      expect(asked.map(({ status }) => status)).to.deep.equal([403, 403])
    })
  })
})
