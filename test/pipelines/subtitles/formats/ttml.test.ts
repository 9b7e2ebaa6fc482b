import { expect } from 'chai'
import { editCaption, textOf } from '../../../../pipelines/subtitles/document.ts'
import { formatNamed } from '../../../../pipelines/subtitles/formats/all.ts'
import type { TextFormat } from '../../../../pipelines/subtitles/formats/format.ts'
import { renderTimes } from '../../../../pipelines/subtitles/formats/ttml-head.ts'
import { readTtml } from '../../../../pipelines/subtitles/formats/ttml-read.ts'
import { imscDocument, imscParagraphs, imscTimes, imscWords } from '../../../support/imsc.ts'
import { ttmlDocument } from '../../../support/ttml-documents.ts'

const tt = (body: string, root = '', head = '') =>
  `<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:itts="http://www.w3.org/ns/ttml/profile/imsc1#styling" xml:lang="ja" ${root}><head>${head}</head><body>${body}</body></tt>`
const region = (attributes: string) => `<layout><region xml:id="r" ${attributes}/></layout>`
const captions = (xml: string) => readTtml(xml, 'imsc').document.captions
const texts = (xml: string) => captions(xml).map(one => [one.start, one.end, textOf(one)])

/** Documents that time their words in every way there is; what is shown when is asked of imscJS too. */
const timings: readonly (readonly [
  sentence: string,
  xml: string,
  captions: readonly (readonly [number, number, string])[],
])[] = [
  ['clock times', tt('<div><p begin="00:00:01.500" end="00:00:02">a</p></div>'), [[1500, 2000, 'a']]],
  [
    'offsets in every metric',
    tt(
      '<div><p begin="1s" end="2000ms">a</p><p begin="0.1m" end="0.002h">b</p><p begin="240f" end="250f">c</p><p begin="110t" end="120t">d</p></div>',
      'ttp:frameRate="24" ttp:tickRate="10"',
    ),
    [
      [1000, 2000, 'a'],
      [6000, 7200, 'b'],
      [10_000, 10_417, 'c'],
      [11_000, 12_000, 'd'],
    ],
  ],
  [
    'frames of a multiplied rate',
    tt(
      '<div><p begin="00:00:01:12" end="48f">a</p></div>',
      'ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001"',
    ),
    [[1501, 2002, 'a']],
  ],
  [
    'durations',
    tt('<div><p begin="1s" dur="2s">a</p><p begin="5s" dur="9s" end="6s">b</p></div>'),
    [
      [1000, 3000, 'a'],
      [5000, 6000, 'b'],
    ],
  ],
  [
    'times inside of timed containers',
    tt('<div begin="10s" end="20s"><p begin="1s" end="2s">a</p><p begin="5s" end="15s">b</p></div>'),
    [
      [11_000, 12_000, 'a'],
      [15_000, 20_000, 'b'],
    ],
  ],
  [
    'sequences',
    tt('<div timeContainer="seq"><p dur="2s">a</p><p begin="1s" dur="2s">b</p></div>'),
    [
      [0, 2000, 'a'],
      [3000, 5000, 'b'],
    ],
  ],
  [
    'spans that come one after the other',
    tt('<div><p begin="1s" end="4s">a <span begin="1s">b </span><span begin="2s">c</span></p></div>'),
    [
      [1000, 2000, 'a'],
      [2000, 3000, 'a b'],
      [3000, 4000, 'a b c'],
    ],
  ],
  [
    'spans in sequence',
    tt('<div><p begin="1s" timeContainer="seq"><span dur="1s">a</span><span dur="1s">b</span></p></div>'),
    [
      [1000, 2000, 'a'],
      [2000, 3000, 'b'],
    ],
  ],
  [
    'animations',
    tt('<div><p begin="1s" end="4s"><set begin="1s" end="2s" tts:color="red"/>a</p></div>'),
    [
      [1000, 2000, 'a'],
      [2000, 3000, 'a'],
      [3000, 4000, 'a'],
    ],
  ],
  [
    'regions that come late',
    tt(
      '<div><p region="r" begin="1s" end="4s">a</p></div>',
      '',
      '<layout><region xml:id="r" begin="2s" end="3s"/></layout>',
    ),
    [[2000, 3000, 'a']],
  ],
]

describe('TTML', () => {
  for (const [sentence, xml, wanted] of timings) {
    it(`reads ${sentence}`, () => {
      expect(texts(xml)).to.deep.equal(wanted)
    })
    it(`changes when imscJS does: ${sentence}`, () => {
      expect(renderTimes(xml)).to.deep.equal(imscTimes(xml))
      for (const { start, end, runs } of captions(xml))
        expect(imscWords(xml, (start + end) / 2000).trim()).to.equal(textOf({ runs }))
    })
  }

  it('shows what imscJS shows, when it does, in two hundred documents made up by dice', () => {
    // imscJS leaves a space behind a row that a br follows; nobody sees it.
    const rowsOf = (texts: readonly string[]) =>
      texts
        .filter(text => text.trim() !== '')
        .map(text =>
          text
            .replace(/\s*\n\s*/g, '/')
            .replace(/ +/g, ' ')
            .trim(),
        )
        .sort()
    let compared = 0
    for (let seed = 1; seed <= 200; seed++) {
      const xml = ttmlDocument(seed)
      const judge = imscDocument(xml)
      const times = judge.getMediaTimeEvents()
      const places = (list: readonly number[]) => list.map(at => Math.round(at * 1e6))
      expect(places(renderTimes(xml)), `document ${seed}`).to.deep.equal(places(times))
      const read = captions(xml)
      times.forEach((from, i) => {
        const to = times[i + 1]
        if (to === undefined || to - from < 0.002) return
        const at = (from + to) / 2
        const shown = read.filter(({ start, end }) => start <= at * 1000 && at * 1000 < end)
        expect(rowsOf(shown.map(textOf)), `document ${seed} at ${at} s: ${xml}`).to.deep.equal(
          rowsOf(imscParagraphs(judge, at)),
        )
        compared++
      })
    }
    expect(compared).to.be.above(1000)
  })

  it('reads what changes too often for all of it to be told as one caption with all its words', () => {
    const spans = Array.from({ length: 3000 }, (_, i) => `<span begin="${i}s">w${i} </span>`).join('')
    const { document, diagnostics } = readTtml(tt(`<div><p end="9000s">${spans}</p></div>`), 'imsc')
    expect(diagnostics.map(({ code }) => code)).to.deep.equal(['changes-many'])
    expect(document.captions.map(({ start, end }) => [start, end])).to.deep.equal([[0, 9_000_000]])
    expect(textOf(document.captions[0] ?? { runs: [] }).split(' ')).to.have.length(3000)
  })

  it('reads a paragraph of nothing as a caption only where it has a time of its own', () => {
    const file = tt('<div begin="5s" end="6s"><p/><p begin="0s" end="1s"/><p></p><p>a</p></div>')
    expect(texts(file)).to.eql([
      [5000, 6000, ''],
      [5000, 6000, 'a'],
    ])
    const { document } = readTtml(file, 'imsc')
    expect((formatNamed('imsc') as TextFormat).write?.(document)).to.equal(file)
  })
  it('reads white space as it is shown', () => {
    expect(
      texts(tt('<div><p begin="0s" end="1s">\n  a  b\n  <br/>\n <span> c</span> d </p></div>')),
    ).to.deep.equal([[0, 1000, 'a b\nc d']])
    expect(texts(tt('<div><p begin="0s" end="1s" xml:space="preserve"> a  b </p></div>'))).to.deep.equal([
      [0, 1000, ' a  b '],
    ])
  })

  it('reads styles: referred to, nested, inherited, initial', () => {
    const xml = tt(
      '<div style="loud"><p region="r" begin="0s" end="1s">a<span style="under">b</span><span tts:fontStyle="normal">c</span></p></div>',
      '',
      '<styling><initial tts:color="yellow"/><style xml:id="loud" tts:fontWeight="bold"/><style xml:id="under" style="loud" tts:textDecoration="underline"/></styling><layout><region xml:id="r"><style tts:fontStyle="italic"/></region></layout>',
    )
    expect(captions(xml)[0]?.runs.map(({ text, marks }) => [text, marks])).to.deep.equal([
      ['a', { bold: true, italic: true, color: '#ffff00' }],
      ['b', { bold: true, italic: true, underline: true, color: '#ffff00' }],
      ['c', { bold: true, color: '#ffff00' }],
      ['', {}],
    ])
  })

  it('reads what Japanese needs: ruby on both sides, emphasis, upright digits, slant, columns', () => {
    const xml = tt(
      '<div><p region="r" begin="0s" end="1s"><span tts:ruby="container"><span tts:ruby="base">灯</span><span tts:ruby="text">あかり</span></span><span tts:ruby="container"><span tts:ruby="baseContainer"><span tts:ruby="base">東南</span></span><span tts:ruby="textContainer" tts:rubyPosition="before"><span tts:ruby="text">とうなん</span></span><span tts:ruby="textContainer" tts:rubyPosition="after"><span tts:ruby="text">たつみ</span></span></span><span tts:textEmphasis="filled dot">点</span><span tts:textCombine="all">12</span><span tts:fontShear="16.67%">斜</span></p></div>',
      '',
      region(
        'tts:writingMode="tbrl" tts:displayAlign="before" tts:textAlign="start" tts:origin="80% 10%" tts:extent="10% 80%"',
      ),
    )
    const [caption] = captions(xml)
    expect(
      caption?.runs.map(({ text, marks }) => [text, marks]).filter(([text]) => text !== ''),
    ).to.deep.equal([
      ['灯', { ruby: { text: 'あかり' } }],
      ['東南', { ruby: { text: 'とうなん', other: 'たつみ' } }],
      ['点', { emphasis: 'filled dot' }],
      ['12', { upright: true }],
      ['斜', { shear: 16.67 }],
    ])
    expect(caption?.place).to.deep.equal({
      block: 'top',
      inline: 'start',
      vertical: 'rl',
      box: { x: 80, y: 10, width: 10, height: 80 },
      region: 'r',
    })
  })

  it('reads who speaks and what is sung, told or written in the picture', () => {
    const xml = tt(
      '<div><p begin="0s" end="1s" ttm:agent="h">a</p><p begin="1s" end="2s" ttm:role="lyrics">b</p><p begin="2s" end="3s" itts:forcedDisplay="true">c</p></div>',
      '',
      '<metadata><ttm:agent xml:id="h" type="character"><ttm:name type="full">Haru</ttm:name></ttm:agent></metadata>',
    )
    expect(captions(xml).map(({ kind, speaker }) => [kind, speaker])).to.deep.equal([
      ['dialogue', 'Haru'],
      ['song', undefined],
      ['sign', undefined],
    ])
  })

  it('reads the drafts it began as, whatever prefixes they use', () => {
    const xml =
      '<tt:tt xmlns:tt="http://www.w3.org/2006/10/ttaf1" xmlns:s="http://www.w3.org/2006/10/ttaf1#styling"><tt:body><tt:div><tt:p begin="0s" end="1s" s:color="red">a<tt:br/>b</tt:p></tt:div></tt:body></tt:tt>'
    const document = readTtml(xml, 'ttml').document
    expect(document.captions.map(textOf)).to.deep.equal(['a\nb'])
    const edited = editCaption(document, '1', caption => ({
      ...caption,
      runs: [{ text: 'c\nd', marks: { italic: true } }],
      end: 2000,
    }))
    expect(formatNamed('ttml')?.write?.(edited)).to.equal(
      xml.replace(
        'begin="0s" end="1s" s:color="red">a<tt:br/>b',
        's:color="red" begin="00:00:00.000" end="00:00:02.000"><tt:span s:fontStyle="italic">c<tt:br/>d</tt:span>',
      ),
    )
  })

  it('counts time codes as they were counted', () => {
    const smpte = (drop: string) =>
      tt(
        '<div><p begin="00:10:00:00" end="00:11:00:02">a</p></div>',
        `ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" ttp:dropMode="${drop}"`,
      )
    expect(texts(smpte('nonDrop'))).to.deep.equal([[600_600, 660_727, 'a']])
    expect(texts(smpte('dropNTSC'))).to.deep.equal([[599_999, 660_060 - 1, 'a']])
  })

  it('keeps the tags around words that were changed', () => {
    const xml = tt(
      '<div><p begin="0s" end="1s"><span style="x" foo="bar">One</span> and <span tts:color="red">two</span></p></div>',
    )
    const { document } = readTtml(xml, 'imsc')
    const edited = editCaption(document, '1', caption => ({
      ...caption,
      runs: caption.runs.map(run => (run.text === 'One' ? { ...run, text: 'A & B' } : run)),
    }))
    expect(formatNamed('imsc')?.write?.(edited)).to.equal(xml.replace('>One<', '>A &amp; B<'))
  })

  const broken: readonly (readonly [
    sentence: string,
    xml: string,
    texts: readonly string[],
    codes: readonly string[],
  ])[] = [
    [
      'an element that is never closed',
      tt('<div><p begin="0s" end="1s">a<span>b</p></div>'),
      ['ab'],
      ['unclosed'],
    ],
    [
      'an entity nobody declared',
      tt('<div><p begin="0s" end="1s">a&foo;b&amp;c&#x3042;</p></div>'),
      ['a&foo;b&cあ'],
      ['entity'],
    ],
    [
      'entities that a document type declares',
      `<!DOCTYPE tt [<!ENTITY x "boom">]>${tt('<div><p begin="0s" end="1s">&x;</p></div>')}`,
      ['&x;'],
      ['doctype', 'entity'],
    ],
    ['a time that is none', tt('<div><p begin="soon" end="1s">a</p></div>'), ['a'], ['time-odd']],
    ['a paragraph without an end', tt('<div><p begin="1s">a</p></div>'), ['a'], ['end-missing']],
    ['something else', '<html><p>a</p></html>', [], ['root-missing']],
    ['nothing', '', [], ['root-missing']],
    [
      'elements stood too deep',
      tt(`<div><p begin="0s" end="1s">${'<span>'.repeat(500)}a${'</span>'.repeat(500)}</p></div>`),
      [''],
      ['deep'],
    ],
  ]
  for (const [sentence, xml, wanted, codes] of broken)
    it(`reads ${sentence}, and tells`, () => {
      const { document, diagnostics } = readTtml(xml, 'ttml')
      expect(document.captions.map(textOf)).to.deep.equal(wanted)
      expect(diagnostics.map(({ code }) => code)).to.deep.equal(codes)
    })

  for (const name of ['ttml', 'imsc', 'ebu-tt-d', 'itt'])
    it(`writes ${name} that imscJS shows as it was meant`, () => {
      const format = formatNamed(name) as TextFormat
      const document = {
        language: 'ja',
        rate: { num: 24_000, den: 1001 },
        captions: [
          {
            id: '1',
            start: 1001,
            end: 2002,
            kind: 'dialogue' as const,
            runs: [
              { text: 'One & <two>\n', marks: {} },
              { text: 'three', marks: { italic: true } },
            ],
          },
          {
            id: '2',
            start: 3003,
            end: 4004,
            kind: 'sign' as const,
            runs: [{ text: '灯り坂', marks: {} }],
            place: { block: 'top' as const },
          },
        ],
      }
      const xml = format.write?.(document) ?? ''
      // imscJS refuses the time codes of iTunes.
      if (name !== 'itt') {
        expect(imscTimes(xml).filter(at => at > 0)).to.deep.equal([1.001, 2.002, 3.003, 4.004])
        expect(imscWords(xml, 1.5)).to.equal('One & <two>\nthree')
        expect(imscWords(xml, 3.5)).to.equal('灯り坂')
      }
      expect(format.read(xml).document.captions.map(one => [one.start, one.end])).to.deep.equal([
        [1001, 2002],
        [3003, 4004],
      ])
    })
})
