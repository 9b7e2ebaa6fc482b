import { expect } from 'chai'
import fc from 'fast-check'
import { editCaption, textOf } from '../../../../pipelines/subtitles/document.ts'
import { ass } from '../../../../pipelines/subtitles/formats/ass.ts'
import { tagsOf } from '../../../../pipelines/subtitles/formats/ass-tags.ts'
import { readSubtitles } from '../../../../pipelines/subtitles/read.ts'
import { writeSubtitles } from '../../../../pipelines/subtitles/write.ts'

const script = (lines: string, info = '', styles = '') =>
  `[Script Info]\n${info}[V4+ Styles]\nFormat: Name, Fontname, Fontsize, Bold, Italic, Alignment\nStyle: Default,Arial,20,0,0,2\n${styles}[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n${lines}`
const line = (text: string, style = 'Default') =>
  `Dialogue: 0,0:00:01.00,0:00:03.00,${style},,0,0,0,,${text}\n`
const read = (text: string) => ass.read(script(line(text))).document.captions[0]
const runs = (text: string) =>
  read(text)?.runs.map(({ text, marks, kept }) => [text, marks, ...(kept === undefined ? [] : [kept])])

describe('Advanced SubStation Alpha', () => {
  const tags: readonly (readonly [block: string, tags: readonly (readonly [string, string])[]])[] = [
    ['\\i1', [['i', '1']]],
    [
      '\\fscx120\\fs30',
      [
        ['fscx', '120'],
        ['fs', '30'],
      ],
    ],
    [
      '\\fnArial Black\\b1',
      [
        ['fn', 'Arial Black'],
        ['b', '1'],
      ],
    ],
    [
      '\\t(0,500,\\fs30\\c&HFF&)\\i1',
      [
        ['t', '(0,500,\\fs30\\c&HFF&)'],
        ['i', '1'],
      ],
    ],
    [
      '\\clip(1,m 0 0 l (1 1))\\p1',
      [
        ['clip', '(1,m 0 0 l (1 1))'],
        ['p', '1'],
      ],
    ],
    [
      '\\K20\\kf30\\ko40\\k10',
      [
        ['K', '20'],
        ['kf', '30'],
        ['ko', '40'],
        ['k', '10'],
      ],
    ],
    [
      'note \\unknown5 \\1a&H80&',
      [
        ['u', 'nknown5 '],
        ['1a', '&H80&'],
      ],
    ],
    ['\\t(\\fs30\\i1', [['t', '(\\fs30\\i1']]],
    [
      '\\\\',
      [
        ['', ''],
        ['', ''],
      ],
    ],
  ]
  for (const [block, wanted] of tags)
    it(`reads the tags of {${block}}`, () => {
      expect(tagsOf(block).map(({ name, value }) => [name, value])).to.deep.equal(wanted)
    })

  it('reads words, marks and what is kept of a text', () => {
    expect(runs('Hello, {\\i1}you{\\i0}\\N{a note}there\\hnow\\nand')).to.deep.equal([
      ['Hello, ', {}],
      ['you', { italic: true }, '{\\i1}'],
      ['\n', { italic: false }, '{\\i0}'],
      ['there\u00a0now and', { italic: false }, '{a note}'],
    ])
    expect(runs('{\\b700\\c&H0000FF&\\3c&HFF0000&}x{\\r}y{\\rSign}z')).to.deep.equal([
      ['x', { bold: true, color: '#ff0000', outline: '#0000ff' }, '{\\b700\\c&H0000FF&\\3c&HFF0000&}'],
      ['y', {}, '{\\r}'],
      ['z', { style: 'Sign' }, '{\\rSign}'],
    ])
  })

  it('breaks rows at \\n only where the script wraps by hand', () => {
    const caption = ass.read(script(line('a\\nb'), 'WrapStyle: 2\n')).document.captions[0]
    expect(caption && textOf(caption)).to.equal('a\nb')
  })

  it('reads no drawing as words', () => {
    expect(runs('a{\\p1}m 0 0 l 10 10{\\p0}b')).to.deep.equal([
      ['a', {}],
      ['b', {}, '{\\p1}m 0 0 l 10 10{\\p0}'],
    ])
  })

  it('reads braces as players show them', () => {
    expect(runs('a{b')).to.deep.equal([['a{b', {}]])
    expect(runs('a}b')).to.deep.equal([['a}b', {}]])
    expect(runs('\\{a\\}')).to.deep.equal([['{a}', {}]])
  })

  it('reads karaoke as syllables with their times', () => {
    expect(runs('{\\k20}ka{\\kf30}ra{\\kt80\\ko10}o')).to.deep.equal([
      ['ka', { sung: { start: 0, end: 200 } }, '{\\k20}'],
      ['ra', { sung: { start: 200, end: 500, how: 'fill' } }, '{\\kf30}'],
      ['o', { sung: { start: 800, end: 900, how: 'outline' } }, '{\\kt80\\ko10}'],
    ])
  })

  it('reads where a line stands, by alignment and by position', () => {
    expect(read('{\\an7}a')?.place).to.deep.equal({ block: 'top', inline: 'left' })
    expect(read('{\\a6}a')?.place).to.deep.equal({ block: 'top', inline: 'center' })
    expect(read('{\\an5\\pos(96,72)}a')?.place).to.deep.equal({
      block: 'middle',
      inline: 'center',
      point: { x: 25, y: 25 },
    })
  })

  it('tells kinds by the names of styles', () => {
    const styles = [
      'Default',
      'Main-Top',
      'Signs',
      'OP1 Romaji',
      'ED',
      'Opera',
      'Narration',
      'TL note',
      'Edward',
      'Title',
      'Song_EN',
    ]
    const kinds = ass
      .read(script(styles.map(style => line('x', style)).join('')))
      .document.captions.map(({ kind }) => kind)
    expect(kinds).to.deep.equal([
      'dialogue',
      'dialogue',
      'sign',
      'song',
      'song',
      'dialogue',
      'narration',
      'note',
      'dialogue',
      'sign',
      'song',
    ])
  })

  const edits: readonly (readonly [
    sentence: string,
    before: string,
    edit: (text: string) => string,
    after: string,
  ])[] = [
    [
      'keeps the typesetting around words that changed',
      '{\\an7\\pos(10,20)\\t(0,500,\\fs30)}CLOSED{\\blur2} today',
      text => text.replace('CLOSED', 'OPEN'),
      '{\\an7\\pos(10,20)\\t(0,500,\\fs30)}OPEN{\\blur2} today',
    ],
    [
      'keeps how untouched words are spelled',
      'a\\nb {\\i1}old{\\i0} c\\Nd',
      text => text.replace('old', 'new'),
      'a\\nb {\\i1}new{\\i0} c\\Nd',
    ],
    [
      'spells braces, breaks and backslashes so that they are read as themselves',
      'x',
      () => 'a{b}\nC:\\New\u00a0',
      'a\\{b\\}\\NC:\\\u2060New\\h',
    ],
  ]
  for (const [sentence, before, edit, after] of edits)
    it(sentence, () => {
      const file = script(line('first') + line(before) + line('last'))
      const { document } = ass.read(file)
      const edited = editCaption(document, '2', caption => ({
        ...caption,
        runs: caption.runs.map(run => ({ ...run, text: edit(run.text) })),
      }))
      expect(ass.write?.(edited)).to.equal(
        file.replace(before === 'x' ? ',,x\n' : before, before === 'x' ? `,,${after}\n` : after),
      )
    })

  it('changes only the fields that were edited', () => {
    const file = script(
      'Dialogue:  3,0:00:01.00, 0:00:03.000,Default ,Bob,0012,0,0,Banner;30,{\\i1}Hello\\n\n',
    )
    const { document } = ass.read(file)
    const later = editCaption(document, '1', caption => ({ ...caption, start: 1500 }))
    expect(ass.write?.(later)).to.equal(file.replace('0:00:01.00', '0:00:01.50'))
    const other = editCaption(document, '1', caption => ({ ...caption, speaker: 'Alice, of course' }))
    expect(ass.write?.(other)).to.equal(file.replace('Bob', 'Alice  of course'))
  })

  it('reads scripts that order their fields otherwise, and times of any width', () => {
    const file = '[Events]\nFormat: Start, End, Text\nDialogue: 1:02:03.456,1:2:4,Hello, you\n'
    const [caption] = ass.read(file).document.captions
    expect([caption?.start, caption?.end, caption && textOf(caption)]).to.deep.equal([
      3_723_456,
      3_724_000,
      'Hello, you',
    ])
  })

  it('reads lines that stand in no section', () => {
    const { document, diagnostics } = ass.read(line('a') + line('b'))
    expect(document.captions.map(textOf)).to.deep.equal(['a', 'b'])
    expect(diagnostics).to.deep.equal([])
  })

  it('writes no comma into a text that other fields follow', () => {
    const file = '[Events]\nFormat: Start, End, Text, Style\nDialogue: 0:00:01.00,0:00:02.00,a,Default\n'
    const { document } = ass.read(file)
    const edited = editCaption(document, '1', one => ({ ...one, runs: [{ text: 'a, b', marks: {} }] }))
    expect(ass.write?.(edited)).to.equal(file.replace(',a,', ',a\u201a b,'))
  })

  /** What scripts hold beside lines, byte by byte. */
  const held: readonly (readonly [what: string, before: string, after: string])[] = [
    [
      'rows of other kinds',
      '',
      'Comment: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,x\nPicture: 0,0:00:01.00,0:00:02.00,,,0,0,0,,x.png\nCommand: x\n',
    ],
    [
      'fonts and pictures',
      '[Fonts]\nfontname: x_0.ttf\nM!"#$%&[[[\n!!\n\n[Graphics]\nfilename: a.png\n[[[[]]]]\n',
      '\n',
    ],
    [
      'what Aegisub leaves',
      '[Aegisub Project Garbage]\nLast Style Storage: Default\n; x\n',
      '\n[Aegisub Extradata]\nData: 1,k,uv\n',
    ],
    [
      'styles of other versions',
      '[V4++ Styles]\nFormat: Name, RelativeTo\nStyle: A,0\n[V4 Styles]\nStyle: __proto__,Arial\n',
      '',
    ],
    ['newlines of two kinds', '[X]\r\na\r\n\r\n', '\r\n;\r\n'],
  ]
  for (const [what, before, after] of held)
    it(`keeps ${what} while a line is edited`, () => {
      const file = before + script(line('{\\i1 open') + line('a{\\p1}m 0 0 l 1 1{\\p0}b')) + after
      const { document } = ass.read(file)
      expect(ass.write?.(document)).to.equal(file)
      const edited = editCaption(document, '2', one => ({ ...one, end: 4000 }))
      expect(ass.write?.(edited)).to.equal(
        file.replace(/(?<=open\nDialogue: 0,0:00:01.00,)0:00:03.00/, '0:00:04.00'),
      )
    })

  it('tells what is wrong, and goes on', () => {
    const { document, diagnostics } = ass.read(
      script(
        `Dialogue: 0,0:00:01.00,0:00:03.00\nDialogue: 0,x,0:00:03.00,Default,,0,0,0,,a\n${line('ok', 'Nobody')}what\n`,
      ),
    )
    expect(document.captions.map(textOf)).to.deep.equal(['ok'])
    expect(diagnostics.map(({ code, line }) => [code, line])).to.deep.equal([
      ['fields-missing', 7],
      ['times-unreadable', 8],
      ['style-unknown', 9],
      ['row-unknown', 10],
    ])
    expect(ass.read('Hello').diagnostics.map(({ code }) => code)).to.deep.equal(['events-missing'])
  })

  /** Scripts as programs have left them, with the words of their lines and the codes of what is said of them. */
  const usual = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n'
  const oddities: readonly (readonly [
    sentence: string,
    file: string,
    words: readonly string[],
    codes: readonly string[],
  ])[] = [
    ['a line before its format', `[Events]\n${line('a')}${usual}${line('b')}`, ['a', 'b'], []],
    [
      'a format that ends before the text',
      `[Events]\n${usual.replace(', Text', '')}${line('a, b')}`,
      ['a, b'],
      [],
    ],
    [
      'the text as the first of fields',
      '[Events]\nFormat: Text, Start, End\nDialogue: a,0:00:01.00,0:00:02.00\n',
      ['a'],
      [],
    ],
    [
      'SSA, its marks and stars',
      '[V4 Styles]\nFormat: Name\nStyle: X\n[Events]\nDialogue: Marked=0,0:00:01.00,0:00:02.00,*X,NTP,0000,0000,0000,!Effect,Hello, you\n',
      ['Hello, you'],
      [],
    ],
    [
      'sections of both versions',
      '[V4 Styles+]\nFormat: Name\nStyle: X\n[V4+ Styles]\nFormat: Name\nStyle: Y\n' +
        `[Events]\n${line('a', 'X')}${line('b', 'Y')}`,
      ['a', 'b'],
      [],
    ],
    [
      'everything in small letters',
      `[script info]\n[events]\n${usual.toLowerCase()}${line('a').toLowerCase()}`,
      ['a'],
      [],
    ],
    [
      'sections twice',
      `[Events]\n${usual}${line('a')}[V4+ Styles]\nFormat: Name\n[Events]\n${line('b')}`,
      ['a', 'b'],
      [],
    ],
    [
      'what looks like a line in other sections',
      `[Aegisub Project Garbage]\n${line('x')}[Fonts]\nfontname: a_0.ttf\n${line('y')}[Events]\n${usual}${line('a')}`,
      ['a'],
      [],
    ],
    [
      'comments and lines that are no dialogue',
      `[Events]\n${usual}; x\n!: y\nComment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,z\nPicture: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,x.bmp\n${line('a')}`,
      ['a'],
      [],
    ],
    [
      'spaces wherever they may stand',
      `  [Events]\n  ${usual}   ${line('a').replace(':', ' :')}\tDialogue:0, 0:00:01.00 ,0:00:02.00,Default,,0,0,0,,b`,
      ['a', 'b'],
      [],
    ],
    [
      'rows that end in whatever there is',
      `[Events]\r\n${usual.trim()}\r${line('a').trim()}\r\n\r${line('b')}`,
      ['a', 'b'],
      [],
    ],
  ]
  for (const [sentence, file, words, codes] of oddities)
    it(`reads ${sentence}`, () => {
      const { document, diagnostics } = ass.read(file)
      expect(document.captions.map(textOf)).to.deep.equal(words)
      expect(diagnostics.map(({ code }) => code)).to.deep.equal(codes)
      expect(ass.write?.(document)).to.equal(file)
    })

  it('reads numbers and spaces in tags as libass does', () => {
    expect(runs('{comment\\i1 x}a{\\ b1}b{\\b400}c')).to.deep.equal([
      ['a', { italic: true }, '{comment\\i1 x}'],
      ['b', { italic: true, bold: true }, '{\\ b1}'],
      ['c', { italic: true, bold: false }, '{\\b400}'],
    ])
  })

  it('leaves every byte before an edited line as it was, whatever bytes there are and however rows end', () => {
    const junk = fc.uint8Array({ maxLength: 3 })
    const newline = fc.constantFrom('\n', '\r\n', '\r')
    fc.assert(
      fc.property(fc.array(fc.tuple(junk, newline), { minLength: 1, maxLength: 6 }), newline, (rows, end) => {
        const last = Buffer.from(line('last').trimEnd())
        const before = Buffer.concat([
          Buffer.from(script('').replaceAll('\n', end)),
          ...rows.flatMap(([bytes, end]) => [Buffer.from(line('é').trimEnd()), bytes, Buffer.from(end)]),
        ])
        const { document } = readSubtitles(Buffer.concat([before, last]), 'x.ass')
        expect(
          Buffer.from(writeSubtitles(document, ass).bytes).equals(Buffer.concat([before, last])),
        ).to.equal(true)
        const caption = document.captions.at(-1)
        const edited = editCaption(document, caption?.id ?? '', one => ({ ...one, layer: 9 }))
        const bytes = Buffer.from(writeSubtitles(edited, ass).bytes)
        expect(bytes.subarray(0, before.length).equals(before)).to.equal(true)
      }),
      { numRuns: 200 },
    )
  })
})
