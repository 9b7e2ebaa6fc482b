import { expect } from 'chai'
import fc from 'fast-check'
import { type Document, editCaption, type Part, textOf } from '../../pipelines/subtitles/document.ts'
import { formats } from '../../pipelines/subtitles/formats/all.ts'
import { lost } from '../../pipelines/subtitles/lost.ts'
import { readSubtitles } from '../../pipelines/subtitles/read.ts'
import { writeSubtitles } from '../../pipelines/subtitles/write.ts'
import { captionsThrough, type Speech, trickyWords } from '../support/captions.ts'
import { mutations, samples } from '../support/subtitle-samples.ts'

const tops = [
  { block: 'top' },
  { block: 'middle', inline: 'left' },
  { inline: 'right' },
  { block: 'top', inline: 'left' },
] as const
const boxes = [
  ...tops,
  { block: 'bottom', inline: 'start', box: { x: 5, y: 70, width: 90, height: 25.5 } },
] as const

/** What each format can say of the model. Everything else it says is lost, and told. */
const speeches: Readonly<Record<string, Speech>> = {
  srt: {
    marks: ['bold', 'italic', 'underline', 'strike', 'color', 'font', 'size'],
    places: tops,
    grain: 1,
    words: trickyWords,
  },
  vtt: {
    marks: [
      'bold',
      'italic',
      'underline',
      'strike',
      'color',
      'background',
      'voice',
      'language',
      'classes',
      'ruby',
    ],
    places: [
      { block: 'top' },
      { inline: 'left' },
      { inline: 'end', vertical: 'rl' },
      { block: 'middle', point: { x: 20, y: 30.5 } },
    ],
    grain: 1,
    words: trickyWords,
  },
  ttml: {
    sizes: ['80%', '150%'],
    marks: [
      'bold',
      'italic',
      'underline',
      'strike',
      'color',
      'background',
      'outline',
      'font',
      'size',
      'language',
      'voice',
    ],
    places: boxes,
    grain: 1,
    words: trickyWords,
    speakers: true,
  },
  imsc: {
    sizes: ['80%', '150%'],
    marks: [
      'bold',
      'italic',
      'underline',
      'strike',
      'color',
      'background',
      'language',
      'ruby',
      'emphasis',
      'upright',
      'shear',
    ],
    places: [...boxes, { block: 'top', vertical: 'rl' }],
    grain: 1,
    words: trickyWords,
    speakers: true,
  },
  'ebu-tt-d': {
    sizes: ['80%', '150%'],
    marks: ['bold', 'italic', 'underline', 'color', 'background', 'language'],
    places: boxes,
    grain: 1,
    words: trickyWords,
    speakers: true,
  },
  itt: { marks: ['bold', 'italic', 'underline', 'color'], places: tops, grain: 1001, words: trickyWords },
  json: {
    marks: [
      'bold',
      'italic',
      'underline',
      'strike',
      'color',
      'background',
      'outline',
      'font',
      'size',
      'style',
      'voice',
      'language',
      'classes',
      'ruby',
      'emphasis',
      'upright',
      'shear',
      'sung',
    ],
    places: [...tops, ...boxes, { vertical: 'rl' }],
    grain: 1,
    words: trickyWords,
    speakers: true,
  },
  scc: {
    marks: [],
    places: tops,
    grain: 1,
    words: [...'Aé7Ñ’—ß"-^x'],
    sent: { rate: { num: 30_000, den: 1001 }, room: 20_000 },
  },
  lrc: { marks: [], places: [{}], grain: 1, words: trickyWords, kind: 'song', apart: true },
  'ebu-stl': {
    marks: ['italic', 'underline'],
    places: [{ block: 'top' }, { inline: 'left' }, { block: 'middle', inline: 'right' }],
    grain: 40,
    words: ['Hello', 'é', 'Ærø', 'ő', '1ª', '«a»', 'x ♪', '¡', 'ß', '$', '-', '"x"'],
  },
  ass: {
    marks: [
      'bold',
      'italic',
      'underline',
      'strike',
      'color',
      'outline',
      'background',
      'font',
      'size',
      'style',
    ],
    places: [...tops, { block: 'top', inline: 'center', point: { x: 25, y: 50 } }],
    grain: 10,
    words: trickyWords,
    speakers: true,
  },
}

/** Bytes of a file as one character each, so that they can be compared and shown. */
const shown = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

describe('every subtitle format', () => {
  for (const format of formats) {
    const write = (document: Document) => writeSubtitles(document, format).bytes
    const read = (bytes: Uint8Array) => readSubtitles(bytes, `x.${format.extensions[0]}`)
    const files = samples[format.name] ?? []

    describe(format.title, () => {
      it('is told by its bytes', () => {
        expect(files, 'has samples').not.to.be.empty
        for (const file of files) expect(readSubtitles(Buffer.from(file)).format?.name).to.equal(format.name)
      })

      it('reads whatever comes, and writes what nobody edited as it came', () => {
        fc.assert(
          fc.property(fc.constantFrom(...files), mutations, (file, mutate) => {
            const bytes = mutate(Buffer.from(file))
            const { document, diagnostics } =
              format.kind === 'bytes' ? format.read(bytes) : format.read(bytes.toString('utf8'))
            for (const { line, column } of diagnostics) expect(line >= 1 && column >= 1).to.equal(true)
            if (!format.write) return
            const back = format.write(document)
            expect(
              Buffer.from(back).equals(format.kind === 'bytes' ? bytes : Buffer.from(bytes.toString('utf8'))),
            ).to.equal(true)
          }),
          { numRuns: 100 },
        )
      })

      const speech = speeches[format.name]
      if (!speech) return

      it('says what it can say so that reading it gives the same', () => {
        fc.assert(
          fc.property(captionsThrough(speech), document => {
            const bytes = write(document)
            const after =
              format.kind === 'bytes' ? format.read(bytes) : format.read(Buffer.from(bytes).toString('utf8'))
            const show = Buffer.from(bytes).toString()
            expect(after.document.captions.map(textOf), show).to.deep.equal(document.captions.map(textOf))
            expect(lost(document, after.document), show).to.deep.equal([])
            expect(
              lost(after.document, document).filter(
                ({ what }) => !/^(?:style|title|name|region|speaker|rate)/.test(what),
              ),
              show,
            ).to.deep.equal([])
          }),
          { numRuns: 60 },
        )
      })

      // The first block of EBU STL counts all others.
      const uncounted = (file: string) =>
        format.name === 'ebu-stl' ? file.slice(0, 238) + file.slice(248) : file

      it('changes only the caption that was edited', () => {
        for (const file of files) {
          const { document } = read(Buffer.from(file))
          for (const { id } of document.captions) {
            const edited = write(
              editCaption(document, id, one => ({ ...one, runs: [{ text: 'Edited', marks: {} }] })),
            )
            const after = read(edited).document
            expect(after.captions.map(textOf)).to.deep.equal(
              document.captions.map(one => (one.id === id ? 'Edited' : textOf(one))),
            )
            const parts = document.origin?.parts ?? []
            const at = parts.findIndex(({ caption, also = [] }) =>
              [caption, ...also].some(one => one?.id === id),
            )
            const raw = (list: readonly Part[]) => list.map(part => part.raw).join('')
            const own = (text: string) => (format.kind === 'bytes' ? text : shown(Buffer.from(text)))
            expect(uncounted(shown(edited)).startsWith(uncounted(own(raw(parts.slice(0, at)))))).to.equal(
              true,
            )
            expect(shown(edited).endsWith(own(raw(parts.slice(at + 1))))).to.equal(true)
          }
        }
      })

      it('takes captions out and puts new ones in', () => {
        for (const file of files) {
          const { document } = read(Buffer.from(file))
          if (document.captions.length < 2) continue
          const [first, ...rest] = document.captions
          const fresh = {
            id: 'new',
            start: 3_600_000,
            end: 3_601_000,
            kind: 'dialogue' as const,
            runs: [{ text: 'Put in', marks: {} }],
          }
          const after = read(write({ ...document, captions: [...rest, fresh] })).document
          expect(after.captions.map(textOf)).to.deep.equal([...rest, fresh].map(textOf))
          expect(first && textOf(first)).to.be.a('string')
        }
      })
    })
  }
})
