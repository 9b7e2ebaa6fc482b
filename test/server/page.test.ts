import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { startApp, type TestApp } from '../support/app.ts'
import { openFolder } from '../support/folder.ts'

describe('the page', () => {
  let app: TestApp
  let folder: Awaited<ReturnType<typeof openFolder>>
  const get = (path: string) => app.stranger().send('GET', path)

  before(async () => {
    folder = await openFolder()
    await mkdir(join(folder.path, 'client', 'assets'), { recursive: true })
    await writeFile(join(folder.path, 'client', 'index.html'), '<title>Kotodama</title>')
    await writeFile(join(folder.path, 'client', 'assets', 'main-1a2b.js'), 'start()')
    await writeFile(join(folder.path, 'secret.txt'), 'not for you')
    app = await startApp({ clientDir: join(folder.path, 'client') })
  })
  after(async () => {
    await app.close()
    await folder.close()
  })

  it('is fresh whenever it is opened', async () => {
    for (const path of ['/', '/index.html']) {
      const answer = await get(path)
      expect(await answer.text(), path).to.contain('Kotodama')
      expect(answer.headers.get('cache-control')).to.equal('no-cache')
    }
  })

  it('has assets that never change under their names', async () => {
    const answer = await get('/assets/main-1a2b.js')
    expect(answer.headers.get('cache-control')).to.equal('public, max-age=31536000, immutable')
    expect(answer.headers.get('content-type')).to.contain('javascript')
  })

  it('is not what a missing asset or an unknown question gets', async () => {
    expect((await get('/assets/main-0000.js')).status).to.equal(404)
    expect((await get('/api/nothing')).status).to.equal(404)
    expect((await get('/series/s1')).status).to.equal(404)
    expect((await app.stranger().send('POST', '/series')).status).to.equal(404)
  })

  it('leads to no file beside it', async () => {
    for (const path of ['/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/%2e%2e/secret.txt'])
      expect(await (await get(path)).text(), path).to.not.contain('not for you')
  })
})
