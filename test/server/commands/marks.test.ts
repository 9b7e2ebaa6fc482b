import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Claim } from '../../../pipelines/dub/mark/credentials/credentials.ts'
import { encodeWav } from '../../../pipelines/wav.ts'
import { run } from '../../../server/commands/marks.ts'
import { openHouseCredentials, openHouseWatermark } from '../../../server/marks.ts'
import { changed, inWords, type ManifestKit } from '../../consent-kit/manifests.ts'
import { talk } from '../../support/talk.ts'

const house = join(import.meta.dirname, '../../../server/kotodama.mjs')

describe('kotodama marks detect', function () {
  this.timeout(240_000)
  let folder: string
  let id: string
  let claim: Claim
  const file = (name: string) => join(folder, name)
  const detect = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>(done => {
      const env = { ...process.env, DATA_DIR: join(folder, 'none'), KEYS_DIR: join(folder, 'keys') }
      execFile(process.execPath, [house, 'marks', ...args], { env }, (error, out, err) =>
        done({ code: Number(error?.code ?? 0), out, err }),
      )
    })
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-marks-'))
    const keys = join(folder, 'keys')
    const watermark = await openHouseWatermark(keys)
    const credentials = await openHouseCredentials(keys, 'Test', Date.now)
    id = watermark.idOf({ title: 'Lantern', episode: '1', language: 'en' })
    const plain = await talk(30)
    await writeFile(file('plain.wav'), encodeWav(plain, 48_000))
    await writeFile(file('marked.wav'), encodeWav(watermark.mark(plain, 0, id, 'speech'), 48_000))
    claim = { title: 'Lantern', of: 'dialogue', voices: [{ language: 'en', watermark: id, consents: [] }] }
    await writeFile(file('signed.wav'), credentials.attach(await readFile(file('marked.wav')), claim))
    credentials.close()
    watermark.close()
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('tells both marks of a file, as JSON too, and ends with 0', async () => {
    const { code, out } = await detect('detect', file('signed.wav'), '--json')
    const said = JSON.parse(out)
    expect(code).to.equal(0)
    expect(said.credentials.state).to.equal('trusted')
    expect(said.sounds[0].marks.map((mark: { id: string }) => mark.id)).to.deep.equal([id])
    expect((await detect('detect', file('signed.wav'))).out).to.include(`watermark ${id}`)
  })

  it('finds the watermark where the credentials are gone', async () => {
    const { code, out } = await detect('detect', file('marked.wav'))
    expect(code).to.equal(0)
    expect(out).to.match(/content credentials: none[\s\S]*watermark [0-9a-f]{16}/)
  })

  it('reads the credentials that lie beside a file which bears none', async () => {
    const sound = file('beside.ogg')
    await writeFile(sound, await readFile(file('marked.wav')))
    const credentials = await openHouseCredentials(join(folder, 'keys'), 'Test', Date.now)
    await writeFile(file('beside.c2pa'), await credentials.beside(sound, claim))
    credentials.close()
    expect((await detect('detect', sound)).out).to.match(/valid, signed by this house[\s\S]*watermark/)
    await writeFile(sound, await readFile(file('plain.wav')))
    expect((await detect('detect', sound)).code).to.equal(3)
  })

  it('comes to the kit’s verdict, on one of every kind of file and on every twelfth', async () => {
    const text = await readFile(join(import.meta.dirname, '../../consent-kit/manifests.json'), 'utf8')
    const kit: ManifestKit = JSON.parse(text)
    const keys = join(folder, 'kit')
    await openHouseWatermark(keys)
    await writeFile(join(keys, 'credentials-key.pem'), kit.house.key, { mode: 0o600 })
    await writeFile(join(keys, 'credentials.pem'), kit.house.chain)
    const first = ['trusted', 'stranger', 'none', 'refused'].map(kind =>
      kit.cases.findIndex(one => one.expect === kind),
    )
    for (const [at, one] of kit.cases.entries()) {
      if (at % 12 !== 0 && !first.includes(at)) continue
      const bytes = (name: string) => Buffer.from(kit.bases[name] ?? '', 'base64')
      const sound = file(one.beside ? `kit-${at}.ogg` : `kit-${at}.wav`)
      await writeFile(sound, changed(bytes(one.base), one.changes))
      if (one.beside) await writeFile(file(`kit-${at}.c2pa`), bytes(one.beside))
      const { code, out } = await said(keys, 'detect', sound, '--json')
      expect(inWords(JSON.parse(out).credentials.state), one.says).to.equal(one.expect)
      expect(code, one.says).to.equal({ trusted: 0, stranger: 0, none: 1, refused: 3 }[one.expect])
    }
  })

  /** The command in this process: what it prints, and how it ends. */
  async function said(keys: string, ...args: readonly string[]) {
    const { log } = console
    const before = { DATA_DIR: process.env.DATA_DIR, KEYS_DIR: process.env.KEYS_DIR }
    const out: string[] = []
    console.log = (line: string) => void out.push(line)
    Object.assign(process.env, { DATA_DIR: join(folder, 'none'), KEYS_DIR: keys })
    try {
      return { code: await run(args), out: out.join('\n') }
    } finally {
      console.log = log
      for (const [name, value] of Object.entries(before))
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
    }
  }

  it('ends with 1 where there is no mark, with 2 when it is asked wrongly', async () => {
    const { code, out } = await detect('detect', file('plain.wav'))
    expect(code).to.equal(1)
    expect(out).to.include('no watermark of this house')
    expect((await detect('find')).code).to.equal(2)
    const missing = await detect('detect', file('nothing.wav'))
    expect([missing.code, missing.err]).to.satisfy(
      ([code, err]: [number, string]) => code === 1 && /no such file/.test(err),
    )
  })
})
