import { expect } from 'chai'
import { type Document, editCaption, textOf } from '../../../../pipelines/subtitles/document.ts'
import { lrc } from '../../../../pipelines/subtitles/formats/lrc.ts'

type Row = readonly [start: number, end: number, text: string]
const read = (file: string): Row[] =>
  lrc.read(file).document.captions.map(caption => [caption.start, caption.end, textOf(caption)])
const write = (document: Document): string => lrc.write?.(document) ?? ''
const edited = (file: string, id: string, text: string) =>
  write(editCaption(lrc.read(file).document, id, one => ({ ...one, runs: [{ text, marks: {} }] })))
const syllables = (file: string) =>
  lrc.read(file).document.captions.map(({ runs }) => runs.map(({ text, marks }) => [text, marks.sung]))

const cases: readonly (readonly [sentence: string, file: string, captions: readonly Row[]])[] = [
  [
    'a row lasts until the next',
    '[00:01.00]a\n[00:02.50]b\n',
    [
      [1000, 2500, 'a'],
      [2500, 7500, 'b'],
    ],
  ],
  [
    'a row without words ends the one before it',
    '[00:01.00]a\n[00:02.00]\n[00:04.00]b\n[00:05.00]\n',
    [
      [1000, 2000, 'a'],
      [4000, 5000, 'b'],
    ],
  ],
  [
    'a row of several times is sung at each of them',
    '[00:01.00][00:05.00]a\n[00:02.00]b\n',
    [
      [1000, 2000, 'a'],
      [5000, 10_000, 'a'],
      [2000, 5000, 'b'],
    ],
  ],
  ['rows of one time stand together', '[00:01.00]la\n[00:01.00]ら\n[00:02.00]\n', [[1000, 2000, 'la\nら']]],
  [
    'fractions may be of any length, or none',
    '[0:1]a\n[0:2.5]b\n[00:03.125]c\n[00:04.1234]\n',
    [
      [1000, 2500, 'a'],
      [2500, 3125, 'b'],
      [3125, 4123, 'c'],
    ],
  ],
  ['a colon may stand before the fraction', '[00:01:50]a\n[00:02:00]\n', [[1500, 2000, 'a']]],
  ['hours may stand before the minutes', '[01:00:01.00]a\n[01:00:02.00]\n', [[3_601_000, 3_602_000, 'a']]],
  ['minutes may pass an hour', '[90:00.00]a\n[100:00.00]\n', [[5_400_000, 6_000_000, 'a']]],
  [
    'a positive offset lets words come earlier',
    '[offset:+500]\n[00:01.00]a\n[00:02.00]\n',
    [[500, 1500, 'a']],
  ],
  [
    'a negative offset lets words come later',
    '[offset:-500]\n[00:01.00]a\n[00:02.00]\n',
    [[1500, 2500, 'a']],
  ],
  ['the last row ends with the song', '[length: 00:09.50]\n[00:01.00]a\n', [[1000, 9500, 'a']]],
  [
    'rows may stand in any order',
    '[00:03.00]b\n[00:01.00]a\n[00:04.00]\n',
    [
      [3000, 4000, 'b'],
      [1000, 3000, 'a'],
    ],
  ],
  [
    'brackets in a text are text',
    '[00:01.00][Chorus] la [x2]\n[00:02.00]\n',
    [[1000, 2000, '[Chorus] la [x2]']],
  ],
  ['nothing is nothing', '', []],
]

describe('LRC', () => {
  for (const [sentence, file, captions] of cases)
    it(sentence, () => {
      expect(read(file)).to.deep.equal(captions)
      expect(write(lrc.read(file).document)).to.equal(file)
    })

  it('reads times of syllables, however they are written', () => {
    const wanted = [
      [
        ['One ', { start: 0, end: 500 }],
        ['two', { start: 500, end: 1000 }],
      ],
    ]
    expect(syllables('[00:01.00]<00:01.00>One <00:01.50>two<00:02.00>\n[00:03.00]\n')).to.deep.equal(wanted)
    expect(syllables('[00:01.00] <00:01.00> One <00:01.50> two\n[00:02.00]\n')).to.deep.equal(wanted)
    expect(syllables('[00:01.00]<00:01.00>One [00:01.50]two[00:02.00]\n[00:03.00]\n')).to.deep.equal(wanted)
    expect(syllables('[00:01.00]a <00:01.50>b\n[00:02.00]\n')).to.deep.equal([
      [
        ['a ', undefined],
        ['b', { start: 500, end: 1000 }],
      ],
    ])
  })

  it('writes times of syllables, pauses between them and rows inside of them', () => {
    const sung = (text: string, start: number, end: number) => ({ text, marks: { sung: { start, end } } })
    const document: Document = {
      captions: [
        {
          id: '1',
          start: 1000,
          end: 4000,
          kind: 'song',
          runs: [
            sung('ka', 0, 200),
            sung('ra\no', 300, 1000),
            sung('ke', 1000, 2500),
            { text: ' !', marks: {} },
          ],
        },
      ],
    }
    const file = write(document)
    expect(file).to.equal(
      '[00:01.00]<00:01.00>ka<00:01.20><00:01.30>ra<00:02.00>\n[00:01.00]<00:01.30>o<00:02.00>ke<00:03.50> !\n[00:04.00]\n',
    )
    expect(syllables(file)[0]?.slice(0, 2)).to.deep.equal([
      ['ka', { start: 0, end: 200 }],
      ['ra', { start: 300, end: 1000 }],
    ])
  })

  it('reads what it knows of a song and keeps the rest', () => {
    const { document } = lrc.read('[ti:A song]\n[ar: Somebody ]\n[la:ja]\n[00:01.00]a\n')
    expect([document.title, document.language, document.beside]).to.deep.equal([
      'A song',
      'ja',
      { 'lrc.ar': 'Somebody' },
    ])
  })

  it('gives a row of several times a row for each when one of them is edited', () => {
    const file = '[00:01.00][00:05.00]a\n[00:02.00]b\n[00:06.00]\n'
    expect(edited(file, '2', 'x')).to.equal('[00:01.00]a\n[00:05.00]x\n[00:02.00]b\n[00:06.00]\n')
    expect(edited('[00:02.00]b\n[00:01.00][00:05.00]a', '3', 'x')).to.equal(
      '[00:02.00]b\n[00:01.00]a\n[00:05.00]x\n[00:10.00]',
    )
    expect(edited(file, '3', 'x')).to.equal('[00:01.00][00:05.00]a\n[00:02.00]x\n[00:06.00]\n')
  })

  it('counts the offset of its file in what it writes', () => {
    expect(edited('[offset:+500]\n[00:01.00]a\n[00:02.00]b\n[00:03.00]', '1', 'x')).to.equal(
      '[offset:+500]\n[00:01.00]x\n[00:02.00]b\n[00:03.00]',
    )
  })

  it('writes no words that would be read as times', () => {
    const text = '[00:09.00]a <00:10.00>b'
    const file = write({
      captions: [{ id: '1', start: 0, end: 1000, kind: 'song', runs: [{ text, marks: {} }] }],
    })
    expect(lrc.read(file).document.captions).to.have.length(1)
    expect(syllables(file)[0]).to.have.length(1)
  })

  it('tells what is wrong, and goes on', () => {
    const codes = (file: string) => lrc.read(file).diagnostics.map(({ code, line }) => [code, line])
    expect(codes('[00:01.00]a\nwhat\n[offset:soon]\n')).to.deep.equal([
      ['row-unknown', 2],
      ['offset-odd', 3],
    ])
    expect(codes('Hello')).to.deep.equal([
      ['row-unknown', 1],
      ['no-captions', 1],
    ])
  })
})
