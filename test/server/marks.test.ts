import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeSigner } from '../../pipelines/index.ts'
import { certifiedUntil, openHouseCredentials } from '../../server/marks.ts'

describe('the house’s certificate', () => {
  let keys: string
  beforeEach(async () => {
    keys = await mkdtemp(join(tmpdir(), 'kotodama-keys-'))
  })
  afterEach(() => rm(keys, { recursive: true, force: true }))
  const open = async () => {
    const { identity, close } = await openHouseCredentials(keys, 'Test', Date.now)
    close()
    return identity
  }
  const failure = () => open().catch((error: Error) => error.message)

  it('is made when it is first needed, its key readable by nobody else, and stays the same', async () => {
    const identity = await open()
    expect((await readdir(keys)).sort()).to.deep.equal(['credentials-key.pem', 'credentials.pem'])
    expect((await stat(join(keys, 'credentials-key.pem'))).mode & 0o077).to.equal(0)
    expect(await open()).to.equal(identity)
  })

  it('tells until when it lasts: ten years', async () => {
    expect(await certifiedUntil(keys)).to.equal(undefined)
    await open()
    const years = (((await certifiedUntil(keys)) ?? 0) - Date.now()) / (366 * 86_400_000)
    expect(years).to.be.closeTo(10, 0.01)
  })

  it('gives way to the operator’s own', async () => {
    const identity = await open()
    const own = await makeSigner('Operator', Date.now(), 1, 'P-256')
    await writeFile(join(keys, 'credentials-key.pem'), own.key)
    await writeFile(join(keys, 'credentials.pem'), own.chain)
    expect(await open()).to.not.equal(identity)
  })

  it('is refused in halves, when its key is another’s, and when others may read it', async () => {
    await open()
    const chain = join(keys, 'credentials.pem')
    const own = await readFile(chain)
    await writeFile(chain, (await makeSigner('Another', Date.now())).chain)
    expect(await failure()).to.match(/is not that of their key/)
    await writeFile(chain, own)
    await chmod(join(keys, 'credentials-key.pem'), 0o644)
    expect(await failure()).to.match(/may be read by others/)
    await rm(chain)
    expect(await failure()).to.match(/both are needed/)
  })
})
