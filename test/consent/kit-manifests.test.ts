import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  type Credentials,
  openCredentials,
  storeBeside,
} from '../../pipelines/dub/mark/credentials/credentials.ts'
import { changed, inWords, type ManifestKit } from '../consent-kit/manifests.ts'

const kit: ManifestKit = JSON.parse(
  readFileSync(new URL('../consent-kit/manifests.json', import.meta.url), 'utf8'),
)

describe('the kit of content credentials', function () {
  this.timeout(240_000)
  let folder: string
  let credentials: Credentials
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-manifests-'))
    credentials = openCredentials(kit.house)
  })
  after(async () => {
    credentials.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('is read as it must be, every file of it', async () => {
    const wrong: string[] = []
    for (const { says, base, changes, beside, expect: expected } of kit.cases) {
      const bytes = (name: string) => Buffer.from(kit.bases[name] ?? '', 'base64')
      const file = join(folder, beside ? 'film.ogg' : 'sound.wav')
      await writeFile(file, changed(bytes(base), changes))
      if (beside) await writeFile(join(folder, 'film.c2pa'), bytes(beside))
      const store = beside && (await storeBeside(file))
      const type = beside ? 'audio/ogg' : 'audio/wav'
      const { state, failures } = await credentials.read(file, type, store ? { store } : {})
      if (inWords(state) !== expected) wrong.push(`${says}: ${state} (${failures}), not ${expected}`)
    }
    expect(wrong).to.deep.equal([])
  })

  it('is of more than a hundred files, nearly all of them evil', () => {
    const evil = kit.cases.filter(({ expect: expected }) => expected === 'refused')
    expect(evil.length).to.be.greaterThan(100)
  })
})
