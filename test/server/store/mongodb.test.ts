import { type OpenedStore, openStore } from '../../../server/store/connect.ts'
import { storeContract } from '../../contracts/store.ts'
import { openFolder } from '../../support/folder.ts'

const mongodbUri = process.env.KOTODAMA_TEST_MONGODB_URI

describe('a MongoDB server', () => {
  if (!mongodbUri) {
    it('passes the suite of the store', function () {
      console.log('      not run: KOTODAMA_TEST_MONGODB_URI names no MongoDB server')
      this.skip()
    })
    return
  }
  let folder: Awaited<ReturnType<typeof openFolder>>
  let store: OpenedStore
  before(async () => {
    folder = await openFolder()
    store = await openStore({ dataDir: folder.path, mongodbUri })
  })
  after(async () => {
    await store.connection.getClient().db().dropDatabase()
    await store.close()
    await folder.close()
  })

  storeContract({ connection: () => store.connection })
})
