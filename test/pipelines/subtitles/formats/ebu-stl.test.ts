import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  type Caption,
  type Document,
  editCaption,
  type Marks,
  textOf,
} from '../../../../pipelines/subtitles/document.ts'
import { ebuStl } from '../../../../pipelines/subtitles/formats/ebu-stl.ts'
import {
  gsiSize,
  printGsi,
  printTti,
  readGsi,
  readTti,
  ttiSize,
} from '../../../../pipelines/subtitles/formats/ebu-stl-blocks.ts'
import { srt } from '../../../../pipelines/subtitles/formats/srt.ts'
import { lost } from '../../../../pipelines/subtitles/lost.ts'
import { writeSubtitles } from '../../../../pipelines/subtitles/write.ts'
import { failedAssertions } from '../../../support/schematron.ts'
import { sharedFile } from '../../../support/shared.ts'
import { stlXml } from '../../../support/stl-xml.ts'

const write = (document: Document): Buffer => Buffer.from(ebuStl.write?.(document) ?? [])
const caption = (text: string, more: Partial<Caption> = {}): Caption => ({
  id: '1',
  start: 1000,
  end: 2000,
  kind: 'dialogue',
  runs: [{ text, marks: {} }],
  ...more,
})
const through = (...captions: Caption[]) => ebuStl.read(write({ captions })).document

type Block = { readonly text: string } & Partial<Omit<ReturnType<typeof readTti>, 'text'>>
/** A file of blocks whose texts are given byte for byte; what isn't said is as usual. */
function file(head: Partial<ReturnType<typeof readGsi>>, ...blocks: Block[]): Buffer {
  const usual = { CPN: '850', DFC: 'STL25.01', DSC: '1', CCT: '00', LC: '08', TCS: '1', MNR: '23' }
  const count = String(blocks.length).padStart(5, '0')
  const gsi = printGsi(Buffer.alloc(gsiSize, ' '), {
    ...usual,
    TNB: count,
    TNS: count,
    TCP: '00000000',
    ...head,
  })
  return Buffer.concat([
    gsi,
    ...blocks.map(({ text, ...more }, i) =>
      printTti({
        group: 0,
        number: i + 1,
        extension: 0xff,
        cumulative: 0,
        in: [0, 0, i * 2 + 1, 0],
        out: [0, 0, i * 2 + 2, 0],
        row: 22,
        justification: 2,
        comment: false,
        ...more,
        text: Buffer.from(text, 'latin1'),
      }),
    ),
  ])
}
const read = (...args: Parameters<typeof file>) => ebuStl.read(file(...args))
const runsOf = (text: string, head = {}) =>
  read(head, { text }).document.captions[0]?.runs.map(({ text, marks }) => [text, marks])
const codes = (bytes: Buffer) => ebuStl.read(bytes).diagnostics.map(({ code, line }) => [code, line])

describe('EBU STL', () => {
  describe("says of every file of the IRT's suite what its rules want", () => {
    const folder = sharedFile('conformance/ebu-stl')
    if (!folder) return
    for (const name of readdirSync(join(folder, 'files')))
      it(name, () => {
        const bytes = readFileSync(join(folder, 'files', name))
        const rules = readFileSync(join(folder, 'rules', name.replace(/stl$/, 'sch')), 'utf8')
        const flags = [...rules.matchAll(/<p>(-.*?)<\/p>/g)].map(found => found[1] ?? '')
        expect(failedAssertions(rules, stlXml(bytes, name, flags))).to.deep.equal([])
        expect(write(ebuStl.read(bytes).document).equals(bytes), 'is written as it came').to.equal(true)
      })

    it('reads the words of them', () => {
      const said = (name: string) =>
        ebuStl
          .read(readFileSync(join(folder, 'files', `requirement-${name}.stl`)))
          .document.captions.map(textOf)
      expect(said('0215-001')[1]).to.equal('A simple subtitle.')
      expect(said('0250-001')[1]).to.equal('Line 1\nLine 2')
      expect(said('0208-002')[1]).to.equal('Block_00Block_FF')
      expect(said('0208-003')[1]).to.equal('Block_00Block_FF')
      expect(said('0166-003')[1]).to.equal('ìúâãāăȧëåçḇőęžJ́')
      expect(said('0166-005')[1]).to.equal('ΩÆĐªĦĲĿŁØŒºÞŦŊŉ')
      expect(said('0218-004')[2]).to.equal('Ω')
    })
  })

  const texts: readonly (readonly [
    sentence: string,
    bytes: string,
    runs: readonly (readonly [string, Marks])[],
  ])[] = [
    [
      'a code takes a cell, which is seen as a space',
      'ab\x01cd',
      [
        ['ab', {}],
        [' cd', { color: '#ff0000' }],
      ],
    ],
    [
      'a code beside a space shows one',
      'ab \x01cd',
      [
        ['ab ', {}],
        ['cd', { color: '#ff0000' }],
      ],
    ],
    [
      'codes at the edges of a row show nothing',
      '\x0d\x03\x0b\x0babc\x0a\x0a',
      [['abc', { color: '#ffff00' }]],
    ],
    ['spaces outside of boxes are nothing', '  \x0d\x0b\x0b a \x0a\x0a  ', [[' a ', {}]]],
    [
      'two breaks after double height are one',
      '\x0d\x0b\x0bab\x0a\x0a\x8a\x8a\x0d\x0b\x0bcd',
      [['ab\ncd', {}]],
    ],
    ['one break after double height is one', '\x0dab\x8a\x0dcd', [['ab\ncd', {}]]],
    ['two breaks in single height leave a row free', 'ab\x8a\x8acd', [['ab\n\ncd', {}]]],
    ['breaks at the end are nothing', 'ab\x0a\x0a\x8a\x8a', [['ab', {}]]],
    [
      'colours end with their row',
      '\x02ab\x8acd',
      [
        ['ab\n', { color: '#00ff00' }],
        ['cd', {}],
      ],
    ],
    [
      'a new background is of the colour before it',
      '\x04\x1d\x07ab\x1ccd',
      [
        ['ab', { background: '#0000ff' }],
        [' cd', {}],
      ],
    ],
    [
      'slant and underline take no cell',
      'a\x80b\x82c\x81\x83d',
      [
        ['a', {}],
        ['b', { italic: true }],
        ['c', { italic: true, underline: true }],
        ['d', {}],
      ],
    ],
    ['an accent stands before its letter', '\xc2e\xc8U\xcbc', [['éÜç', {}]]],
    ['what comes behind an unused byte is nothing', 'ab\x8fcd', [['ab', {}]]],
  ]
  for (const [sentence, bytes, runs] of texts)
    it(sentence, () => {
      expect(runsOf(bytes)).to.deep.equal(runs)
    })

  it('reads the alphabets of its other tables', () => {
    expect(runsOf('\xbf\xe0\xd8', { CCT: '01' })).to.deep.equal([['При', {}]])
    expect(runsOf('\xd9\xe9', { CCT: '03' })).to.deep.equal([['Ωι', {}]])
    expect(runsOf('\xf9\xec', { CCT: '04' })).to.deep.equal([['של', {}]])
  })

  it('writes the alphabet that a text needs', () => {
    for (const [text, table] of [
      ['la 1ª y el 2º, ¿no?', '00'],
      ['Žluťoučký kůň', '00'],
      ['Привет', '01'],
      ['مرحبا', '02'],
      ['Καλημέρα', '03'],
      ['שלום', '04'],
    ] as const) {
      const bytes = write({ captions: [caption(text)] })
      expect(readGsi(bytes).CCT).to.equal(table)
      expect(ebuStl.read(bytes).document.captions.map(textOf)).to.deep.equal([text])
    }
    const { lost } = writeSubtitles({ captions: [caption('灯り')] }, ebuStl)
    expect(lost).to.deep.equal([{ what: 'text', captions: ['1'] }])
  })

  it('counts from where the programme starts, and keeps where that is', () => {
    const bytes = write({ offset: 36_000_000, captions: [caption('x')] })
    expect(readGsi(bytes).TCP).to.equal('10000000')
    expect(readTti(bytes.subarray(gsiSize)).in).to.deep.equal([10, 0, 1, 0])
    const { document } = ebuStl.read(bytes)
    expect([document.offset, document.captions[0]?.start]).to.deep.equal([36_000_000, 1000])
    const late = read({ TCP: '10000000' }, { text: 'x' })
    expect([late.document.offset, late.document.captions[0]?.start]).to.deep.equal([undefined, 1000])
    expect(late.diagnostics.map(({ code }) => code)).to.deep.equal(['start-late'])
  })

  it('counts frames at the rate that the file names', () => {
    const at = (format: string) =>
      read({ DFC: format }, { text: 'x', in: [0, 0, 1, 12], out: [1, 0, 0, 0] }).document.captions.map(
        ({ start, end }) => [start, end],
      )[0]
    expect(at('STL25.01')).to.deep.equal([1480, 3_600_000])
    expect(at('STL30.01')).to.deep.equal([1400, 3_600_000])
    expect(at('STL24.01')).to.deep.equal([1500, 3_600_000])
    expect(at('STL23.01')).to.deep.equal([1502, 3_603_600])
  })

  it('takes a cumulative set off the screen together', () => {
    const { document } = read(
      {},
      { text: 'a', cumulative: 1 },
      { text: 'b', cumulative: 2 },
      { text: 'c', cumulative: 3 },
      { text: 'd' },
    )
    expect(document.captions.map(({ start, end }) => [start, end])).to.deep.equal([
      [1000, 6000],
      [3000, 6000],
      [5000, 6000],
      [7000, 8000],
    ])
  })

  it('keeps comments beside the subtitle before them, never on the screen', () => {
    const { document } = read({}, { text: 'said' }, { text: 'a joke', comment: true }, { text: 'more' })
    expect(document.captions.map(one => [textOf(one), one.beside?.['stl.comment']])).to.deep.equal([
      ['said', 'a joke'],
      ['more', undefined],
    ])
    expect(writeSubtitles(document, srt).lost).to.deep.include({ what: 'comments', captions: ['1'] })
    const edited = write(
      editCaption(document, '1', one => ({ ...one, beside: { 'stl.comment': 'no joke' } })),
    )
    expect(ebuStl.read(edited).document.captions[0]?.beside?.['stl.comment']).to.equal('no joke')
    expect(edited.length).to.equal(gsiSize + 3 * ttiSize)
  })

  it('reads where a subtitle stands', () => {
    const at = (row: number, justification: number, text = 'x') =>
      read({}, { text, row, justification }).document.captions[0]?.place
    expect(at(22, 2)).to.equal(undefined)
    expect(at(2, 1)).to.deep.equal({ block: 'top', inline: 'left' })
    expect(at(11, 3)).to.deep.equal({ block: 'middle', inline: 'right' })
  })

  it('changes only what was edited of a subtitle, in its own blocks', () => {
    const bytes = file(
      { UDA: 'x'.repeat(576) },
      { text: '\x0d\x0b\x0bone\x0a\x0a', group: 3, row: 20, justification: 0 },
      { text: 'first half ', number: 2, extension: 0 },
      { text: 'a user\x0a', number: 2, extension: 0xfe },
      { text: 'second half', number: 2 },
      { text: '\x0d\x18\x0b\x0bthree\x0a\x0a' },
    )
    const { document } = ebuStl.read(bytes)
    expect(write(document).equals(bytes)).to.equal(true)
    const diff = (edit: (one: Caption) => Caption, id: string) => {
      const now = write(editCaption(document, id, edit))
      return [...now.keys()].filter(at => now[at] !== bytes[at])
    }
    const block = (n: number) => gsiSize + n * ttiSize
    expect(diff(one => ({ ...one, start: 1040 }), '1')).to.deep.equal([block(0) + 8])
    expect(diff(one => ({ ...one, end: 4040 }), '2')).to.deep.equal([
      block(1) + 12,
      block(3) + 11,
      block(3) + 12,
    ])
    expect(diff(one => ({ ...one, place: { inline: 'left' } }), '2')).to.deep.equal([
      block(1) + 14,
      block(3) + 14,
    ])
    const joined = write(
      editCaption(document, '2', one => ({ ...one, runs: [{ text: 'whole', marks: {} }] })),
    )
    expect(joined.length).to.equal(bytes.length - ttiSize)
    expect(readTti(joined.subarray(block(2))).extension).to.equal(0xfe)
    expect(readGsi(joined).TNB).to.equal('00004')
    expect(readGsi(joined).UDA).to.equal('x'.repeat(576))
    const shown = write(
      editCaption(document, '3', one => ({ ...one, runs: one.runs.map(run => ({ ...run, text: 'THREE' })) })),
    )
    expect(shown.equals(Buffer.from(bytes.toString('latin1').replace('three', 'THREE'), 'latin1'))).to.equal(
      true,
    )
  })

  it('changes a field of the first block when its words change', () => {
    const bytes = file({ OPT: 'Old', PUB: 'Somebody' }, { text: 'x' })
    const { document } = ebuStl.read(bytes)
    expect(document.beside).to.deep.equal({ 'stl.PUB': 'Somebody' })
    const edited = write({ ...document, title: 'New', beside: { 'stl.PUB': 'Nobody' } })
    expect([readGsi(edited).OPT.trim(), readGsi(edited).PUB.trim()]).to.deep.equal(['New', 'Nobody'])
    expect(edited.subarray(gsiSize).equals(bytes.subarray(gsiSize))).to.equal(true)
  })

  it('numbers subtitles without gaps when one is put in', () => {
    const { document } = read({}, { text: 'a' }, { text: 'b' })
    const [first, second] = document.captions
    if (!first || !second) return expect.fail('nothing was read')
    const edited = write({ ...document, captions: [first, caption('new', { id: 'new' }), second] })
    const labels = ebuStl.read(edited).document.captions.map(one => [textOf(one), one.label])
    expect(labels).to.deep.equal([
      ['a', '1'],
      ['new', '2'],
      ['b', '3'],
    ])
  })

  it('writes teletext where colours are, and open subtitles where there is slant or rows are long', () => {
    const standard = (one: Caption) => readGsi(write({ captions: [one] })).DSC
    const marked = (marks: Marks) => caption('', { runs: [{ text: 'x', marks }] })
    expect(standard(marked({ color: '#ff0000' }))).to.equal('1')
    expect(standard(marked({ italic: true }))).to.equal('0')
    expect(standard(caption('x'.repeat(42)))).to.equal('0')
  })

  it('says colours of teletext so that reading them gives the same', () => {
    const color = fc.option(fc.constantFrom('#ff0000', '#00ff00', '#ffff00', '#0000ff'), { nil: undefined })
    const run = fc.record({
      text: fc.constantFrom('Hello', 'é', 'you there'),
      marks: fc.record({ color, background: color }).map(marks => JSON.parse(JSON.stringify(marks))),
    })
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 3 }), fc.boolean(), (runs, rows) => {
        const spaced = runs.map((one, i) => ({
          ...one,
          text: one.text + (i === runs.length - 1 ? '' : rows ? '\n' : ' '),
        }))
        const document = { captions: [caption('', { runs: spaced })] }
        const after = through(...document.captions)
        expect(after.captions.map(textOf)).to.deep.equal(document.captions.map(textOf))
        const gone = lost(document, after).filter(({ what }) => what !== 'background')
        expect(gone).to.deep.equal([])
      }),
      { numRuns: 200 },
    )
  })

  it('spreads a long text over blocks, and reads it as one', () => {
    const text = 'A row of about forty characters is usual\n'.repeat(8).trim()
    const bytes = write({ captions: [caption(text)] })
    expect((bytes.length - gsiSize) / ttiSize).to.equal(3)
    expect([3, 131, 259].map(at => bytes[gsiSize + at])).to.deep.equal([0, 1, 0xff])
    expect(bytes.at(-1)).to.equal(0x8f)
    expect(ebuStl.read(bytes).document.captions.map(textOf)).to.deep.equal([text])
  })

  it('tells what is wrong, and goes on', () => {
    expect(codes(Buffer.from('850STL25.01'))).to.deep.equal([['head-short', 1]])
    expect(
      codes(file({ DFC: 'STLxx.01', CPN: 'ABC', CCT: '99', TCS: '0', TNB: '00007' }, { text: 'x' })),
    ).to.deep.equal([
      ['rate-unknown', 1],
      ['page-unknown', 1],
      ['table-unknown', 1],
      ['use-none', 1],
      ['count-wrong', 1],
    ])
    expect(
      codes(
        Buffer.concat([
          file(
            {},
            { text: 'x', in: [0, 0, 61, 30] },
            { text: 'y', extension: 0xf3 },
            { text: 'z', extension: 0, number: 3 },
            { text: '\xdb', number: 4 },
          ),
          Buffer.from('rest'),
        ]),
      ),
    ).to.deep.equal([
      ['block-reserved', 3],
      ['extension-missing', 4],
      ['times-odd', 2],
      ['times-backward', 2],
      ['char-unknown', 5],
      ['block-short', 6],
    ])
  })
})
