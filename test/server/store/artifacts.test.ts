import { expect } from 'chai'
import { type Artifacts, openArtifacts } from '../../../server/store/artifacts.ts'
import { type OpenedStore, openStore } from '../../../server/store/connect.ts'
import { openFolder } from '../../support/folder.ts'

const digest = (letter: string) => letter.repeat(64)
const made = {
  key: digest('a'),
  step: 'translation',
  version: 2,
  inputs: [digest('1'), digest('2')],
  result: digest('b'),
  blobs: [digest('c'), digest('d')],
}

describe('artifacts', () => {
  let folder: Awaited<ReturnType<typeof openFolder>>
  let store: OpenedStore
  let artifacts: Artifacts
  let now = 1000
  before(async () => {
    folder = await openFolder()
    store = await openStore({ dataDir: folder.path })
    artifacts = await openArtifacts(store.connection, () => now)
  })
  after(async () => {
    await store.close()
    await folder.close()
  })
  afterEach(() => store.connection.model('Artifact').deleteMany({}))

  it('are recalled by their key as they were remembered', async () => {
    await artifacts.remember(made)
    expect(await artifacts.recall(made.key)).to.deep.equal({ ...made, at: new Date(1000) })
    expect(await artifacts.recall(digest('f'))).to.equal(undefined)
  })

  it('are written once: a second writer of the same key changes nothing and is content', async () => {
    now = 1000
    await artifacts.remember(made)
    now = 2000
    await Promise.all([1, 2, 3].map(() => artifacts.remember({ ...made, result: digest('e') })))
    expect(await artifacts.recall(made.key)).to.deep.include({ result: digest('b'), at: new Date(1000) })
  })

  it('tell who made a blob, as part or as whole of a result', async () => {
    const other = { ...made, key: digest('9'), result: digest('c'), blobs: [] }
    await artifacts.remember(made)
    await artifacts.remember(other)
    const keys = async (blob: string) => (await artifacts.makersOf(blob)).map(({ key }) => key).sort()
    expect(await keys(digest('c'))).to.deep.equal([digest('9'), digest('a')])
    expect(await keys(digest('d'))).to.deep.equal([digest('a')])
    expect(await keys(digest('0'))).to.deep.equal([])
  })

  it('tell who was given an input', async () => {
    await artifacts.remember(made)
    await artifacts.remember({ ...made, key: digest('8'), inputs: [digest('2')] })
    const keys = async (input: string) => (await artifacts.usersOf(input)).map(({ key }) => key).sort()
    expect(await keys(digest('2'))).to.deep.equal([digest('8'), digest('a')])
    expect(await keys(digest('1'))).to.deep.equal([digest('a')])
  })

  it('are all listed, and forgotten one by one', async () => {
    await artifacts.remember(made)
    await artifacts.remember({ ...made, key: digest('7') })
    await artifacts.forget(made.key)
    const keys = []
    for await (const { key } of artifacts.all()) keys.push(key)
    expect(keys).to.deep.equal([digest('7')])
  })
})
