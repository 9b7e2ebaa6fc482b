import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { Problem } from '../../../pipelines/problem.ts'
import type { Glossary, Line, LineEdit, MemoryEntry, Transcript } from '../../../pipelines/terms.ts'
import type { Answer, TranslateAsk, TranslationEngine } from '../../../pipelines/translation/engine.ts'
import { recall } from '../../../pipelines/translation/memory.ts'
import { translate } from '../../../pipelines/translation/translate.ts'
import { rememberingRun } from '../../support/remember.ts'
import { type Bench, openBench } from '../../support/stage.ts'
import { expectProblem } from '../../support/throws.ts'

const line = (id: string, text: string, more: Partial<Line> = {}): Line => ({
  id,
  text,
  kind: 'dialogue',
  speaker: 'ハル',
  start: 0,
  end: 1000,
  words: [],
  trust: 1,
  hand: 'machine',
  ...more,
})
const entry = (source: string, target: string): MemoryEntry => ({
  from: 'ja',
  to: 'en',
  source,
  target,
  origin: 'Pilot',
})
const edit = (id: string, text: string, language = 'en'): LineEdit => ({
  line: id,
  language,
  version: 1,
  text,
})
const transcript = (lines: readonly Line[]): Transcript => ({
  language: 'ja',
  way: 'script',
  lines,
  findings: [],
})

/** Answers in brackets, as `says` or by what is asked, and writes down every ask. */
function engineThat(says: (ask: TranslateAsk) => readonly (Answer | undefined)[], batch = 2) {
  const asked: TranslateAsk[] = []
  const engine: TranslationEngine = {
    identity: 'brackets 1',
    licence: 'none',
    batch,
    speaks: (_, to) => to !== 'tlh',
    translate: async ask => {
      asked.push(ask)
      return says(ask)
    },
  }
  return { engine, asked }
}
const brackets = ({ lines }: TranslateAsk) => lines.map(({ id }) => `English of ${id}`)

describe('translating', () => {
  let bench: Bench
  before(async () => {
    bench = await openBench()
  })
  after(() => bench.close())

  type Wanted = {
    readonly lines: readonly Line[]
    readonly memory?: readonly MemoryEntry[]
    readonly glossary?: Glossary
    readonly edits?: readonly LineEdit[]
    readonly engine?: TranslationEngine
    readonly to?: string
    readonly run?: Parameters<typeof translate>[2]
    readonly budgets?: Parameters<typeof translate>[0]['budgets']
  }
  const make = ({
    lines,
    memory = [],
    glossary = [],
    edits = [],
    engine,
    to = 'en',
    run = bench.run,
    budgets,
  }: Wanted) =>
    translate(
      { transcript: transcript(lines), to, recalled: recall(memory, lines), glossary, edits, budgets },
      engine,
      run,
      bench.at,
    )
  const rules = (made: Awaited<ReturnType<typeof make>>) =>
    made.findings.map(finding => `${finding.place.line ?? finding.place.language} ${finding.rule}`)

  describe('several wordings', () => {
    const wordings = (...texts: readonly string[]) => engineThat(() => [texts]).engine
    const one = line('a', 'ハルさん、灯り石だ')
    const term = { source: '灯り石', target: 'lightstone', language: 'en' }
    it('leave the first as the translation and the rest for the fit to choose from', async () => {
      const engine = wordings('Haru, it glows', 'It glows, Haru', ' ', 'Haru, it glows')
      const { lines } = await make({ lines: [one], engine })
      expect(lines[0]).to.deep.include({ text: 'Haru, it glows', candidates: ['It glows, Haru'] })
    })
    it('never break a term where another does not, however well they fit', async () => {
      const engine = wordings('Haru, a glowing rock', 'Haru, a lightstone', 'A lightstone')
      const { lines, findings } = await make({ lines: [one], engine, glossary: [term] })
      expect(lines[0]).to.deep.include({ text: 'Haru, a lightstone', candidates: ['A lightstone'] })
      expect(findings).to.deep.equal([])
    })
    it('never differ in the honorifics they keep', async () => {
      const { lines } = await make({
        lines: [one],
        engine: wordings('Haru-san, look', 'Haru, look', 'Look, Haru-san'),
      })
      expect(lines[0]?.candidates).to.deep.equal(['Look, Haru-san'])
    })
    it('are never the original or talk about the work', async () => {
      const { lines } = await make({
        lines: [one],
        engine: wordings('灯り石だ', 'As an AI language model', 'Look'),
      })
      expect(lines[0]?.text).to.equal('Look')
      expect(lines[0]).to.not.have.property('candidates')
    })
  })

  describe('how much a line may say', () => {
    const budgets = { a: { phrases: [5, 3] } }
    const asks = async (budgeted: boolean) => {
      const { engine, asked } = engineThat(brackets)
      await make({ lines: [line('a', '一'), line('b', '二')], engine: { ...engine, budgeted }, budgets })
      return asked[0]?.lines.map(({ budget }) => budget)
    }
    it('is told to an engine that heeds it', async () => {
      expect(await asks(true)).to.deep.equal([[5, 3], undefined])
    })
    it('is not told to others, so that a moved line asks them nothing again', async () => {
      expect(await asks(false)).to.deep.equal([undefined, undefined])
    })
  })

  it('takes a memory of the same text as it is', async () => {
    const made = await make({ lines: [line('a', '待って！')], memory: [entry('待って！', 'Wait!')] })
    expect(made).to.deep.equal({
      language: 'en',
      lines: [
        {
          id: 'a',
          text: 'Wait!',
          origin: { how: 'memory', score: 1, origin: 'Pilot', source: '待って！' },
        },
      ],
      findings: [],
    })
  })

  it('takes a memory of the same words with other punctuation, and says so', async () => {
    const made = await make({ lines: [line('a', '待って。')], memory: [entry('待って！', 'Wait!')] })
    expect(made.lines[0]?.text).to.equal('Wait!')
    expect(rules(made)).to.deep.equal(['a memory-fuzzy'])
  })

  it('only suggests a memory that is alike, since one syllable can turn a sentence round', async () => {
    const made = await make({
      lines: [line('a', 'あの人なら、きっとこの石を直せない。')],
      memory: [entry('あの人なら、きっとこの石を直せる。', 'She can surely mend it.')],
    })
    expect(made.lines[0]?.text).to.equal('')
    expect(made.lines[0]?.origin).to.deep.equal({ how: 'none' })
    expect(made.lines[0]?.suggestion?.text).to.equal('She can surely mend it.')
    expect(rules(made)).to.deep.equal(['a untranslated', 'a memory-similar'])
  })

  it('does not take an answer for a question’s translation', async () => {
    const made = await make({ lines: [line('a', '光った？')], memory: [entry('光った！', 'It shines!')] })
    expect(made.lines[0]?.text).to.equal('')
  })

  it('says when the memory does not agree with itself, and takes the newest', async () => {
    const memory = [entry('はい。', 'Yes.'), entry('はい。', 'Right.')]
    const made = await make({ lines: [line('a', 'はい。')], memory })
    expect(made.lines[0]?.text).to.equal('Right.')
    expect(made.lines[0]?.suggestion?.text).to.equal('Yes.')
    expect(rules(made)).to.deep.equal(['a memory-ambiguous'])
  })

  it('leaves empty what nobody could translate, and never passes off the original for it', async () => {
    const { engine } = engineThat(({ lines }) => [undefined, lines[1]?.text], 4)
    const made = await make({ lines: [line('a', '待って！'), line('b', '星がきれいだね。')], engine })
    expect(made.lines).to.deep.equal([
      { id: 'a', text: '', origin: { how: 'none' } },
      { id: 'b', text: '', origin: { how: 'none' } },
    ])
    expect(rules(made)).to.deep.equal(['a untranslated', 'b untranslated'])
  })

  it('refuses what an engine says about its work', async () => {
    const { engine } = engineThat(() => ['As an AI model, I cannot translate this.'])
    const made = await make({ lines: [line('a', '待って！')], engine })
    expect(made.lines[0]?.text).to.equal('')
  })

  it('takes no answer from a reply that is a line too short or too long', async () => {
    for (const says of [['One'], ['One', 'Two', 'Three']]) {
      const { engine } = engineThat(() => says)
      const made = await make({ lines: [line('a', '一'), line('b', '二')], engine })
      expect(made.lines.map(one => one.text)).to.deep.equal(['', ''])
    }
  })

  it('asks the engine for what the memory does not know, batch by batch, with the neighbours', async () => {
    const { engine, asked } = engineThat(brackets)
    const lines = ['一', '二', '三', '四', '五', '六'].map((text, at) => line(`l${at}`, text))
    const made = await make({ lines, memory: [entry('四', 'Four')], engine })
    expect(made.lines.map(one => one.text)).to.deep.equal([
      'English of l0',
      'English of l1',
      'English of l2',
      'Four',
      'English of l4',
      'English of l5',
    ])
    expect(asked.map(ask => [ask.before, ask.lines.map(one => one.id), ask.after])).to.deep.equal([
      [[], ['l0', 'l1'], ['ハル: 三', 'ハル: 四']],
      [['ハル: 一', 'ハル: 二'], ['l2'], ['ハル: 五', 'ハル: 六']],
      [['ハル: 二', 'ハル: 三', 'ハル: 四'], ['l4', 'l5'], []],
    ])
  })

  it('gives the engine the terms of its lines and no others', async () => {
    const { engine, asked } = engineThat(brackets, 8)
    const glossary = [
      { source: '灯屋', target: 'Akariya', language: 'en' },
      { source: '星', target: 'star', language: 'en' },
    ]
    await make({ lines: [line('a', '灯屋だ。')], glossary, engine })
    expect(asked[0]?.glossary).to.deep.equal([glossary[0]])
  })

  it('lets a person’s words stand, with the machine’s beside them', async () => {
    const { engine } = engineThat(brackets)
    const made = await make({
      lines: [line('a', '一'), line('b', '二'), line('c', '三')],
      memory: [entry('一', 'One')],
      edits: [edit('a', 'The first'), edit('b', 'Second'), edit('c', 'drei', 'de')],
      engine,
    })
    expect(
      made.lines.map(({ text, origin, suggestion }) => [text, origin.how, suggestion?.text]),
    ).to.deep.equal([
      ['The first', 'human', 'One'],
      ['Second', 'human', 'English of b'],
      ['English of c', 'engine', undefined],
    ])
  })

  it('takes an empty line of a person for their will, and suggests nothing that they said themselves', async () => {
    const made = await make({
      lines: [line('a', '一'), line('b', '二')],
      memory: [entry('二', 'Two')],
      edits: [edit('a', ''), edit('b', 'Two')],
    })
    expect(made.lines).to.deep.equal([
      { id: 'a', text: '', origin: { how: 'human' } },
      { id: 'b', text: 'Two', origin: { how: 'human' } },
    ])
    expect(made.findings).to.deep.equal([])
  })

  it('asks nothing again when a person edits a translation, and one batch alone when they edit the original', async () => {
    const { engine, asked } = engineThat(brackets)
    const { run } = rememberingRun(bench.at)
    const lines = Array.from({ length: 12 }, (_, at) => line(`l${at}`, `第${at}行`))
    await make({ lines, engine, run })
    expect(asked.length).to.equal(6)
    await make({ lines, engine, run, edits: [edit('l3', 'By hand')] })
    expect(asked.length).to.equal(6)
    const changed = lines.map(one => (one.id === 'l6' ? { ...one, text: '別の行' } : one))
    await make({ lines: changed, engine, run })
    const again = asked.slice(6).map(ask => ask.lines.map(one => one.id))
    expect(again).to.deep.include(['l6', 'l7'])
    // Its neighbours see the changed line, the rest of the episode does not.
    expect(again.flat()).to.not.include.members(['l0', 'l1'])
    expect(again.length).to.be.at.most(4)
  })

  it('remembers the batches that were done when a later one fails', async () => {
    const { run } = rememberingRun(bench.at)
    const lines = ['一', '二', '三', '四'].map((text, at) => line(`l${at}`, text))
    const down = engineThat(ask => {
      if (ask.lines[0]?.id === 'l2')
        throw new Problem('engine-unreachable', { engine: 'brackets', address: 'x', reason: 'down' })
      return brackets(ask)
    })
    await expectProblem(() => make({ lines, engine: down.engine, run }), 'engine-unreachable')
    const up = engineThat(brackets)
    const made = await make({ lines, engine: up.engine, run })
    expect(up.asked.map(ask => ask.lines.map(one => one.id))).to.deep.equal([['l2', 'l3']])
    expect(made.lines.every(one => one.text !== '')).to.equal(true)
  })

  it('translates signs and songs, and leaves stage directions alone', async () => {
    const { engine, asked } = engineThat(brackets, 8)
    const lines = [
      line('a', '本日休業', { kind: 'sign' }),
      line('b', 'ともれ', { kind: 'song' }),
      line('c', '戸が開く音', { kind: 'note' }),
    ]
    const made = await make({ lines, engine })
    expect(asked[0]?.lines.map(one => one.id)).to.deep.equal(['a', 'b'])
    expect(made.lines.map(one => one.text)).to.deep.equal(['English of a', 'English of b', ''])
    expect(made.findings).to.deep.equal([])
  })

  it('says when the engine does not know the languages, and goes on with the memory', async () => {
    const { engine, asked } = engineThat(brackets)
    const made = await make({ lines: [line('a', '一')], memory: [entry('一', 'wa’')], to: 'tlh', engine })
    expect(made.lines[0]?.text).to.equal('wa’')
    expect(asked).to.deep.equal([])
    expect(rules(made)).to.deep.equal(['tlh engine-language'])
  })

  it('holds the words of memory, engine and people against the glossary alike', async () => {
    const { engine } = engineThat(() => ['The lamp is out.'])
    const glossary = [{ source: '灯り石', target: 'lightstone', language: 'en' }]
    const made = await make({
      lines: [line('a', '灯り石だ。'), line('b', '灯り石が消えた。'), line('c', '灯り石！')],
      memory: [entry('灯り石だ。', 'A lamp.')],
      edits: [edit('c', 'Lamp!')],
      glossary,
      engine,
    })
    expect(rules(made).filter(rule => rule.endsWith('glossary-missing'))).to.deep.equal([
      'a glossary-missing',
      'b glossary-missing',
      'c glossary-missing',
    ])
  })

  it('tells how far it is', async () => {
    bench.reports.length = 0
    await make({
      lines: ['一', '二', '三', '四'].map((text, at) => line(`l${at}`, text)),
      engine: engineThat(brackets).engine,
    })
    expect(bench.reports).to.deep.equal([0.5, 1])
  })

  it('leaves a translator work to do in the sample, and breaks no rule of its own glossary', async () => {
    const read = (file: string) =>
      JSON.parse(readFileSync(join(import.meta.dirname, '../../../samples/lantern-01', file), 'utf8'))
    const { lines: known } = read('expected/truth.json') as { lines: { text: string; kind: Line['kind'] }[] }
    const lines = known.map(({ text, kind }, at) => line(`l${at}`, text, { kind }))
    for (const to of ['en', 'es']) {
      const made = await make({
        lines,
        memory: (read('memory.json') as MemoryEntry[]).filter(one => one.to === to),
        glossary: (read('glossary.json') as Glossary).filter(one => one.language === to),
        to,
      })
      const count = (rule: string) => made.findings.filter(finding => finding.rule === rule).length
      expect(made.lines.filter(one => one.text !== '').length).to.equal(15)
      expect(count('untranslated')).to.equal(9)
      expect(count('memory-similar')).to.be.within(3, 6)
      expect(made.findings.filter(finding => finding.rule.startsWith('glossary'))).to.deep.equal([])
    }
  })
})
