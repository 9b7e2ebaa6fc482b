import { execFile } from 'node:child_process'
import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { findFilmTools } from '../../support/film.ts'
import { openFolder } from '../../support/folder.ts'
import { sharedFile } from '../../support/shared.ts'

const root = join(import.meta.dirname, '../../..')
const sample = join(root, 'samples/lantern-01')

type Ended = { readonly code: number | null; readonly out: string; readonly err: string }
type Line = { readonly kind: string; readonly text: string; readonly start: number; readonly end: number }

const stamp = (ms: number) => new Date(ms).toISOString().slice(11, 23).replace('.', ',')
const srtOf = (lines: readonly Line[], late = 0) =>
  lines
    .map(({ start, end, text }, i) => `${i + 1}\n${stamp(start + late)} --> ${stamp(end + late)}\n${text}\n`)
    .join('\n')
const ass = `[Script Info]
Title: Lamp Hill

[V4+ Styles]
Format: Name, Fontname, Fontsize, Alignment
Style: Default,Arial,20,2

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Haru,0,0,0,,Wait... {\\i1}please{\\i0}!
`

describe('kotodama subtitles as a process', function () {
  this.timeout(300_000)
  let folder: Awaited<ReturnType<typeof openFolder>>
  let words: readonly Line[] = []
  /** A row as a shell runs it, where `kotodama` is on the path. */
  const shell = (row: string): Promise<Ended> =>
    new Promise(resolve => {
      const options = { cwd: folder.path, timeout: 60_000, env: { ...environment(), PATH: path() } }
      execFile('bash', ['-o', 'pipefail', '-c', row], options, (error, out, err) =>
        resolve({ code: error ? Number(error.code ?? -1) : 0, out, err }),
      )
    })
  const path = () => `${folder.path}/bin:${process.execPath.replace(/\/[^/]+$/, '')}:/usr/bin:/bin`
  const environment = () => ({ HOME: folder.path, DATA_DIR: join(folder.path, 'data') })
  const put = (name: string, text: string) => writeFile(join(folder.path, name), text)

  before(async () => {
    folder = await openFolder()
    await shell('mkdir bin')
    await put('bin/kotodama', `#!/bin/sh\nexec node ${root}/server/kotodama.mjs "$@"\n`)
    await chmod(join(folder.path, 'bin/kotodama'), 0o755)
    const truth = JSON.parse(await readFile(join(sample, 'expected/truth.json'), 'utf8'))
    words = truth.lines.filter(({ kind }: Line) => kind === 'dialogue')
  })
  after(() => folder.close())

  it('runs every command of its page as the page says', async () => {
    const page = await readFile(join(root, 'docs/subtitles.md'), 'utf8')
    const blocks = (kind: string) =>
      [...page.matchAll(new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 'gs'))].map(found => found[1] ?? '')
    await put('episode.ass', ass)
    await put('episode.en.srt', srtOf(words).replaceAll('。', '...'))
    for (const name of ['before.srt', 'right.srt']) await put(name, srtOf(words))
    await put('late.srt', srtOf(words, 3000))
    await put('after.srt', srtOf(words.slice(1), 40))
    await put('after.ass', ass)
    await put('house.json', blocks('json')[0] ?? '')
    for (const name of ['approved', 'episode-01', 'episode-02']) await put(`${name}.ass`, ass)
    for (const name of ['episode', 'episode-final', 'episode-01', 'episode-02'])
      await copyFile(join(sample, 'episode.mp4'), join(folder.path, `${name}.mp4`))
    const tools = await findFilmTools()
    const rows = blocks('sh').flatMap(block => block.trim().split('\n'))
    expect(rows.length).to.be.above(15)
    for (const row of rows) {
      if (row.includes('.mp4') && !tools) continue
      const { code, err } = await shell(row)
      expect(code, `${row}\n${err}`).to.be.oneOf([0, 1])
    }
    expect(await readFile(join(folder.path, 'same.ass'), 'utf8')).to.equal(ass)
    expect(await readFile(join(folder.path, 'timed.srt'), 'utf8')).to.equal(srtOf(words))
  })

  it('finds by its sound alone how late a track is', async function () {
    if (!(await findFilmTools())) return this.skip()
    await put('late.srt', srtOf(words, 3000))
    const { out } = await shell(`kotodama subtitles sync late.srt --with ${sample}/episode.mp4 --json`)
    const [{ sure, ratio, segments }] = JSON.parse(out).files
    expect({ sure, ratio, pieces: segments.length }).to.deep.equal({ sure: true, ratio: 1, pieces: 1 })
    // Under its music the detector hears every line begin a quarter of a second early.
    expect(segments[0].offset).to.be.closeTo(-3000, 260)
  })

  it('checks real files of eleven languages, names what it found and ends with 1', async function () {
    const folder = sharedFile('media/subtitles-anime')
    if (!folder) return this.skip()
    const { code, out, err } = await shell(`kotodama subtitles check "${folder}/*.srt" --least warning`)
    expect(code, err).to.equal(1)
    expect(err).to.match(/in 11 files/)
    expect(out).to.match(
      /-eng\.srt: #5 00:00:24\.240: warning row-length: A row has 47 characters, more than 42\./,
    )
    expect(out).to.match(/-jpn\.srt: #\d+ [\d:.]+: warning reading-speed: .* more than 4\./)
  })

  it('ends quietly when nobody reads on', async () => {
    await put(
      'long.srt',
      srtOf(
        Array.from({ length: 5000 }, (_, i) => ({
          kind: '',
          text: 'Wait...',
          start: i * 900,
          end: i * 900 + 500,
        })),
      ),
    )
    const { code, out, err } = await shell(
      'set +o pipefail; kotodama subtitles check long.srt 2>err.txt | head -n 1; cat err.txt >&2',
    )
    expect({ code, rows: out.trim().split('\n').length, err }).to.deep.equal({ code: 0, rows: 1, err: '' })
  })

  it('opens no data folder', async () => {
    const { out } = await shell('kotodama subtitles help; ls')
    expect(out)
      .to.contain('Ends with 0')
      .and.not.match(/^data$/m)
  })
})
