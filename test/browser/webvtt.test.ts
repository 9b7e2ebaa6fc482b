import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { type Document, textOf } from '../../pipelines/subtitles/document.ts'
import { vtt } from '../../pipelines/subtitles/formats/vtt.ts'
import { readSettings } from '../../pipelines/subtitles/formats/vtt-settings.ts'
import { needBrowser, openSeat } from '../support/browser.ts'
import { diceOf, mutate } from '../support/fuzz.ts'
import { samples } from '../support/subtitle-samples.ts'

type Shown = {
  readonly id: string
  readonly start: number
  readonly end: number
  readonly text: string
  readonly settings: Readonly<Record<string, unknown>>
}

/** The cues Chromium makes of each file. */
const cuesOf = (page: Page, files: readonly string[]): Promise<Shown[][]> =>
  page.evaluate(async texts => {
    const all: Shown[][] = []
    for (const text of texts) {
      const video = document.createElement('video')
      const track = document.createElement('track')
      track.kind = 'subtitles'
      track.src = URL.createObjectURL(new Blob([text], { type: 'text/vtt' }))
      track.default = true
      const done = new Promise(resolve => {
        track.addEventListener('load', resolve)
        track.addEventListener('error', resolve)
      })
      video.append(track)
      document.body.append(video)
      track.track.mode = 'hidden'
      await done
      const found = [...(track.track.cues ?? [])].map(one => {
        const cue = one as VTTCue
        const { vertical, line, snapToLines, position, size, align } = cue
        return {
          id: cue.id,
          start: Math.round(cue.startTime * 1000),
          end: Math.round(cue.endTime * 1000),
          text: cue.getCueAsHTML().textContent ?? '',
          settings: { vertical, line, snapToLines, position, size, align },
        }
      })
      video.remove()
      all.push(found)
    }
    return all
  }, files)

/**
 * Ours, in the order browsers keep cues: by start, the longer first. Readings of ruby are part of what they show.
 * Of settings this Chromium knows neither regions nor to which side of its line a cue stands; W3C's own files ask that.
 */
const ourCues = (file: string): Shown[] =>
  vtt
    .read(file)
    .document.captions.map(({ label, start, end, runs, beside }) => {
      const said = readSettings(beside?.['vtt.settings'] ?? '', new Set())
      const { vertical, line, snapToLines, position, size, align } = said
      return {
        id: label ?? '',
        start,
        end,
        text: runs.map(({ text, marks }) => text + (marks.ruby?.text ?? '')).join(''),
        settings: { vertical, line, snapToLines, position, size, align },
      }
    })
    .sort((a, b) => a.start - b.start || b.end - a.end)

/**
 * Chromium takes the row before the times for a cue's id even where that row belongs to a comment or a region. W3C
 * WebVTT §6.2 "collect a WebVTT block" ends that block before the times, and the cue that begins there has no id.
 */
function isOfAnother(file: string, id: string): boolean {
  const rows = file.split(/\r\n|[\r\n]/)
  return rows.some((row, i) => row === id && rows[i - 1] !== '' && rows[i + 1]?.includes('-->'))
}

const written: Document = {
  captions: [
    { id: '1', start: 1000, end: 2000, kind: 'dialogue', runs: [{ text: 'One & <two>\nthree', marks: {} }] },
    {
      id: '2',
      start: 2500,
      end: 3_600_500,
      kind: 'dialogue',
      label: 'second',
      runs: [
        { text: 'slanted ', marks: { italic: true } },
        { text: '灯', marks: { ruby: { text: 'あかり' } } },
        { text: ' red', marks: { color: '#ff0000', bold: true } },
      ],
      place: { block: 'top', vertical: 'rl' },
    },
  ],
}

describe('WebVTT in Chromium', function () {
  this.timeout(240_000)
  let browser: Browser
  let page: Page

  before(async function () {
    browser = await needBrowser(this)
    page = (await openSeat(browser)).page
  })
  after(() => browser?.close())

  it('shows what we write as it was meant', async () => {
    const [shown = []] = await cuesOf(page, [vtt.write?.(written) ?? ''])
    expect(shown.map(({ settings, ...one }) => ({ ...one, vertical: settings.vertical }))).to.deep.equal([
      { id: '', start: 1000, end: 2000, text: 'One & <two>\nthree', vertical: '' },
      { id: 'second', start: 2500, end: 3_600_500, text: 'slanted 灯あかり red', vertical: 'rl' },
    ])
    expect(written.captions.map(textOf)).to.have.length(2)
  })

  it('makes the cues of broken files that we make of them', async () => {
    const files = (samples.vtt ?? [])
      .flatMap(file => [
        Buffer.from(file),
        ...Array.from({ length: 50 }, (_, i) => mutate(Buffer.from(file), diceOf(i + 1), [])),
      ])
      .map(bytes => new TextDecoder().decode(bytes))
      // Without its signature Chromium shows nothing of a file; we read it, and tell.
      .filter(file => /^WEBVTT(?:[ \t\r\n]|$)/.test(file))
    const theirs = await cuesOf(page, files)
    files.forEach((file, i) => {
      const ours = ourCues(file)
      const judged = (theirs[i] ?? []).map((cue, at) =>
        ours[at]?.id === '' && isOfAnother(file, cue.id) ? { ...cue, id: '' } : cue,
      )
      expect(ours, file).to.deep.equal(judged)
    })
    expect(files.length).to.be.above(100)
  })
})
