import { expect } from 'chai'
import { textOf } from '../../../../pipelines/subtitles/document.ts'
import { srt } from '../../../../pipelines/subtitles/formats/srt.ts'

type Row = readonly [start: number, end: number, text: string]
const read = (file: string): Row[] =>
  srt.read(file).document.captions.map(caption => [caption.start, caption.end, textOf(caption)])

/** What comes in from the wild, and what it says. */
const cases: readonly (readonly [
  sentence: string,
  file: string,
  captions: readonly Row[],
  codes: readonly string[],
])[] = [
  [
    'a number may stand on the row of times',
    '1 00:00:01,000 --> 00:00:02,000\na\n',
    [[1000, 2000, 'a']],
    ['times-odd', 'number-missing'],
  ],
  [
    'marks of direction and spaces nobody sees are nothing',
    '\u200f1\n\u200e00:00:01,000\u200b\u00a0-->\u202f00:00:02,000\na\n\n\u200f2\n00:00:03,000 \u2212\u2212> 00:00:04,000\nb\n',
    [
      [1000, 2000, 'a'],
      [3000, 4000, 'b'],
    ],
    ['times-odd', 'times-odd'],
  ],
  [
    'the number may be full-width too',
    '１\n００：００：０１，０００ --＞ ００：００：０２，０００\nあ\n',
    [[1000, 2000, 'あ']],
    ['times-odd'],
  ],
  [
    'a reading machine takes digits for letters',
    '1\nOO:OO:Ol,000 --> 00:00:02,OOO\na\n',
    [[1000, 2000, 'a']],
    ['times-odd'],
  ],
  [
    'blank rows under the times are nothing',
    '1\n00:00:01,000 --> 00:00:02,000\n\n\na\n\n2\n00:00:03,000 --> 00:00:04,000\n\nb\n',
    [
      [1000, 2000, 'a'],
      [3000, 4000, 'b'],
    ],
    [],
  ],
  ['DOS marked the end of a file', '1\n00:00:01,000 --> 00:00:02,000\na\n\u001a', [[1000, 2000, 'a']], []],
  [
    'rows may be broken as in HTML',
    '1\n00:00:01,000 --> 00:00:02,000\na<br>b<BR />c\n',
    [[1000, 2000, 'a\nb\nc']],
    [],
  ],
  [
    'a file may stand in itself twice',
    '1\n00:00:01,000 --> 00:00:02,000\na\n\n\ufeff1\n00:00:01,000 --> 00:00:02,000\na\n',
    [
      [1000, 2000, 'a'],
      [1000, 2000, 'a'],
    ],
    [],
  ],
  [
    'a text that begins with NOTE is text',
    '1\n00:00:01,000 --> 00:00:02,000\nNOTEBOOK is mine\nNOTE\n',
    [[1000, 2000, 'NOTEBOOK is mine\nNOTE']],
    [],
  ],
  [
    'a short fraction is one of a second',
    '1\n00:00:00,5 --> 00:00:01,25\na\n',
    [[500, 1250, 'a']],
    ['times-odd'],
  ],
  [
    'a long fraction is cut, not carried',
    '1\n00:00:00,86400234 --> 00:00:02,000\na\n',
    [[864, 2000, 'a']],
    ['times-odd'],
  ],
  [
    'hours have as many digits as they need',
    '1\n25:00:01,000 --> 100:00:00,000\na\n',
    [[90_001_000, 360_000_000, 'a']],
    [],
  ],
  [
    'a time may be before the beginning',
    '1\n-00:00:01,000 --> 00:00:01,000\na\n',
    [[-1000, 1000, 'a']],
    ['times-odd', 'times-negative'],
  ],
  ['an arrow needs no spaces', '1\n00:00:01,000-->00:00:02,000\na\n', [[1000, 2000, 'a']], ['times-odd']],
  ['an arrow may have tabs', '1\n00:00:01,000\t-->\t00:00:02,000\na\n', [[1000, 2000, 'a']], ['times-odd']],
  ['an arrow may be short', '1\n00:00:01,000 -> 00:00:02,000\na\n', [[1000, 2000, 'a']], ['times-odd']],
  ['an arrow may be torn', '1\n00:00:01,000 -- > 00:00:02,000\na\n', [[1000, 2000, 'a']], ['times-odd']],
  [
    'a typographer may have been at it',
    '1\n00:00:01,000 –> 00:00:02,000\na\n',
    [[1000, 2000, 'a']],
    ['times-odd'],
  ],
  ['the fraction may be missing', '1\n00:00:01 --> 00:00:02\na\n', [[1000, 2000, 'a']], ['times-odd']],
  ['hours may be missing', '1\n00:01,000 --> 00:02,000\na\n', [[1000, 2000, 'a']], ['times-odd']],
  [
    'a point or colon may stand for the comma',
    '1\n00:00:01.500 --> 00:00:02:750\na\n',
    [[1500, 2750, 'a']],
    ['times-odd'],
  ],
  [
    'spaces may stand inside the times',
    '1\n00: 00: 01, 000 --> 00: 00: 02, 000\na\n',
    [[1000, 2000, 'a']],
    ['times-odd'],
  ],
  [
    'digits may be full-width',
    '1\n００：００：０１,０００ --> ００：００：０２,０００\na\n',
    [[1000, 2000, 'a']],
    ['times-odd'],
  ],
  [
    'coordinates are no text',
    '1\n00:00:01,000 --> 00:00:02,000  X1:40 X2:600 Y1:20 Y2:50\na\n',
    [[1000, 2000, 'a']],
    [],
  ],
  [
    'seconds past 59 are counted on',
    '1\n00:00:99,000 --> 00:01:40,000\na\n',
    [[99_000, 100_000, 'a']],
    ['times-odd'],
  ],
  [
    'an end before the start is kept, and told',
    '1\n00:00:05,000 --> 00:00:04,000\na\n',
    [[5000, 4000, 'a']],
    ['times-backward'],
  ],
  [
    'numbers may be missing',
    '00:00:01,000 --> 00:00:02,000\na\n\n00:00:03,000 --> 00:00:04,000\nb\n',
    [
      [1000, 2000, 'a'],
      [3000, 4000, 'b'],
    ],
    ['number-missing', 'number-missing'],
  ],
  [
    'blank rows may be missing',
    '1\n00:00:01,000 --> 00:00:02,000\na\n2\n00:00:03,000 --> 00:00:04,000\nb\n',
    [
      [1000, 2000, 'a'],
      [3000, 4000, 'b'],
    ],
    [],
  ],
  [
    'digits of a text stay where numbers are missing',
    '00:00:01,000 --> 00:00:02,000\nagent\n007\n00:00:03,000 --> 00:00:04,000\nb\n',
    [
      [1000, 2000, 'agent\n007'],
      [3000, 4000, 'b'],
    ],
    ['number-missing', 'number-missing'],
  ],
  [
    'digits of a text stay where they are out of sequence',
    '1\n00:00:01,000 --> 00:00:02,000\nagent\n007\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n',
    [
      [1000, 2000, 'agent\n007'],
      [3000, 4000, 'b'],
    ],
    [],
  ],
  [
    'numbers may be out of order',
    '9\n00:00:01,000 --> 00:00:02,000\na\n\n4\n00:00:03,000 --> 00:00:04,000\nb\n',
    [
      [1000, 2000, 'a'],
      [3000, 4000, 'b'],
    ],
    [],
  ],
  [
    'a text may be empty',
    '1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\n\n',
    [
      [1000, 2000, ''],
      [3000, 4000, ''],
    ],
    [],
  ],
  [
    'a last caption may be empty',
    '1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:03,000 --> 00:00:04,000',
    [
      [1000, 2000, 'a'],
      [3000, 4000, ''],
    ],
    [],
  ],
  [
    'a blank row inside a text does not end it',
    '1\n00:00:01,000 --> 00:00:02,000\na\n\nb\n\n2\n00:00:03,000 --> 00:00:04,000\nc\n',
    [
      [1000, 2000, 'a\n\nb'],
      [3000, 4000, 'c'],
    ],
    ['blank-inside'],
  ],
  [
    'a row of times that is none is text',
    '1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:xx,000 --> 00:00:04,000\nb\n',
    [[1000, 2000, 'a\n\n2\n00:00:xx,000 --> 00:00:04,000\nb']],
    ['times-unreadable', 'blank-inside'],
  ],
  [
    'many blank rows are one',
    '\n\n\n1\n00:00:01,000 --> 00:00:02,000\na\n\n\n\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n',
    [
      [1000, 2000, 'a'],
      [3000, 4000, 'b'],
    ],
    [],
  ],
  [
    'words before the first caption are told',
    'made by somebody\n\n1\n00:00:01,000 --> 00:00:02,000\na\n',
    [[1000, 2000, 'a']],
    ['text-before'],
  ],
  [
    'rows end in CR, LF or both',
    '1\r00:00:01,000 --> 00:00:02,000\ra\r\r2\r\n00:00:03,000 --> 00:00:04,000\r\nb\r\nc\n',
    [
      [1000, 2000, 'a'],
      [3000, 4000, 'b\nc'],
    ],
    [],
  ],
  [
    'spaces after the number and the times are nothing',
    '1  \n00:00:01,000 --> 00:00:02,000  \na\n',
    [[1000, 2000, 'a']],
    [],
  ],
  ['spaces around a text are kept', '1\n00:00:01,000 --> 00:00:02,000\n  a  \n', [[1000, 2000, '  a  ']], []],
  [
    'what only looks like a tag is text',
    '1\n00:00:01,000 --> 00:00:02,000\nI <3 you & <b\nx < y > z <foo>\n',
    [[1000, 2000, 'I <3 you & <b\nx < y > z <foo>']],
    [],
  ],
  [
    'an arrow in a text is text',
    '1\n00:00:01,000 --> 00:00:02,000\na --> b\n',
    [[1000, 2000, 'a --> b']],
    [],
  ],
  ...[
    ['letters may stand for digits, as reading machines leave them', '00:00:0l,000 --> 00:00:O2,000'],
    ['an arrow may be written as HTML', '00:00:01,000 --&gt; 00:00:02,000'],
    ['an apostrophe may stand for the comma', "00:00:01'000 --> 00:00:02’000"],
    ['a comma may stand twice', '00:00:01,,000 --> 00:00:02,000'],
    ['digits may be Arabic', '٠٠:٠٠:٠١,٠٠٠ --> ٠٠:٠٠:٠٢,٠٠٠'],
    [
      'a row may be as wide as a Japanese keyboard makes it',
      '００：００：０１，０００　－－＞　００：００：０２，０００',
    ],
  ].map(
    ([sentence = '', times = '']) =>
      [sentence, `1\n${times}\na\n`, [[1000, 2000, 'a']], ['times-odd']] as const,
  ),
  ...['#1', '1)', '1:', '"1"', '99999999999999999999', '1\n', '\ufeff1'].map(
    number =>
      [
        `a number may be written as ${JSON.stringify(number)}`,
        `7\n00:00:01,000 --> 00:00:02,000\na\n\n${number}\n00:00:03,000 --> 00:00:04,000\nb\n`,
        [
          [1000, 2000, 'a'],
          [3000, 4000, 'b'],
        ],
        [],
      ] as const,
  ),
  [
    'every newline may be CR CR LF',
    '1\r\r\n00:00:01,000 --> 00:00:02,000\r\r\na\r\r\nb\r\r\n\r\r\n2\r\r\n00:00:03,000 --> 00:00:04,000\r\r\nc\r\r\n',
    [
      [1000, 2000, 'a\nb'],
      [3000, 4000, 'c'],
    ],
    [],
  ],
  ['a file may end in zeros', '1\n00:00:01,000 --> 00:00:02,000\na\n\n\0\0\0', [[1000, 2000, 'a']], []],
  [
    'the number of a caption that never came is no text',
    '1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n',
    [[1000, 2000, 'a']],
    ['number-alone'],
  ],
  ['nothing is nothing', '', [], []],
  ['what is no subtitle at all is told', 'Once upon a time', [], ['text-before', 'no-captions']],
]

describe('SubRip', () => {
  for (const [sentence, file, captions, codes] of cases)
    it(sentence, () => {
      expect(read(file)).to.deep.equal(captions)
      expect(srt.read(file).diagnostics.map(({ code }) => code)).to.deep.equal(codes)
    })

  it('tells where a file is wrong', () => {
    const [diagnostic] = srt.read(
      '1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:05,000 --> 00:00:04,000\nb\n',
    ).diagnostics
    expect(diagnostic).to.include({ line: 6, column: 1, severity: 'error' })
    expect(diagnostic?.says).to.contain('00:00:05,000 --> 00:00:04,000')
  })

  it('reads where an override of old SSA puts a caption', () => {
    const places = ['\\a6', '\\a10', '\\an9'].map(
      tag => srt.read(`1\n00:00:01,000 --> 00:00:02,000\n{${tag}}a\n`).document.captions[0]?.place,
    )
    expect(places).to.deep.equal([
      { block: 'top', inline: 'center' },
      { block: 'middle', inline: 'center' },
      { block: 'top', inline: 'right' },
    ])
  })

  it('reads tags into marks, however they are nested and cased', () => {
    const [caption] = srt.read(
      '1\n00:00:01,000 --> 00:00:02,000\n<I>a<b>b</I>c</b> <font color="#FF0000" face=\'Arial\'>d</font>{\\i1}e{\\i0}\n',
    ).document.captions
    expect(caption?.runs.map(({ text, marks }) => [text, marks])).to.deep.equal([
      ['a', { italic: true }],
      ['b', { italic: true, bold: true }],
      ['c', { bold: true }],
      [' ', {}],
      ['d', { color: '#ff0000', font: 'Arial' }],
      ['e', { italic: true }],
    ])
  })

  it('reads where a caption stands', () => {
    const [caption] = srt.read('1\n00:00:01,000 --> 00:00:02,000\n{\\an8}a\n').document.captions
    expect(caption?.place).to.deep.equal({ block: 'top', inline: 'center' })
    expect(caption && textOf(caption)).to.equal('a')
  })

  it('writes no text that would be read as another caption', () => {
    const evil = 'a\n\n2\n00:00:03,000 --> 00:00:04,000\nb'
    const file =
      srt.write?.({
        captions: [{ id: '1', start: 0, end: 1000, kind: 'dialogue', runs: [{ text: evil, marks: {} }] }],
      }) ?? ''
    expect(srt.read(file).document.captions).to.have.length(1)
    // A player that ends captions at blank rows finds none.
    expect(file.trim().split(/\n[ \t]*\n/)).to.have.length(1)
  })

  it('writes times past a day and before the beginning as players can read them', () => {
    const file = srt.write?.({
      captions: [{ id: '1', start: -5, end: 90_000_000, kind: 'dialogue', runs: [] }],
    })
    expect(file).to.equal('1\n00:00:00,000 --> 25:00:00,000\n')
  })
})
