import { execFile } from 'node:child_process'
import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Draft, Take } from '../../../pipelines/terms.ts'
import { encodeWav } from '../../../pipelines/wav.ts'
import { readConfig } from '../../../server/config.ts'
import { takeOrder } from '../../../server/ingest.ts'
import { openParts } from '../../../server/parts.ts'
import { draft, spoken } from '../../support/draft.ts'
import { openFolder } from '../../support/folder.ts'
import { sampleLines } from '../../support/sample-lines.ts'

const root = join(import.meta.dirname, '../../..')
const sample = join(root, 'samples/lantern-01')

describe('kotodama mouth as a process', function () {
  this.timeout(300_000)
  let folder: Awaited<ReturnType<typeof openFolder>>
  const shell = (row: string) =>
    new Promise<{ code: number; out: string; err: string }>(resolve => {
      const PATH = `${folder.path}/bin:${process.execPath.replace(/\/[^/]+$/, '')}:/usr/bin:/bin`
      const env = { HOME: folder.path, DATA_DIR: join(folder.path, 'data'), PATH }
      execFile('bash', ['-c', row], { cwd: folder.path, timeout: 60_000, env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code ?? -1) : 0, out, err }),
      )
    })

  before(async () => {
    folder = await openFolder()
    await shell('mkdir bin')
    const bin = join(folder.path, 'bin/kotodama')
    await writeFile(bin, `#!/bin/sh\nexec node ${root}/server/kotodama.mjs "$@"\n`)
    await chmod(bin, 0o755)
    await copyFile(join(sample, 'episode.mp4'), join(folder.path, 'episode.mp4'))
    await shell('ffmpeg -v error -ss 3 -t 6 -i episode.mp4 -ac 1 line.wav')
    await writeFile(join(folder.path, 'episode.ja.srt'), await sampleLines())
    await keepEpisode()
  })
  after(() => folder.close())

  /** The first episode of The Lantern, made but for its sounds, which are silent. */
  async function keepEpisode() {
    const parts = await openParts(readConfig({ DATA_DIR: join(folder.path, 'data') }), { join: true })
    const file = join(folder.path, 'line.wav')
    const order = { file, series: 'The Lantern', episode: '1', language: 'ja', targets: ['en'] }
    const { id } = await takeOrder(order, parts)
    const silence = (hertz: number, seconds: number) =>
      parts.blobs.keepBytes(encodeWav(new Float32Array(hertz * seconds), hertz), 'audio/wav')
    const ears = await silence(16_000, 7)
    const take = { ...spoken, sound: await silence(48_000, 0.9) } as Take
    const versions = draft.versions.map(version => ({ ...version, dub: { ...version.dub, takes: [take] } }))
    const made: Draft = { ...draft, media: { ...draft.media, ears }, versions }
    await parts.work.ask(id)
    const claim = await parts.work.claim('test')
    if (!claim) throw new Error('nobody asked for the episode')
    const blob = await parts.blobs.keepBytes(Buffer.from(JSON.stringify(made)), 'application/json')
    await parts.work.saveDraft(claim, blob, [])
    await parts.close()
  }

  it('runs every command of its page', async () => {
    const page = await readFile(join(root, 'docs/mouth.md'), 'utf8')
    const rows = [...page.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) => block.trim().split('\n'))
    expect(rows).to.have.length(5)
    for (const row of rows) {
      const { code, err } = await shell(row)
      expect(code, `${row}\n${err}`).to.equal(0)
    }
    for (const sheet of ['line.xdts', 'haru.xdts'])
      expect(await readFile(join(folder.path, sheet), 'utf8')).to.match(
        /^exchangeDigitalTimeSheet Save Data\n\{/,
      )
    const sheet = (await readFile(join(folder.path, 'haru.csv'), 'utf8')).trim().split('\n')
    expect(new Set(sheet.slice(1).map(line => line.split(',')[2]))).to.eql(
      new Set(['closed', 'half', 'open']),
    )
  })

  it('says what it wants, and which rate, format and language it can’t take', async () => {
    expect(await shell('kotodama mouth line.wav')).to.include({ code: 2 })
    expect((await shell('kotodama mouth line.wav --format nothing')).err).to.match(/nothing is no format/)
    expect((await shell('kotodama mouth line.wav --format tsv --fps often')).err).to.match(
      /often is no frame rate/,
    )
    expect((await shell('kotodama mouth line.wav --format tsv --text a')).err).to.match(/--language/)
    expect((await shell('kotodama mouth none.wav --format tsv')).code).to.equal(1)
    const lantern = 'kotodama mouth --series "The Lantern" --format tsv --language en --episode'
    expect((await shell(`${lantern} 2`)).err).to.match(/2/)
    expect((await shell(`${lantern} 1 --speaker トメ`)).code).to.equal(1)
  })
})
