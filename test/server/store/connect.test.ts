import { expect } from 'chai'
import { openStore } from '../../../server/store/connect.ts'
import { openFolder } from '../../support/folder.ts'
import { expectProblem } from '../../support/throws.ts'

describe('the way to a MongoDB server', () => {
  it('that does not answer is told without its password', async () => {
    const folder = await openFolder()
    const mongodbUri = 'mongodb://aki:secret%2Fword@127.0.0.1:1/?serverSelectionTimeoutMS=100'
    const problem = await expectProblem(
      () => openStore({ dataDir: folder.path, mongodbUri }),
      'store-unreachable',
    )
    expect(problem.figures.address).to.equal('mongodb://127.0.0.1:1/')
    expect(problem.message).to.not.include('secret')
    await folder.close()
  })
})
