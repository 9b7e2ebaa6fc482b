import { expect } from 'chai'
import fc from 'fast-check'
import { Problem } from '../../../pipelines/problem.ts'
import { readScript, type ScriptLine } from '../../../pipelines/speech/script.ts'
import { expectProblem } from '../../support/throws.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readScript(bytes(text), 'The script')
const brief = ({ kind, speaker, text }: ScriptLine) => `${kind} ${speaker ?? '-'} ${text}`

const rows: readonly [says: string, script: string, lines: readonly string[]][] = [
  ['a name and words in 「」', 'ハル「トメさん！」', ['dialogue ハル トメさん！']],
  ['a name, a colon and words', 'MIA: Hello! Is anybody there?', ['dialogue MIA Hello! Is anybody there?']],
  ['a full-width colon', 'ハル：トメさん！', ['dialogue ハル トメさん！']],
  ['quotes after a colon', 'ハル：「トメさん！」', ['dialogue ハル トメさん！']],
  [
    'words of whoever spoke last',
    'ハル「はい。」\n「待ってください。」',
    ['dialogue ハル はい。', 'dialogue ハル 待ってください。'],
  ],
  [
    'a narrator',
    'ナレーション「その夜のこと。」\nNarrator: That night.',
    ['narration ナレーション その夜のこと。', 'narration Narrator That night.'],
  ],
  ['writing in the picture', '【看板】灯屋　本日休業\nA: x', ['sign - 灯屋　本日休業', 'dialogue A x']],
  ['a song with its singer', 'ハル「♪ともれ　ともれ♪」', ['song ハル ともれ　ともれ']],
  ['a song alone', '♪ともれ　ともれ♪', ['song - ともれ　ともれ']],
  [
    'a stage direction in brackets',
    '（ハル、石を抱いて走る）\nA: x',
    ['note - ハル、石を抱いて走る', 'dialogue A x'],
  ],
  [
    'a stage direction after a space',
    '　雨の音\n A door closes.\nA: x',
    ['note - 雨の音', 'note - A door closes.', 'dialogue A x'],
  ],
  [
    'a direction after the name',
    'ハル（小声で）「はい。」\nMIA (softly): Yes.',
    ['dialogue ハル はい。', 'dialogue MIA Yes.'],
  ],
  ['a direction inside the words', 'ハル「えっ（息をのむ）、休業？」', ['dialogue ハル えっ、休業？']],
  ['a line that is all direction', 'ハル「（息をのむ）」\nA: x', ['note - 息をのむ', 'dialogue A x']],
  [
    'a quote over several rows',
    'ハル「長い\n　話だ。」\nA「two\nrows」',
    ['dialogue ハル 長い話だ。', 'dialogue A two rows'],
  ],
  ['quotes within quotes', 'ハル「『灯屋』って「店」だよ。」', ['dialogue ハル 『灯屋』って「店」だよ。']],
  ['comments and scenes', '# 第1話\n＃ 同じ\n○ 灯り坂・夜\n〇 坂\nA: x', ['dialogue A x']],
  ['a byte order mark, CRLF and empty rows', '\ufeffA: x\r\n\r\nB: y\r\n', ['dialogue A x', 'dialogue B y']],
  ['text in NFC', 'A: cafe\u0301', ['dialogue A café']],
]

const times: readonly [script: string, start: number, end: number | undefined][] = [
  ['[0:21.500] A: x', 21_500, undefined],
  ['[0:21.500-0:24.200] A: x', 21_500, 24_200],
  ['［1:02:03 – 1:02:04,5］A: x', 3_723_000, 3_724_500],
  ['[90:00] A: x', 5_400_000, undefined],
]

const broken: readonly [says: string, script: string, line: number, reason: RegExp][] = [
  ['a row that is nothing', 'A: x\nwhat is this', 2, /no name/],
  ['a quote that is never closed', 'A: x\nハル「はい\nB: y', 2, /never closed/],
  ['words after a quote', 'ハル「はい」そうです', 1, /after its 」/],
  ['a quote before anybody spoke', '「はい」', 1, /nobody has spoken/],
  ['a name as long as a sentence', `${'a'.repeat(41)}: x`, 1, /longer than 40/],
  ['a time that ends before it begins', '[0:10-0:09] A: x', 1, /ends before/],
  ['a time of no clock', '[0:75] A: x', 1, /no time/],
  ['a script in which nothing is spoken', '【看板】灯屋', 1, /nothing in it is spoken/],
  ['an endless line', `A: ${'x'.repeat(2001)}`, 1, /longer than 2000/],
  ['an empty file', '', 1, /nothing in it is spoken/],
]

describe('a script', () => {
  for (const [says, script, lines] of rows)
    it(`may hold ${says}`, () => {
      expect(read(script).map(brief)).to.deep.equal(lines)
    })

  for (const [script, start, end] of times)
    it(`may say when: ${script}`, () => {
      const [line] = read(script)
      expect([line?.start, line?.end, line?.text]).to.deep.equal([start, end, 'x'])
    })

  for (const [says, script, line, reason] of broken)
    it(`names the row of ${says}`, async () => {
      const problem = await expectProblem(() => read(script), 'script-unreadable')
      expect(problem.figures).to.include({ file: 'The script', line })
      expect(problem.figures.reason).to.match(reason)
    })

  it('is read in Shift_JIS and EUC-JP too', () => {
    // ハル「はい。」
    const sjis = Uint8Array.from([
      0x83, 0x6e, 0x83, 0x8b, 0x81, 0x75, 0x82, 0xcd, 0x82, 0xa2, 0x81, 0x42, 0x81, 0x76,
    ])
    const euc = Uint8Array.from([
      0xa5, 0xcf, 0xa5, 0xeb, 0xa1, 0xd6, 0xa4, 0xcf, 0xa4, 0xa4, 0xa1, 0xa3, 0xa1, 0xd7,
    ])
    for (const coded of [sjis, euc])
      expect(readScript(coded, 'x').map(brief)).to.deep.equal(['dialogue ハル はい。'])
  })

  it('is refused when it is no text, or as large as no script is', async () => {
    await expectProblem(() => readScript(Uint8Array.from([0xff, 0xd8, 0xff, 0xfd]), 'x'), 'script-unreadable')
    await expectProblem(() => readScript(new Uint8Array(4_000_001).fill(65), 'x'), 'script-unreadable')
  })

  it('is never read forever', async () => {
    const hostile = [
      'a'.repeat(4_000_000),
      `A「${'「'.repeat(3_000_000)}`,
      'ハ（'.repeat(1_000_000),
      ' \n'.repeat(2_000_000),
    ]
    for (const script of hostile) await expectProblem(() => read(script), 'script-unreadable')
  })

  it('gives lines or a named problem for any text', () => {
    const signs = fc.constantFrom(...'「」：:【】♪（）()[]［］《》｜# ○\nあ漢x0.-')
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 60 }), chars => {
        try {
          for (const line of read(chars.join(''))) expect(line.text.length).to.be.greaterThan(0)
        } catch (error) {
          expect(error).to.be.instanceOf(Problem)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('gives readings to what they follow, and remembers them', () => {
    const lines = read(
      'A「｜灯り石《あかりいし》だ、先輩《せんぱい》。」\nB「先輩、灯り石を……石を。」\nA「石《せき》、消《け》す。消える石。先輩《パイセン》！」\nB「先輩と宝石。」',
    )
    expect(
      lines.map(({ text, hints }) =>
        hints.map(({ at, length, kana }) => `${text.slice(at, at + length)}=${kana}`),
      ),
    ).to.deep.equal([
      ['灯り石=あかりいし', '先輩=せんぱい'],
      ['先輩=せんぱい', '灯り石=あかりいし'],
      ['石=せき', '消=け', '先輩=パイセン'],
      ['先輩=パイセン'],
    ])
  })
})
