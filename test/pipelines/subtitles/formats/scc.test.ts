import { expect } from 'chai'
import fc from 'fast-check'
import {
  type Caption,
  type Document,
  type Marks,
  type Run,
  textOf,
  tidy,
} from '../../../../pipelines/subtitles/document.ts'
import { scc } from '../../../../pipelines/subtitles/formats/scc.ts'
import {
  basicChar,
  extendedChar,
  preamble,
  rowOfCode,
  sendable,
  specialChar,
  withParity,
} from '../../../../pipelines/subtitles/formats/scc-codes.ts'
import { instantOf } from '../../../../pipelines/subtitles/frames.ts'
import { lost } from '../../../../pipelines/subtitles/lost.ts'

const rate = { num: 30_000, den: 1001 }
const at = (frame: number) => instantOf(frame, rate)
const head = 'Scenarist_SCC V1.0\n\n'
const read = (file: string) => scc.read(head + file)
const write = (document: Document): string => scc.write?.(document) ?? ''
const captionsOf = (file: string) =>
  read(file).document.captions.map(one => [one.start, one.end, textOf(one)])
const codesOf = (file: string) => read(file).diagnostics.map(({ code, line }) => [code, line])
const hex = (bytes: readonly number[]) => {
  const words = []
  for (let i = 0; i < bytes.length; i += 2)
    words.push(Buffer.from([withParity(bytes[i] ?? 0), withParity(bytes[i + 1] ?? 0)]).toString('hex'))
  return words.join(' ')
}
const letters = (text: string) => hex([...Buffer.from(text.padEnd(text.length + (text.length % 2), '\0'))])
const cue = (start: number, end: number, runs: readonly Run[], more: Partial<Caption> = {}): Caption => ({
  id: '1',
  start: at(start),
  end: at(end),
  kind: 'dialogue',
  runs,
  ...more,
})
const plainly = (text: string): Run => ({ text, marks: {} })
const clear = '942c 942c'

const cases: readonly (readonly [
  sentence: string,
  file: string,
  rows: readonly (readonly [number, number, string])[],
  codes: readonly string[],
])[] = [
  [
    'a caption is shown when the code that shows it is sent, not when it is loaded',
    `00:00:01:00\t9420 9420 94ae 94ae 9470 9470 ${letters('Hi')} 942f 942f\n\n00:00:02:00\t${clear}`,
    [[at(37), at(60), 'Hi']],
    [],
  ],
  [
    'one that nothing clears ends with the next',
    `00:00:01:00\t9420 9470 ${letters('a')} 942f\n\n00:00:02:00\t9420 94ae 9470 ${letters('b')} 942f\n\n00:00:03:00\t942c`,
    [
      [at(33), at(64), 'a'],
      [at(64), at(90), 'b'],
    ],
    [],
  ],
  [
    'frames left out of drop-frame counts are none',
    `00:01:00;02\t9420 9470 ${letters('a')} 942f\n\n00:10:00;00\t942c`,
    [[at(1803), at(17_982), 'a']],
    [],
  ],
  [
    'of a code that is sent twice the second does nothing, of one sent four times the third does',
    `00:00:01:00\t9420 9470 9137 9137 9137 9137 942f\n\n00:00:02:00\t942c`,
    [[at(36), at(60), '♪♪']],
    [],
  ],
  [
    'rows that roll up are captions of their own',
    `00:00:01:00\t9425 94ad 9470 ${letters('one')}\n\n00:00:02:00\t9425 94ad 9470 ${letters('two')}\n\n00:00:03:00\t942c`,
    [
      [at(33), at(61), 'one'],
      [at(63), at(90), 'two'],
    ],
    [],
  ],
  [
    'what is painted is shown as it comes',
    `00:00:01:00\t9429 9470 ${letters('abc')}\n\n00:00:03:00\t942c`,
    [[at(32), at(90), 'abc']],
    [],
  ],
  [
    'a clock that begins at a whole hour is counted from it',
    `01:00:01:00\t9420 9470 ${letters('a')} 942f\n\n01:00:02:00\t942c`,
    [[at(33), at(60), 'a']],
    ['clock-late'],
  ],
  [
    'wrong parity is told',
    `00:00:01:00\t9420 9470 c1c1 ${letters('b')} 942f\n\n00:00:02:00\t942c`.replace('c1c1', 'c141'),
    [[at(34), at(60), 'AAb']],
    ['parity-wrong'],
  ],
  [
    'the other channel is left out',
    `00:00:01:00\t9420 9470 ${letters('a')} 1c20 1c70 ${letters('x')} 942f\n\n00:00:02:00\t942c`,
    [[at(36), at(60), 'a']],
    ['channel-other'],
  ],
  [
    'what is no word is told',
    `00:00:01:00\t9420 zz 9470 ${letters('a')} 942f\n\n00:00:02:00\t942c\nhello`,
    [[at(33), at(60), 'a']],
    ['word-odd', 'row-unknown'],
  ],
  [
    'what nothing ends, ends after five seconds',
    `00:00:01:00\t9420 9470 ${letters('a')} 942f`,
    [[at(33), at(33) + 5000, 'a']],
    ['end-missing'],
  ],
  [
    'rows far apart are two captions',
    `00:00:01:00\t9420 9170 ${letters('a')} 9470 ${letters('b')} 942f\n\n00:00:02:00\t942c`.replace(
      '9170',
      hex(preamble(1, 8, false)),
    ),
    [
      [at(35), at(60), 'a'],
      [at(35), at(60), 'b'],
    ],
    [],
  ],
]

describe('SCC', () => {
  for (const [sentence, file, rows, codes] of cases)
    it(sentence, () => {
      expect(captionsOf(file)).to.deep.equal(rows)
      expect(codesOf(file).map(([code]) => code)).to.deep.equal(codes)
      expect(write(read(file).document)).to.equal(head + file)
    })

  it('tells a file that does not say what it is, and time codes that count what is not there', () => {
    expect(scc.read('00:01:00;00\t942c').diagnostics.map(({ code }) => code)).to.deep.equal([
      'head-missing',
      'time-odd',
      'no-captions',
    ])
  })

  it('has every code of a preamble for every row, and every character under one code only', () => {
    for (let row = 1; row <= 15; row++)
      for (let attribute = 0; attribute < 16; attribute++) {
        const [first, second] = preamble(row, attribute, false)
        expect(rowOfCode(first, second), `row ${row}`).to.equal(row)
        expect((second & 0x1e) >> 1).to.equal(attribute)
      }
    const chars = [
      ...Array.from({ length: 96 }, (_, i) => basicChar(0x20 + i)),
      ...Array.from({ length: 16 }, (_, i) => specialChar(0x30 + i)),
      ...[0x12, 0x13].flatMap(first => Array.from({ length: 32 }, (_, i) => extendedChar(first, 0x20 + i))),
    ]
    expect(chars).to.have.length(176)
    expect(new Set(chars).size).to.equal(176)
    expect(chars).not.to.include(undefined)
  })

  it('reads back every character it has, in a row of its own', () => {
    for (let code = 0x21; code < 0x80; code++) {
      const char = basicChar(code) ?? ''
      expect(
        scc.read(write({ captions: [cue(60, 90, [plainly(char)])] })).document.captions.map(textOf),
      ).to.deep.equal([char])
    }
    const others = [
      '®°½¿™¢£♪àèâêîôû',
      "ÁÉÓÚÜü‘¡*'—©℠•“”",
      'ÀÂÇÈÊËëÎÏïÔÙùÛ«»',
      'ÃãÍÌìÒòÕõ{}\\^_|~',
      'ÄäÖöß¥¤¦ÅåØø┌┐└┘',
    ]
    const text = others.join('\n')
    expect(
      scc.read(write({ captions: [cue(300, 400, [plainly(text)])] })).document.captions.map(textOf),
    ).to.deep.equal([text])
  })

  it('spells what it has no character for in those it has', () => {
    expect(sendable('a…b–c ő 漢\u0065\u0301').join('')).to.equal('a...b-c o ?é')
  })

  it('loads a caption before it is shown: its last word goes through one frame earlier', () => {
    const file = write({ captions: [cue(100, 130, [plainly('Hello')])] })
    expect(file).to.equal(
      `${head}00:00:02;29\t9420 9420 94ae 94ae 9476 9476 97a1 97a1 ${letters('Hello')} 942f 942f\n\n00:00:04;10\t942c 942c\n`,
    )
  })

  it('clears a caption at its own time while the next is loaded', () => {
    const long = 'A row that takes a while to send'
    const document = {
      captions: [
        cue(100, 130, [plainly('Hello')]),
        { ...cue(164, 190, [plainly(`${long}\n${long}`)]), id: '2' },
      ],
    }
    expect(lost(document, scc.read(write(document)).document)).to.deep.equal([])
  })

  it('shows a caption late that can not be loaded in time, and tells', () => {
    const document = { captions: [cue(2, 90, [plainly('Hello')])] }
    expect(lost(document, scc.read(write(document)).document)).to.deep.equal([
      { what: 'time', captions: ['1'] },
    ])
  })

  it('leaves frames out of its counts, or none, as the file it was read from', () => {
    const later = cue(17_982 + 1000, 17_982 + 1100, [plainly('a')])
    expect(write({ captions: [later] })).to.include('\n00:10:36;20\t942c')
    expect(write({ captions: [later], beside: { 'scc.drop': 'no' } })).to.include('\n00:10:36:02\t942c')
  })

  it('counts from the hour that the clock of its makers began at', () => {
    const document: Document = { captions: [cue(100, 130, [plainly('a')])], offset: 3_600_000 }
    const file = write(document)
    expect(file).to.include('\n01:00:03;0')
    const back = scc.read(file).document
    expect([back.captions[0]?.start, back.offset]).to.deep.equal([at(100), 3_600_000])
  })

  const looks: fc.Arbitrary<Marks> = fc.record(
    {
      italic: fc.constant(true),
      underline: fc.constant(true),
      color: fc.constantFrom('#00ff00', '#0000ff', '#00ffff', '#ff0000', '#ffff00', '#ff00ff'),
    },
    { requiredKeys: [] },
  )
  const words = fc.array(fc.constantFrom('Hello', 'été', "don't", '¿Qué?', '(x)'), {
    minLength: 1,
    maxLength: 4,
  })

  it('says colours, italics and underlines of whole rows wherever they stand', () => {
    const row = fc.record({ text: words.map(list => list.join(' ')), marks: looks })
    const place = fc.constantFrom<Caption['place']>(
      undefined,
      { block: 'top' },
      { inline: 'left' },
      { inline: 'right' },
      { block: 'middle' },
    )
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), place, (rows, where) => {
        const runs = tidy(rows.flatMap((run, i) => (i === 0 ? [run] : [{ text: '\n', marks: {} }, run])))
        const document = { captions: [cue(600, 700, runs, { ...(where && { place: where }) })] }
        const back = scc.read(write(document)).document
        expect(back.captions.map(textOf)).to.deep.equal(document.captions.map(textOf))
        // In the first column there is no room for a code: a row of a colour and italics stands one further.
        expect(lost(document, back).filter(({ what }) => what !== 'alignment')).to.deep.equal([])
      }),
      { numRuns: 300 },
    )
  })

  it('changes looks at spaces, and never a letter for a look', () => {
    const run = fc.record({ text: words.map(list => list.slice(0, 1).join(' ')), marks: looks })
    fc.assert(
      fc.property(
        fc.array(run, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', ' ', '  '),
        (runs, between) => {
          const spaced = runs.map((one, i) => ({ ...one, text: i === 0 ? one.text : between + one.text }))
          const document = { captions: [cue(600, 700, tidy(spaced))] }
          const back = scc.read(write(document)).document
          expect(back.captions.map(textOf)).to.deep.equal(document.captions.map(textOf))
          if (between === '  ') expect(lost(document, back)).to.deep.equal([])
        },
      ),
      { numRuns: 300 },
    )
  })
})
