import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { type Document, textOf } from '../../pipelines/subtitles/document.ts'
import { vtt } from '../../pipelines/subtitles/formats/vtt.ts'
import { openBrowser, openSeat } from '../support/browser.ts'
import { diceOf, mutate } from '../support/fuzz.ts'
import { samples } from '../support/subtitle-samples.ts'

type Shown = {
  readonly id: string
  readonly start: number
  readonly end: number
  readonly text: string
  readonly vertical: string
}

/** The cues Chromium makes of a file. */
const cuesOf = (page: Page, file: string): Promise<Shown[]> =>
  page.evaluate(async text => {
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
      return {
        id: cue.id,
        start: Math.round(cue.startTime * 1000),
        end: Math.round(cue.endTime * 1000),
        text: cue.getCueAsHTML().textContent ?? '',
        vertical: cue.vertical,
      }
    })
    video.remove()
    return found
  }, file)

/** Ours, in the order browsers keep cues: by start, the longer first. Readings of ruby are part of what they show. */
const ourCues = (file: string): Shown[] =>
  vtt
    .read(file)
    .document.captions.map(({ label, start, end, runs, place }) => ({
      id: label ?? '',
      start,
      end,
      text: runs.map(({ text, marks }) => text + (marks.ruby?.text ?? '')).join(''),
      vertical: place?.vertical ?? '',
    }))
    .sort((a, b) => a.start - b.start || b.end - a.end)

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
  this.timeout(120_000)
  let browser: Browser
  let page: Page

  before(async function () {
    const opened = await openBrowser()
    if (typeof opened === 'string') {
      console.log(`    skipped: ${opened}`)
      return this.skip()
    }
    browser = opened
    page = (await openSeat(browser)).page
  })
  after(() => browser?.close())

  it('shows what we write as it was meant', async () => {
    const shown = await cuesOf(page, vtt.write?.(written) ?? '')
    expect(shown).to.deep.equal([
      { id: '', start: 1000, end: 2000, text: 'One & <two>\nthree', vertical: '' },
      { id: 'second', start: 2500, end: 3_600_500, text: 'slanted 灯あかり red', vertical: 'rl' },
    ])
    expect(written.captions.map(textOf)).to.have.length(2)
  })

  it('makes the cues of broken files that we make of them', async () => {
    const files = (samples.vtt ?? []).flatMap(file => [
      Buffer.from(file),
      ...Array.from({ length: 20 }, (_, i) => mutate(Buffer.from(file), diceOf(i + 1), [])),
    ])
    let compared = 0
    for (const bytes of files) {
      const file = new TextDecoder().decode(bytes)
      if (!file.startsWith('WEBVTT')) continue
      // Chromium names a cue by the row before it even where a comment runs into it; the standard does not.
      const plain = (list: Shown[]) =>
        list.map(({ id: _, text, ...rest }) => ({ ...rest, text: text.trim() }))
      expect(plain(ourCues(file)), file).to.deep.equal(plain(await cuesOf(page, file)))
      compared++
    }
    expect(compared).to.be.above(20)
  })
})
