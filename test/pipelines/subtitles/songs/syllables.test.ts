import { expect } from 'chai'
import { type Caption, type Document, textOf } from '../../../../pipelines/subtitles/document.ts'
import { ass } from '../../../../pipelines/subtitles/formats/ass.ts'
import { json } from '../../../../pipelines/subtitles/formats/json.ts'
import { readSubtitles } from '../../../../pipelines/subtitles/read.ts'
import {
  linkByTime,
  linkedWith,
  missingPartners,
  retimeLinked,
  unlink,
} from '../../../../pipelines/subtitles/songs/links.ts'
import { join, retime, reword, split, syllablesOf } from '../../../../pipelines/subtitles/songs/syllables.ts'

const file = (events: string) => `[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: OP Romaji,Arial,20
Style: OP Kanji,Arial,20
Style: OP English,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
${events}`
const row = (style: string, start: string, end: string, text: string) =>
  `Dialogue: 0,0:00:${start},0:00:${end},${style},,0,0,0,,${text}\n`
const read = (events: string): Document => readSubtitles(Buffer.from(file(events))).document
const written = (document: Document) =>
  (ass.write?.(document) ?? '').split('\n').filter(one => one.startsWith('Dialogue'))

describe('the syllables of a song', () => {
  const karaoke = row('OP Romaji', '01.00', '03.00', '{\\k20}ka{\\kf30}ra{\\k50}oke')
  const document = read(karaoke)
  const song = document.captions[0] as Caption
  const told = (caption: Caption) =>
    syllablesOf(caption).map(({ text, start, end }) => `${text} ${start}-${end}`)
  const inAss = (caption: Caption) =>
    written({ ...document, captions: [caption] })[0]
      ?.split(',,')
      .at(-1)

  it('are listed with their times, counted from the caption', () => {
    expect(told(song)).to.deep.equal(['ka 0-200', 'ra 200-500', 'oke 500-1000'])
  })
  it('share an edge: moved, it is the end of one and the beginning of the next, and no further than either', () => {
    expect(told(retime(song, 0, 350))).to.deep.equal(['ka 0-350', 'ra 350-500', 'oke 500-1000'])
    expect(told(retime(song, 0, 9000))).to.deep.equal(['ka 0-500', 'ra 500-500', 'oke 500-1000'])
    expect(told(retime(song, 1, -50))).to.deep.equal(['ka 0-200', 'ra 200-200', 'oke 200-1000'])
    expect(told(retime(song, 2, 9000))).to.deep.equal(['ka 0-200', 'ra 200-500', 'oke 500-2000'])
    expect(retime(song, 7, 1)).to.equal(song)
  })
  it('are split by how much each says, and joined again', () => {
    const parted = split(song, 2, 1)
    expect(told(parted)).to.deep.equal(['ka 0-200', 'ra 200-500', 'o 500-667', 'ke 667-1000'])
    expect(told(join(parted, 2))).to.deep.equal(told(song))
    expect(split(song, 0, 0)).to.equal(song)
    expect(split(song, 0, 2)).to.equal(song)
    expect(join(song, 2)).to.equal(song)
  })
  it('are worded otherwise one by one: times and the others stay', () => {
    const other = reword(song, 1, 'RA')
    expect(told(other)).to.deep.equal(['ka 0-200', 'RA 200-500', 'oke 500-1000'])
    expect([other.runs[0], other.runs[2]]).to.deep.equal([song.runs[0], song.runs[2]])
  })
  it('stand so in the file, each with the way it is coloured', () => {
    const again = read(row('OP Romaji', '01.00', '03.00', inAss(retime(song, 0, 350)) ?? ''))
      .captions[0] as Caption
    expect(told(again).filter(one => !one.startsWith(' '))).to.deep.equal([
      'ka 0-350',
      'ra 350-500',
      'oke 500-1000',
    ])
    expect(inAss(reword(song, 1, 'RA'))).to.equal('{\\k20}ka{\\kf30}RA{\\k50}oke')
    expect(
      syllablesOf(
        read(row('OP Romaji', '01.00', '03.00', inAss(split(song, 2, 1)) ?? '')).captions[0] as Caption,
      ),
    ).to.have.length(4)
  })
})

describe('the forms of a song', () => {
  const document = linkByTime(
    read(
      row('OP Romaji', '01.00', '03.00', 'yozora') +
        row('OP Kanji', '01.00', '03.00', '夜空') +
        row('OP English', '01.00', '03.00', 'Night sky') +
        row('OP Romaji', '04.00', '06.00', 'hoshi') +
        row('OP Kanji', '04.00', '06.00', '星'),
    ),
  )
  const [romaji, kanji, english, hoshi] = document.captions.map(({ id }) => id) as [
    string,
    string,
    string,
    string,
  ]
  const spans = ({ captions }: Document) => captions.map(({ start, end }) => `${start}-${end}`)

  it('are linked where they stand at one time and their styles say which they are', () => {
    expect(document.captions.map(({ twin }) => twin)).to.deep.equal([
      undefined,
      romaji,
      romaji,
      undefined,
      hoshi,
    ])
    expect(linkedWith(document, kanji).map(textOf)).to.deep.equal(['夜空', 'yozora', 'Night sky'])
  })
  it('are not guessed where there are two of one form', () => {
    const two = linkByTime(
      read(
        row('OP Romaji', '01.00', '03.00', 'a') +
          row('OP Romaji', '01.00', '03.00', 'b') +
          row('OP English', '01.00', '03.00', 'c'),
      ),
    )
    expect(two.captions.every(({ twin }) => twin === undefined)).to.equal(true)
  })
  it('go where any of them goes', () => {
    const moved = retimeLinked(document, english, { start: 1200, end: 3100 })
    expect(spans(moved)).to.deep.equal(['1200-3100', '1200-3100', '1200-3100', '4000-6000', '4000-6000'])
    expect(retimeLinked(document, english, { start: 5, end: 5 })).to.equal(document)
  })
  it('stay where they are once they are on their own', () => {
    const moved = retimeLinked(unlink(document, english), romaji, { start: 1200, end: 3200 })
    expect(spans(moved).slice(0, 3)).to.deep.equal(['1200-3200', '1200-3200', '1000-3000'])
  })
  it('are missed where others have them, and where their partner is gone', () => {
    expect(missingPartners(document)).to.deep.equal([{ caption: hoshi, lacks: 'translation' }])
    const without = { captions: document.captions.filter(({ id }) => id !== romaji) }
    expect(missingPartners(without)).to.deep.include({ caption: kanji, lacks: 'partner' })
  })
  it('survive saving as our JSON, and ASS that was not edited stays as it came', () => {
    const again = json.read(json.write?.(document) ?? '').document
    expect(again.captions.map(({ twin }) => twin)).to.deep.equal(document.captions.map(({ twin }) => twin))
    expect(written(document)).to.have.length(5)
  })
})
