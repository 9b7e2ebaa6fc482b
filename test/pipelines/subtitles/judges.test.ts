import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Document, textOf } from '../../../pipelines/subtitles/document.ts'
import { formatNamed } from '../../../pipelines/subtitles/formats/all.ts'
import { readSubtitles } from '../../../pipelines/subtitles/read.ts'
import { writeSubtitles } from '../../../pipelines/subtitles/write.ts'

const ffmpeg = (...args: string[]) =>
  spawnSync('ffmpeg', ['-nostdin', '-v', 'error', ...args], { maxBuffer: 1e8, timeout: 60_000 })
const has = (list: string, name: string) =>
  new RegExp(` [DE .T]*[DE] +${name}\\b|\\b${name} `).test(String(ffmpeg('-hide_banner', list).stdout))

const document: Document = {
  captions: [
    {
      id: '1',
      start: 2002,
      end: 4004,
      kind: 'dialogue',
      runs: [{ text: 'Hello there,\nyou & I', marks: {} }],
    },
    {
      id: '2',
      start: 6006,
      end: 8008,
      kind: 'dialogue',
      runs: [{ text: 'slanted', marks: { italic: true } }],
    },
  ],
}
const bytesOf = (format: string) => {
  const found = formatNamed(format)
  if (!found) throw new TypeError(format)
  return writeSubtitles(document, found).bytes
}

describe('what we write, read by others', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kotodama-judges-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))
  const put = (format: string): string => {
    const file = join(folder, `x.${formatNamed(format)?.extensions[0]}`)
    writeFileSync(file, bytesOf(format))
    return file
  }

  // SCC is read in rows, not in the frames that show: its times are not ffmpeg's to judge.
  for (const [format, demuxer, grain] of [
    ['srt', 'srt', 1],
    ['vtt', 'webvtt', 1],
    ['ass', 'ass', 10],
    ['scc', 'scc', 2500],
  ] as const)
    it(`ffmpeg reads ${format} as it was meant`, function () {
      if (!has('-demuxers', demuxer)) {
        console.log(`      skipped: this ffmpeg reads no ${format}`)
        this.skip()
      }
      const { stdout, stderr } = ffmpeg('-i', put(format), '-f', 'srt', '-')
      expect(String(stderr)).to.equal('')
      const { captions } = readSubtitles(stdout).document
      expect(
        captions.map(one =>
          textOf(one)
            .replace(/\u00a0|\\h/g, ' ')
            .replace(/^ +| +$/gm, ''),
        ),
      ).to.deep.equal(document.captions.map(textOf))
      captions.forEach(({ start }, i) => {
        expect(start).to.be.closeTo(document.captions[i]?.start ?? 0, grain)
      })
      expect(captions[1]?.runs.some(({ marks }) => marks.italic)).to.equal(true)
    })

  it('libass puts ink where the caption is, when it is, and none elsewhere', function () {
    if (!/ ass +V->V/.test(String(ffmpeg('-hide_banner', '-filters').stdout))) {
      console.log('      skipped: this ffmpeg draws no subtitles')
      this.skip()
    }
    const { stdout } = ffmpeg(
      ...['-f', 'lavfi', '-i', 'color=black:s=320x180:r=1:d=9', '-vf', `ass=${put('ass')},format=gray`],
      ...['-f', 'rawvideo', '-pix_fmt', 'gray', '-'],
    )
    const [width, height] = [320, 180]
    const inkOf = (frame: number, from: number, to: number) =>
      stdout
        .subarray(frame * width * height + from * width, frame * width * height + to * width)
        .reduce((sum, value) => sum + (value > 128 ? 1 : 0), 0)
    expect(stdout.length).to.equal(9 * width * height)
    for (const shown of [3, 7]) {
      expect(inkOf(shown, 120, height), 'at the bottom').to.be.above(50)
      expect(inkOf(shown, 0, 120), 'above').to.equal(0)
    }
    for (const empty of [0, 1, 5]) expect(inkOf(empty, 0, height), 'between').to.equal(0)
  })
})
