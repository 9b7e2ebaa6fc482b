import { expect } from 'chai'
import type { LineEdit, Speech, Utterance } from '../../../pipelines/terms.ts'
import { cutWords, join } from '../../../pipelines/transcript/cut.ts'
import { segment } from '../../../pipelines/transcript/segment.ts'
import { spreadWords } from '../../../pipelines/transcript/spread.ts'
import { utterance, words } from '../../support/lines.ts'

const speech = (utterances: Utterance[], language = 'en'): Speech => ({
  way: 'script',
  language,
  utterances,
  findings: [],
})
const wait = utterance('Wait for me!', { start: 0, end: 1000 }, { speaker: 'Haru' })
const come = utterance('Come on.', { start: 2000, end: 2600 }, { speaker: 'Sota' })
const edit = (line: string, more: Partial<LineEdit>): LineEdit => ({
  line,
  language: 'en',
  version: 1,
  ...more,
})

describe('lines of a script', () => {
  it('stay lines, with their characters', () => {
    const { lines } = segment(speech([wait, come]), [], [])
    expect(lines.map(({ text, speaker, hand }) => [text, speaker, hand])).to.deep.equal([
      ['Wait for me!', 'Haru', 'machine'],
      ['Come on.', 'Sota', 'machine'],
    ])
  })

  it('keep their ids when others come and go, and when their times change', () => {
    const [, before] = segment(speech([wait, come]), [], []).lines
    const other = utterance('Look!', { start: 1100, end: 1300 })
    const after = segment(speech([wait, other, { ...come, start: 2100, end: 2700 }]), [], []).lines[2]
    expect(after?.id).to.equal(before?.id)
  })

  it('have ids of their own when they say the same', () => {
    const ids = segment(speech([wait, { ...wait, start: 3000, end: 4000 }]), [], []).lines.map(({ id }) => id)
    expect(new Set(ids).size).to.equal(2)
  })

  it('get words by their length where nobody heard when they were said', () => {
    const [line] = segment(speech([wait]), [], []).lines
    expect(line?.words).to.deep.equal(words('Wait 0-400 for 400-700 me! 700-1000'))
  })

  it('tell when their times are doubtful', () => {
    const { findings } = segment(speech([{ ...wait, trust: 0.3 }, come]), [], [])
    expect(findings.map(({ rule, figures }) => [rule, figures])).to.deep.equal([
      ['times-doubtful', { trust: 0.3 }],
    ])
  })
})

describe('a person’s hand on a line', () => {
  const id = segment(speech([wait]), [], []).lines[0]?.id ?? ''

  it('changes its text and lays the words anew', () => {
    const [line] = segment(speech([wait]), [], [edit(id, { text: 'Hold on!' })]).lines
    expect(line).to.include({ id, text: 'Hold on!', hand: 'human', trust: 1, speaker: 'Haru' })
    expect(line?.words.map(({ text }) => text)).to.deep.equal(['Hold', 'on!'])
  })

  it('moves its words with its times', () => {
    const [line] = segment(speech([wait]), [], [edit(id, { start: 1000, end: 3000 })]).lines
    expect(line?.words).to.deep.equal(words('Wait 1000-1800 for 1800-2400 me! 2400-3000'))
  })

  it('keeps lines in the order of their times', () => {
    const { lines } = segment(speech([wait, come]), [], [edit(id, { start: 5000, end: 6000 })])
    expect(lines.map(({ text }) => text)).to.deep.equal(['Come on.', 'Wait for me!'])
  })

  it('is told of, with its words, when its line is gone', () => {
    const { findings } = segment(speech([come]), [], [edit(id, { text: 'Hold on!' })])
    expect(findings[0]).to.deep.include({
      rule: 'edit-orphaned',
      place: { line: id, language: 'en' },
      figures: { text: 'Hold on!' },
    })
  })
})

describe('words that an engine heard', () => {
  const texts = (spoken: string, shots: number[] = [], language = 'en') =>
    cutWords(words(spoken), shots, language).map(line => join(line, language))

  const cases: readonly [sentence: string, spoken: string, shots: number[], lines: string[]][] = [
    ['are parted by a long silence', 'Wait 0-400 here 1200-1500', [], ['Wait', 'here']],
    ['are not parted by a breath', 'Wait 0-400 here 700-900', [], ['Wait here']],
    [
      'are parted after a full stop',
      'It 0-200 is 200-500 gone. 500-1000 Where? 1100-1400',
      [],
      ['It is gone.', 'Where?'],
    ],
    [
      'are not left alone by a full stop after a short word',
      'No. 0-300 It 400-600 is 600-900 gone. 900-1200',
      [],
      ['No. It is gone.'],
    ],
    ['are parted by a new picture in a breath', 'Wait 0-400 here 700-900', [550], ['Wait', 'here']],
    ['are not torn by a new picture within a word', 'Wait 0-400 here 420-900', [200], ['Wait here']],
  ]
  for (const [sentence, spoken, shots, lines] of cases)
    it(sentence, () => expect(texts(spoken, shots)).to.deep.equal(lines))

  it('fall into lines that can be read, at a comma before any other place', () => {
    const long = spreadWords(
      'When the lantern on the hill goes out nobody in the town can sleep, and so we must carry a new light up there before midnight comes.',
      { start: 0, end: 9000 },
      'en',
    )
    expect(cutWords(long, [], 'en').map(line => join(line, 'en'))[0]).to.equal(
      'When the lantern on the hill goes out nobody in the town can sleep,',
    )
  })

  it('of Japanese are parted between phrases, never before a particle', () => {
    const long = spreadWords(
      '灯り石がまた消えてしまったので星まつりまでに灯屋のトメさんに見てもらわなければならないんですよ',
      { start: 0, end: 9000 },
      'ja',
    )
    const lines = cutWords(long, [], 'ja').map(line => join(line, 'ja'))
    expect(lines.join('')).to.equal(long.map(({ text }) => text).join(''))
    expect(lines.length).to.be.above(1)
    for (const line of lines.slice(1)) expect(line).not.to.match(/^[がのでにをはと]/u)
  })

  it('lose nothing and stay in order, whatever is cut', () => {
    const all = words('a 0-10 b. 800-900 c 905-2000 d 2000-9000 e 20000-20001')
    expect(cutWords(all, [905, 3], 'en').flat()).to.deep.equal(all)
  })

  it('keep the text as it was written where an utterance stays whole', () => {
    const heard = utterance('It is… gone!', { start: 0, end: 1000 }, { pinned: false })
    expect(segment(speech([heard]), [], []).lines.map(({ text }) => text)).to.deep.equal(['It is… gone!'])
  })
})
