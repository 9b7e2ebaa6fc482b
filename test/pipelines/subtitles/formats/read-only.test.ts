import { expect } from 'chai'
import { type Caption, textOf } from '../../../../pipelines/subtitles/document.ts'
import type { Format, Hints } from '../../../../pipelines/subtitles/formats/format.ts'
import { microdvd } from '../../../../pipelines/subtitles/formats/microdvd.ts'
import { mpl2 } from '../../../../pipelines/subtitles/formats/mpl2.ts'
import { sami } from '../../../../pipelines/subtitles/formats/sami.ts'
import { sbv } from '../../../../pipelines/subtitles/formats/sbv.ts'
import { srt } from '../../../../pipelines/subtitles/formats/srt.ts'
import { ttxt } from '../../../../pipelines/subtitles/formats/ttxt.ts'
import { whisper } from '../../../../pipelines/subtitles/formats/whisper.ts'
import { readSubtitles } from '../../../../pipelines/subtitles/read.ts'
import { writeSubtitles } from '../../../../pipelines/subtitles/write.ts'

type Row = readonly [start: number, end: number, text: string]
const readAs = (format: Format, file: string, hints?: Hints) => {
  if (format.kind !== 'text') throw new TypeError('a format of text')
  return format.read(file, hints)
}
const rowOf = (caption: Caption): Row => [caption.start, caption.end, textOf(caption)]
const xml = (inside: string) => `<TextStream version="1.1"><TextStreamHeader/>${inside}</TextStream>`
const smi = (body: string, css = '') =>
  `<SAMI><HEAD><STYLE><!--${css}--></STYLE></HEAD><BODY>${body}</BODY></SAMI>`

type Case = readonly [
  format: Format,
  sentence: string,
  file: string,
  rows: readonly Row[],
  codes: readonly string[],
]
const cases: readonly Case[] = [
  [sbv, 'times stand before their words', '0:00:01.000,0:00:02.500\na\nb\n\n', [[1000, 2500, 'a\nb']], []],
  [sbv, '[br] is a row break', '0:00:01.000,0:00:02.000\na[br]b', [[1000, 2000, 'a\nb']], []],
  [
    sbv,
    'what has no times before it is in no caption',
    'x\n0:00:01.000,0:00:02.000\na',
    [[1000, 2000, 'a']],
    ['text-before'],
  ],
  [
    sbv,
    'a caption that ends before it begins is told',
    '0:00:03.000,0:00:02.000\na',
    [[3000, 2000, 'a']],
    ['times-backward'],
  ],
  [sbv, 'a file without captions is told', 'hello', [], ['text-before', 'no-captions']],
  [microdvd, 'the first row gives the frame rate', '{1}{1}25\n{25}{50}a|b', [[1000, 2000, 'a\nb']], []],
  [
    microdvd,
    'a rate written with a point is the exact fraction',
    '{1}{1}23.976\n{24000}{48000}a',
    [[1_001_000, 2_002_000, 'a']],
    [],
  ],
  [microdvd, '29.97 is 30000/1001', '{0}{0}29,97\n{30000}{60000}a', [[1_001_000, 2_002_000, 'a']], []],
  [
    microdvd,
    'without a rate frames are counted as film, and that is told',
    '{24}{48}a',
    [[1001, 2002, 'a']],
    ['rate-missing'],
  ],
  [
    microdvd,
    'a rate that is none is told',
    '{1}{1}0\n{24}{48}a',
    [[1001, 2002, 'a']],
    ['rate-odd', 'rate-missing'],
  ],
  [
    microdvd,
    'a caption of the first frame is no rate',
    '{1}{1}Hello\n{24}{48}a',
    [
      [42, 42, 'Hello'],
      [1001, 2002, 'a'],
    ],
    ['rate-missing'],
  ],
  [
    microdvd,
    'an empty end is that of the next',
    '{1}{1}25\n{25}{}a\n{50}{75}b\n{100}{}c',
    [
      [1000, 2000, 'a'],
      [2000, 3000, 'b'],
      [4000, 9000, 'c'],
    ],
    ['end-missing', 'end-missing'],
  ],
  [mpl2, 'times are tenths of a second', '[10][25]a|b', [[1000, 2500, 'a\nb']], []],
  [mpl2, 'a row without times is told', '[10][25]a\nb', [[1000, 2500, 'a']], ['row-unknown']],
  [
    sami,
    'a caption stands until the next of its class',
    smi('<SYNC Start=1000><P>a<SYNC Start=2000><P>b<SYNC Start=3000><P>&nbsp;'),
    [
      [1000, 2000, 'a'],
      [2000, 3000, 'b'],
    ],
    [],
  ],
  [
    sami,
    'another class ends nothing',
    smi(
      '<SYNC Start=1000><P Class=A>a<SYNC Start=2000><P Class=B>b<SYNC Start=3000><P Class=A>&nbsp;<P Class=B>&nbsp;',
      '.A{}.B{}',
    ),
    [
      [1000, 3000, 'a'],
      [2000, 3000, 'b'],
    ],
    ['languages-several'],
  ],
  [
    sami,
    'white space is a space, <br> is a row break, entities are characters',
    smi('<SYNC Start=1000><P>\n a  b<br/>\n&lt;c&gt; &eacute;&#33;\n<SYNC Start=2000><P>&nbsp;'),
    [[1000, 2000, 'a b\n<c> é!']],
    [],
  ],
  [
    sami,
    'a bracket that opens no tag is text',
    smi('<SYNC Start=1000><P>1 < 2 > 0 <3<SYNC Start=2000><P>&nbsp;'),
    [[1000, 2000, '1 < 2 > 0 <3']],
    [],
  ],
  [
    sami,
    'tags may be left open, quotes too',
    smi('<SYNC Start="1000"><P class=x><b>a<SYNC Start=2000 <P>&nbsp;', '.x{}'),
    [[1000, 2000, 'a']],
    [],
  ],
  [
    sami,
    'a SYNC without a time is told',
    smi('<SYNC Start=soon><P>a<SYNC Start=2000 End=3000><P>b'),
    [[2000, 3000, 'b']],
    ['time-odd'],
  ],
  [
    sami,
    'what nothing ends, ends after five seconds',
    smi('<SYNC Start=1000><P>a'),
    [[1000, 6000, 'a']],
    ['end-missing'],
  ],
  [
    ttxt,
    'a sample stands until the next',
    xml(
      '<TextSample sampleTime="00:00:01.000" xml:space="preserve">a\nb</TextSample><TextSample sampleTime="00:00:02.000"/>',
    ),
    [[1000, 2000, 'a\nb']],
    [],
  ],
  [
    ttxt,
    'rows in quotes are read',
    xml(`<TextSample sampleTime="1" text="'a''b'"/><TextSample sampleTime="2" text=""/>`),
    [[1000, 2000, 'a\nb']],
    [],
  ],
  [
    ttxt,
    'a sample without a time is told',
    xml('<TextSample>a</TextSample><TextSample sampleTime="1.5">b</TextSample>'),
    [[1500, 6500, 'b']],
    ['time-odd', 'end-missing'],
  ],
  [ttxt, 'XML that is something else is told', '<x/>', [], ['root-missing']],
  [
    whisper,
    'times are seconds',
    '{"segments":[{"start":1.0005,"end":2,"text":" a"}]}',
    [[1001, 2000, 'a']],
    [],
  ],
  [
    whisper,
    'those of whisper.cpp milliseconds',
    '{"transcription":[{"offsets":{"from":10,"to":20},"text":" a"}]}',
    [[10, 20, 'a']],
    [],
  ],
  [
    whisper,
    'those of Transformers pairs',
    '{"text":"a","chunks":[{"timestamp":[1.5,2],"text":" a"},{"timestamp":[2,null],"text":"b"}]}',
    [
      [1500, 2000, 'a'],
      [2000, 2000, 'b'],
    ],
    [],
  ],
  [
    whisper,
    'a segment without times is told where it stands',
    '{"segments":[\n{"text":"x"},\n{"start":1,"end":2,"text":"a"}]}',
    [[1000, 2000, 'a']],
    ['segment-odd'],
  ],
  [
    whisper,
    'no other value is believed',
    '{"segments":[{"start":"1","end":1e99,"text":5},null,[],{"start":1,"end":2,"text":"a","words":"x"}]}',
    [[1000, 2000, 'a']],
    ['segment-odd', 'segment-odd', 'segment-odd'],
  ],
  [whisper, 'a file that breaks off is told', '{"segments":[{"start":1', [], ['json-broken']],
  [whisper, 'silence is no caption', '{"segments":[{"start":1,"end":2,"text":" "}],"language":"en"}', [], []],
]

describe('formats that are only read', () => {
  for (const [format, sentence, file, rows, codes] of cases)
    it(`${format.title}: ${sentence}`, () => {
      const { document, diagnostics } = readAs(format, file)
      expect(document.captions.map(rowOf)).to.deep.equal(rows)
      expect(diagnostics.map(({ code }) => code)).to.deep.equal(codes)
      expect(document.origin?.parts.map(({ raw }) => raw).join('')).to.equal(file)
    })

  it('say no rate of their own, so that whoever reads them may', () => {
    const { document, diagnostics } = readSubtitles(Buffer.from('{25}{50}a'), 'x.sub', {
      rate: { num: 25, den: 1 },
    })
    expect(document.captions.map(rowOf)).to.deep.equal([[1000, 2000, 'a']])
    expect([document.rate, diagnostics]).to.deep.equal([{ num: 25, den: 1 }, []])
  })

  it('MicroDVD: small letters are of a row, capitals of all of them', () => {
    const [caption] = readAs(microdvd, '{1}{1}25\n{25}{50}{Y:b}{P:0}{y:i}{c:$0000ff}a|{f:Arial}b|/c').document
      .captions
    expect(caption?.runs).to.deep.equal([
      { text: 'a', marks: { bold: true, italic: true, color: '#ff0000' } },
      { text: '\n', marks: {} },
      { text: 'b', marks: { bold: true, font: 'Arial' } },
      { text: '\n', marks: {} },
      { text: 'c', marks: { bold: true, italic: true } },
    ])
    expect(caption?.place).to.deep.equal({ block: 'top' })
  })

  it('SAMI: classes are languages and styles, a source is who speaks', () => {
    const css =
      '.EN { Name: English; lang: en_us; color: yellow } .KO { Name: "Korean"; lang: ko-KR; text-align: left }'
    const { document } = readAs(
      sami,
      smi(
        '<SYNC Start=0><P Class=en ID=Source>Bob:<P Class=en>a<P Class=ko>b<SYNC Start=5><P Class=en>&nbsp;<P Class=ko>&nbsp;',
        css,
      ),
    )
    expect(document.language).to.equal('en-US')
    expect(document.styles).to.deep.equal([
      {
        name: 'EN',
        marks: { color: '#ffff00' },
        beside: { 'sami.name': 'English', 'sami.language': 'en-US' },
      },
      {
        name: 'KO',
        marks: {},
        place: { inline: 'left' },
        beside: { 'sami.name': 'Korean', 'sami.language': 'ko-KR' },
      },
    ])
    expect(document.captions.map(({ style, speaker, runs }) => [style, speaker, runs])).to.deep.equal([
      ['EN', 'Bob', [{ text: 'a', marks: {} }]],
      ['KO', undefined, [{ text: 'b', marks: { language: 'ko-KR' } }]],
    ])
  })

  it('SAMI: marks and readings are read', () => {
    const [caption] = readAs(
      sami,
      smi(
        '<SYNC Start=0><P><i>a</i><font color=#00FF00>b</font><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby><SYNC Start=5><P>',
      ),
    ).document.captions
    expect(caption?.runs).to.deep.equal([
      { text: 'a', marks: { italic: true } },
      { text: 'b', marks: { color: '#00ff00' } },
      { text: '漢', marks: { ruby: { text: 'かん' } } },
      { text: '字', marks: { ruby: { text: 'じ' } } },
    ])
  })

  it('TTXT: styles and karaoke are of characters by number', () => {
    const [caption] = readAs(
      ttxt,
      xml(
        '<TextSample sampleTime="1" xml:space="preserve">abc<Style fromChar="1" toChar="2" styles="Bold Italic" color="ff 0 0 ff"/></TextSample><TextSample sampleTime="2"/>',
      ),
    ).document.captions
    expect(caption?.runs).to.deep.equal([
      { text: 'a', marks: {} },
      { text: 'b', marks: { bold: true, italic: true, color: '#ff0000' } },
      { text: 'c', marks: {} },
    ])
  })

  it('Whisper: words wear their times, also those the API gives beside the segments', () => {
    const { document } = readAs(
      whisper,
      JSON.stringify({
        task: 'transcribe',
        language: 'japanese',
        segments: [
          { start: 1, end: 2, text: ' One two' },
          { start: 2, end: 3, text: ' three' },
        ],
        words: [
          { word: 'One', start: 1, end: 1.4 },
          { word: 'two', start: 1.5, end: 1.9 },
          { word: 'three', start: 2, end: 2.5 },
        ],
      }),
    )
    expect(document.language).to.equal('ja')
    expect(document.captions.map(({ runs }) => runs)).to.deep.equal([
      [
        { text: 'One ', marks: { sung: { start: 0, end: 400 } } },
        { text: 'two', marks: { sung: { start: 500, end: 900 } } },
      ],
      [{ text: 'three', marks: { sung: { start: 0, end: 500 } } }],
    ])
  })

  it('Whisper: tokens of whisper.cpp are joined to words', () => {
    const token = (text: string, from: number, to: number) => ({ text, offsets: { from, to } })
    const tokens = [
      token('[_BEG_]', 0, 0),
      token(' Hel', 0, 100),
      token('lo', 100, 200),
      token(' you', 300, 400),
    ]
    const [caption] = readAs(
      whisper,
      JSON.stringify({ transcription: [{ offsets: { from: 0, to: 500 }, text: ' Hello you', tokens }] }),
    ).document.captions
    expect(caption?.runs).to.deep.equal([
      { text: 'Hello ', marks: { sung: { start: 0, end: 200 } } },
      { text: 'you', marks: { sung: { start: 300, end: 400 } } },
    ])
  })

  it('are written in other formats, which tells what these can not say', () => {
    const { document } = readAs(
      sami,
      smi('<SYNC Start=0><P><ruby>漢<rt>かん</rt></ruby><SYNC Start=5000><P>'),
    )
    const { bytes, lost } = writeSubtitles(document, srt)
    expect(Buffer.from(bytes).toString()).to.equal('1\n00:00:00,000 --> 00:00:05,000\n漢\n')
    expect(lost.map(({ what }) => what)).to.deep.equal(['ruby'])
    expect(() => writeSubtitles(document, sami)).to.throw(RangeError)
  })
})
