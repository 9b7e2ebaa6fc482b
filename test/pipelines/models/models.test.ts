import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { create } from 'tar'
import {
  cardOf,
  importModel,
  install,
  installedIn,
  type ModelCard,
  remove,
  verify,
} from '../../../pipelines/models.ts'
import { expectProblem } from '../../support/throws.ts'

const card: ModelCard = {
  id: 'whisper-test',
  use: 'speech',
  says: 'for this test',
  repository: 'people/whisper-test',
  revision: 'main',
  licence: 'MIT',
  files: ['config.json', 'onnx/encoder.onnx'],
  bytes: 100_000,
}
const commit = 'a'.repeat(40)
const contents: Record<string, Buffer> = {
  'config.json': Buffer.from('{"a":1}'),
  'onnx/encoder.onnx': Buffer.alloc(2_000_000, 7),
}
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const gitId = (bytes: Buffer) =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')

/** An origin like the hub: a commit for a branch, a listing with digests, files with ranges. It can be told to misbehave. */
function openOrigin() {
  const asked: string[] = []
  const mood = { cutAt: Number.POSITIVE_INFINITY, flip: false, ranges: true }
  const server: Server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(`${path} ${request.headers.range ?? ''}`.trim())
    if (path.includes('/revision/')) return void response.end(JSON.stringify({ sha: commit }))
    if (path.includes('/tree/'))
      return void response.end(
        JSON.stringify(
          Object.entries(contents).map(([name, bytes]) => ({
            type: 'file',
            path: name,
            size: bytes.length,
            oid: gitId(bytes),
            ...(name.endsWith('.onnx') && { lfs: { oid: sha256(bytes), size: bytes.length } }),
          })),
        ),
      )
    const name = Object.keys(contents).find(file => path.endsWith(`/resolve/${commit}/${file}`))
    if (!name) return void response.writeHead(404).end()
    const from = mood.ranges ? Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0
    const bytes = Buffer.from(contents[name] ?? '')
    if (mood.flip) bytes[bytes.length - 1] = 0
    response.writeHead(from > 0 ? 206 : 200)
    if (bytes.length - from > mood.cutAt)
      response.write(bytes.subarray(from, from + mood.cutAt), () => response.destroy())
    else response.end(bytes.subarray(from))
  })
  return new Promise<{ origin: string; asked: string[]; mood: typeof mood; close: () => void }>(resolve =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        asked,
        mood,
        close: () => {
          server.closeAllConnections()
          server.close()
        },
      }),
    ),
  )
}

describe('the shelf of models', () => {
  let folder = ''
  let hub: Awaited<ReturnType<typeof openOrigin>>
  const report = () => {}
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-models-'))
    hub = await openOrigin()
  })
  afterEach(async () => {
    hub.close()
    await rm(folder, { recursive: true, force: true })
  })
  const fetchIt = () => install(card, { origin: hub.origin, folder, report })

  it('fetches what a model needs, pins the commit, and remembers origin, digests and licence', async () => {
    const model = await fetchIt()
    expect(model.revision).to.equal(commit)
    expect(model.licence).to.deep.equal({ name: 'MIT' })
    expect(model.files).to.deep.equal(
      Object.entries(contents).map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256(bytes) })),
    )
    expect(await readFile(join(model.folder, 'onnx/encoder.onnx'))).to.deep.equal(
      contents['onnx/encoder.onnx'],
    )
    expect((await installedIn(folder)).map(({ id }) => id)).to.deep.equal(['whisper-test'])
  })

  it('goes on where an interrupted fetch stopped, and is not installed before it is whole', async () => {
    hub.mood.cutAt = 1_500_000
    await fetchIt().catch(() => undefined)
    expect(await installedIn(folder)).to.deep.equal([])
    hub.mood.cutAt = Number.POSITIVE_INFINITY
    await fetchIt()
    const ranges = hub.asked.filter(line => line.includes('bytes='))
    expect(ranges).to.have.length(1)
    expect(Number(/bytes=(\d+)/.exec(ranges[0] ?? '')?.[1])).to.be.within(1, 1_500_000)
    await verify((await installedIn(folder))[0]!)
  })

  it('begins a file anew at an origin that knows no ranges', async () => {
    hub.mood.cutAt = 1_500_000
    await fetchIt().catch(() => undefined)
    Object.assign(hub.mood, { cutAt: Number.POSITIVE_INFINITY, ranges: false })
    await verify(await fetchIt())
  })

  it('installs nothing whose bytes are not those of the listing', async () => {
    hub.mood.flip = true
    const problem = await expectProblem(fetchIt, 'model-damaged')
    expect(problem.figures).to.include({ model: 'whisper-test', file: 'config.json' })
    expect(await installedIn(folder)).to.deep.equal([])
  })

  it('finds a byte that changed after the installation', async () => {
    const model = await fetchIt()
    const bytes = Buffer.from(contents['onnx/encoder.onnx'] ?? '')
    bytes[500] = 1
    await writeFile(join(model.folder, 'onnx/encoder.onnx'), bytes)
    const problem = await expectProblem(() => verify(model), 'model-damaged')
    expect(problem.figures.file).to.equal('onnx/encoder.onnx')
  })

  it('names an origin that does not answer', async () => {
    await expectProblem(
      () => install(card, { origin: 'http://127.0.0.1:9', folder, report }),
      'engine-unreachable',
    )
  })

  it('removes a model, and says when there is none', async () => {
    await fetchIt()
    await remove(folder, 'whisper-test')
    expect(await readdir(folder)).to.deep.equal([])
    await expectProblem(() => remove(folder, 'whisper-test'), 'model-missing')
  })

  it('knows no model that is not in its catalogue', () =>
    expectProblem(() => cardOf('whisper-huge'), 'model-unknown'))

  describe('on a machine without a network', () => {
    let carried = ''
    beforeEach(async () => {
      carried = await mkdtemp(join(tmpdir(), 'kotodama-carried-'))
    })
    afterEach(() => rm(carried, { recursive: true, force: true }))
    const lay = async (files: Record<string, string | Buffer>) => {
      for (const [name, bytes] of Object.entries(files)) {
        await mkdir(dirname(join(carried, name)), { recursive: true })
        await writeFile(join(carried, name), bytes)
      }
    }
    const whisperFiles = Object.fromEntries(cardOf('whisper-base').files.map(file => [file, file]))

    it('takes a folder that was installed elsewhere, and holds it to its manifest', async () => {
      const model = await fetchIt()
      const other = await mkdtemp(join(tmpdir(), 'kotodama-other-'))
      const again = await importModel(model.folder, other, {})
      expect({ ...again, folder: '' }).to.deep.equal({ ...model, folder: '' })
      await writeFile(join(model.folder, 'config.json'), '{"a":2}')
      await expectProblem(() => importModel(model.folder, other, {}), 'model-damaged')
      await rm(other, { recursive: true })
    })

    it('takes an archive of such a folder', async () => {
      const model = await fetchIt()
      const archive = join(carried, 'model.tgz')
      await create({ file: archive, cwd: dirname(model.folder), gzip: true }, ['whisper-test'])
      const other = join(carried, 'other')
      await verify(await importModel(archive, other, {}))
    })

    it('follows no link out of an archive', async () => {
      await lay({ 'm/config.json': '{}' })
      await symlink('/etc/hostname', join(carried, 'm/tokenizer.json'))
      await create({ file: join(carried, 'evil.tar'), cwd: join(carried, 'm') }, [
        'config.json',
        'tokenizer.json',
      ])
      await expectProblem(
        () => importModel(join(carried, 'evil.tar'), folder, { id: 'whisper-base' }),
        'model-damaged',
      )
      expect(await installedIn(folder)).to.deep.equal([])
    })

    it('takes the bare files of a model it knows, under that model’s licence', async () => {
      await lay(whisperFiles)
      const model = await importModel(carried, folder, { id: 'whisper-base' })
      expect(model.licence).to.deep.equal({ name: 'Apache-2.0' })
      expect(model.use).to.equal('speech')
    })

    it('refuses weights that nobody recorded a licence for', async () => {
      await lay(whisperFiles)
      await expectProblem(
        () => importModel(carried, folder, { id: 'my-whisper', use: 'speech' }),
        'model-unlicensed',
      )
      await expectProblem(
        () => importModel(carried, folder, { id: 'my-whisper', use: 'speech', licence: 'MIT' }),
        'model-unlicensed',
      )
      const model = await importModel(carried, folder, {
        id: 'my-whisper',
        use: 'speech',
        licence: 'MIT',
        by: 'Mika Lead',
      })
      expect(model.licence).to.deep.equal({ name: 'MIT', by: 'Mika Lead' })
    })

    it('names the file that is missing, and a manifest that leads outside', async () => {
      await lay({ 'config.json': '{}' })
      const problem = await expectProblem(
        () => importModel(carried, folder, { id: 'whisper-base' }),
        'model-damaged',
      )
      expect(problem.figures.file).to.equal('generation_config.json')
      const files = [{ path: '../../etc/passwd', bytes: 1, sha256: 'a'.repeat(64) }]
      await lay({
        'manifest.json': JSON.stringify({
          id: 'x',
          use: 'speech',
          origin: 'o',
          revision: 'r',
          licence: { name: 'MIT' },
          files,
        }),
      })
      await expectProblem(() => importModel(carried, folder, {}), 'model-damaged')
    })
  })
})
