import { expect } from 'chai'
import type { Marks } from '../../../../pipelines/subtitles/document.ts'
import { formatNamed } from '../../../../pipelines/subtitles/formats/all.ts'
import { readTtml } from '../../../../pipelines/subtitles/formats/ttml-read.ts'
import { lost } from '../../../../pipelines/subtitles/lost.ts'
import { imscLooks, looksOfCaptions } from '../../../support/imsc-looks.ts'
import { styledDocument } from '../../../support/ttml-looks.ts'

const tt = (p: string, head = '', root = '') =>
  `<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xml:lang="en" ${root}><head>${head}</head><body><div>${p}</div></body></tt>`
const marksIn = (p: string, head = '') =>
  readTtml(tt(p, head), 'imsc')
    .document.captions.flatMap(({ runs }) => runs)
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, marks }) => [text.trim(), marks])
const placed = (attributes: string, root = '') =>
  readTtml(
    tt(
      '<p region="r" begin="0s" end="1s">a</p>',
      `<layout><region xml:id="r" ${attributes}/></layout>`,
      root,
    ),
    'imsc',
  ).document.captions[0]?.place?.box

/** What imscJS can't be asked: properties it doesn't know, or reads otherwise than TTML2 says. */
const looks: readonly (readonly [
  sentence: string,
  p: string,
  marks: readonly (readonly [string, Marks])[],
])[] = [
  [
    'the last of styles that are named twice',
    '<p begin="0s" end="1s"><span style="red blue red">a</span></p>',
    [['a', { color: '#ff0000' }]],
  ],
  [
    'sizes of sizes',
    '<p begin="0s" end="1s" tts:fontSize="80%"><span tts:fontSize="80%">a <span tts:fontSize="0.5em">b</span></span></p>',
    [
      ['a', { size: '80%' }],
      ['b', { size: '40%' }],
    ],
  ],
  [
    'the higher of two sizes',
    '<p begin="0s" end="1s"><span tts:fontSize="1c 2c">a</span></p>',
    [['a', { size: '200%' }]],
  ],
  ['no size that is none', '<p begin="0s" end="1s"><span tts:fontSize="huge">a</span></p>', [['a', {}]]],
  [
    'an outline in the colour of its words',
    '<p begin="0s" end="1s"><span tts:color="red" tts:textOutline="2px">a</span></p>',
    [['a', { color: '#ff0000', outline: '#ff0000' }]],
  ],
  [
    'slant of paragraphs, rows and words',
    '<p begin="0s" end="1s" tts:shear="16.67%">a</p><p begin="1s" end="2s"><span tts:fontShear="10%">b</span></p><p begin="2s" end="3s" tts:lineShear="-5%">c</p>',
    [
      ['a', { shear: 16.67 }],
      ['b', { shear: 10 }],
      ['c', { shear: -5 }],
    ],
  ],
  [
    'what is seen inside of what is not',
    '<p begin="0s" end="1s" tts:visibility="hidden">a<span tts:visibility="visible">b</span></p>',
    [['b', {}]],
  ],
]

describe('how TTML looks', () => {
  it('looks as imscJS has it, word by word, in two hundred documents made up by dice', () => {
    let compared = 0
    for (let seed = 1; seed <= 200; seed++) {
      const xml = styledDocument(seed)
      const { document } = readTtml(xml, 'imsc')
      for (const at of [0.5, 1.5]) {
        const judge = imscLooks(xml, at)
        const ours = looksOfCaptions(document, at * 1000)
        expect([...ours.keys()].sort(), `document ${seed}`).to.deep.equal([...judge.keys()].sort())
        for (const [word, look] of judge) {
          expect(ours.get(word), `${word} of document ${seed} at ${at} s: ${xml}`).to.deep.equal(look)
          compared++
        }
      }
    }
    expect(compared).to.be.above(5000)
  })

  for (const [sentence, p, marks] of looks)
    it(`reads ${sentence}`, () => {
      const head =
        '<styling><style xml:id="red" tts:color="red"/><style xml:id="blue" tts:color="blue"/></styling>'
      expect(marksIn(p, head)).to.deep.equal(marks)
    })

  it('reads cells, pixels and both axes of the picture, whatever its shape', () => {
    expect(placed('tts:origin="4c 3c" tts:extent="16c 5c"')).to.deep.equal({
      x: 12.5,
      y: 20,
      width: 50,
      height: 33.333,
    })
    expect(placed('tts:origin="9rh 16rw" tts:extent="40rw 20rh"')).to.deep.equal({
      x: 5.063,
      y: 28.444,
      width: 40,
      height: 20,
    })
    expect(
      placed('tts:extent="50% 50%" tts:position="right 4c bottom 3c"', 'ttp:cellResolution="40 30"'),
    ).to.deep.equal({ x: 40, y: 40, width: 50, height: 50 })
    expect(placed('tts:origin="auto"')).to.equal(undefined)
  })

  it('writes slant of a whole caption where renderers of IMSC look for it', () => {
    const write = (runs: { text: string; marks: Marks }[]) =>
      formatNamed('imsc')?.write?.({
        captions: [{ id: '1', start: 0, end: 1000, kind: 'dialogue', runs }],
      }) as string
    const whole = write([
      { text: '回想', marks: { shear: 16.67 } },
      { text: '赤', marks: { shear: 16.67, color: '#ff0000' } },
    ])
    expect(/<p [^>]*tts:shear="16.67%"/.test(whole) && !whole.includes('fontShear')).to.equal(true)
    expect([...imscLooks(whole, 0.5).values()].map(({ shear }) => shear)).to.deep.equal([16.67, 16.67])
    expect(
      write([
        { text: 'a', marks: { shear: 16.67 } },
        { text: 'b', marks: {} },
      ]),
    ).to.include('<span tts:fontShear="16.67%">a</span>b')
  })

  it('says again in another dialect what the model has no word for, and tells what that dialect cannot say', () => {
    const xml = tt(
      '<p region="r" begin="0s" end="1s" tts:lineHeight="125%" tts:backgroundColor="black" ebutts:linePadding="0.5c">a</p>',
      '<layout><region xml:id="r" tts:opacity="0.5" tts:padding="1px 2px" itts:fillLineGap="true"/></layout>',
      'xmlns:ebutts="urn:ebu:tt:style" xmlns:itts="http://www.w3.org/ns/ttml/profile/imsc1#styling"',
    )
    const gone = (from: string, to: string) => {
      const [source, target] = [formatNamed(from), formatNamed(to)]
      if (source?.kind !== 'text' || target?.kind !== 'text') throw new TypeError(to)
      const { document } = source.read(xml)
      const { document: after } = target.read(target.write?.(document) ?? '')
      return lost(document, after, source).map(({ what }) => what)
    }
    expect(gone('ttml', 'imsc')).to.deep.equal([])
    expect(gone('imsc', 'ttml')).to.deep.equal(['line padding', 'filled line gaps'])
    expect(gone('imsc', 'ebu-tt-d')).to.include.members(['line height', 'opacity', 'line padding'])
    expect(gone('imsc', 'srt')).to.include.members(['line height', 'opacity', 'padding', 'region'])
  })

  it('leaves sizes that count from other sizes to formats that count so', () => {
    const captions = [
      {
        id: '1',
        start: 0,
        end: 1000,
        kind: 'dialogue' as const,
        runs: [{ text: 'a', marks: { size: '50%' } }],
      },
    ]
    const written = (format: string) => String(formatNamed(format)?.write?.({ captions }))
    expect(written('srt')).to.equal('1\n00:00:00,000 --> 00:00:01,000\na\n')
    expect(written('ass')).to.include('{\\fs36}a')
    expect(written('imsc')).to.include('tts:fontSize="50%"')
  })

  it('tells of pictures, which are in no caption, and of clocks that are not the picture’s', () => {
    const read = (body: string, root: string) =>
      readTtml(
        `<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:smpte="http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt" xmlns:ittm="http://www.w3.org/ns/ttml/profile/imsc1#metadata" ${root}><body>${body}</body></tt>`,
        'imsc',
      ).diagnostics.map(({ code, says }) => [code, says])
    expect(
      read(
        '<div begin="0s" end="1s" smpte:backgroundImage="a.png"><metadata><ittm:altText>Hello</ittm:altText></metadata></div><div smpte:backgroundImage="b.png"/>',
        'ttp:profile="http://www.w3.org/ns/ttml/profile/imsc1/image"',
      ),
    ).to.deep.equal([
      ['image-profile', 'The file is of a profile of pictures, not of words.'],
      ['picture', 'What is shown here is a picture: Hello.'],
      ['picture', 'What is shown here is a picture: b.png.'],
    ])
    expect(read('<div/>', 'ttp:timeBase="clock"').map(([code]) => code)).to.deep.equal(['clock-odd'])
    expect(
      read('<div/>', 'ttp:timeBase="smpte" ttp:markerMode="discontinuous"').map(([code]) => code),
    ).to.deep.equal(['clock-odd'])
  })
})
