import { expect } from 'chai'
import type { TranslateAsk, TranslationEngine } from '../../../../pipelines/translation/engine.ts'
import { deeplEngine } from '../../../../pipelines/translation/engines/deepl.ts'
import { libreEngine } from '../../../../pipelines/translation/engines/libretranslate.ts'
import { chatEngine } from '../../../../pipelines/translation/engines/openai-chat.ts'
import { keepsTranslationEngineContract } from '../../../contracts/translation-engine.ts'
import { type Asked, type FakeService, openService, type Reply } from '../../../support/service.ts'
import { expectProblem } from '../../../support/throws.ts'

type Texts = readonly string[]
/** A service as its engine opens it, and as a fake of it speaks. */
type Kind = {
  readonly name: string
  readonly open: (address: string, wait: (ms: number) => Promise<void>, timeout?: number) => TranslationEngine
  readonly texts: (asked: Asked) => Texts
  readonly say: (texts: Texts) => unknown
}
const key = 'very-secret-key'

const user = (asked: Asked) => {
  const { messages } = asked.body as { messages: { content: string }[] }
  return JSON.parse(messages[1]?.content ?? '') as {
    lines: { text: string; syllables?: unknown; others?: unknown }[]
    before: Texts
    after: Texts
  }
}
const completion = (content: string, finish_reason = 'stop') => ({
  choices: [{ message: { role: 'assistant', content }, finish_reason }],
})
const numbered = (texts: Texts) => JSON.stringify({ lines: texts.map((text, at) => ({ n: at + 1, text })) })

const kinds: readonly Kind[] = [
  {
    name: 'OpenAI-compatible chat',
    open: (address, wait, timeout) =>
      chatEngine({ address: `${address}/v1`, key, model: 'small', wait, timeout }),
    texts: asked => user(asked).lines.map(line => line.text),
    say: texts => completion(numbered(texts)),
  },
  {
    name: 'LibreTranslate',
    open: (address, wait, timeout) => libreEngine({ address, key, wait, timeout }),
    texts: asked => (asked.body as { q: Texts }).q,
    say: texts => ({ translatedText: texts }),
  },
  {
    name: 'DeepL',
    open: (address, wait, timeout) => deeplEngine({ address, key, wait, timeout }),
    texts: asked => (asked.body as { text: Texts }).text,
    say: texts => ({ translations: texts.map(text => ({ detected_source_language: 'JA', text })) }),
  },
]

const four: TranslateAsk = {
  from: 'ja',
  to: 'en',
  lines: ['一', '二', '三', '四'].map((text, at) => ({ id: `l${at}`, speaker: 'ハル', text })),
  before: ['ソウタ: 零'],
  after: ['トメ: 五'],
  glossary: [{ source: '一', target: 'One', language: 'en', forbid: ['Uno'] }],
}
const english = (text: string) => `<${text}>`
const idle = () => new AbortController().signal

for (const kind of kinds)
  describe(`a translation by ${kind.name}`, () => {
    let service: FakeService
    let waits: number[]
    const begin = async (answer: (asked: Asked, count: number) => Reply, timeout?: number) => {
      service = await openService(answer)
      waits = []
      const wait = async (ms: number) => void waits.push(ms)
      return kind.open(service.address, wait, timeout)
    }
    const well = (asked: Asked): Reply => ({ body: kind.say(kind.texts(asked).map(english)) })
    afterEach(() => service?.close())

    describe('as a translation engine', () => {
      let engine: TranslationEngine
      beforeEach(async () => {
        engine = await begin(well)
      })
      keepsTranslationEngineContract(() => engine, { from: 'ja', to: 'en', text: '待って！' })
    })

    it('has an answer for every line, in their order, out of one ask', async () => {
      const engine = await begin(well)
      expect(await engine.translate(four, idle())).to.deep.equal(['<一>', '<二>', '<三>', '<四>'])
      expect(service.asked.length).to.equal(1)
    })

    it('asks once more in halves when the count is wrong, and loses only the half that stays wrong', async () => {
      const engine = await begin(asked => {
        const texts = kind.texts(asked).map(english)
        return { body: kind.say(texts.includes('<一>') ? texts.slice(1) : texts) }
      })
      expect(await engine.translate(four, idle())).to.deep.equal([undefined, undefined, '<三>', '<四>'])
      expect(service.asked.map(asked => kind.texts(asked).length)).to.deep.equal([4, 2, 2])
    })

    it('has no answer where the reply has another shape', async () => {
      const engine = await begin(() => ({ body: { result: 'fine' } }))
      expect(await engine.translate(four, idle())).to.deep.equal([undefined, undefined, undefined, undefined])
    })

    it('takes an empty answer for none', async () => {
      const engine = await begin(asked => ({
        body: kind.say(kind.texts(asked).map((_, at) => (at ? 'x' : ' '))),
      }))
      expect(await engine.translate(four, idle())).to.deep.equal([undefined, 'x', 'x', 'x'])
    })

    it('waits as long as a busy service asks, half a minute at most, and goes on', async () => {
      const busy = [
        { status: 429, headers: { 'retry-after': '7' }, body: 'slow down' },
        { status: 503, headers: { 'retry-after': '3600' }, body: '' },
      ]
      const engine = await begin((asked, count) => busy[count] ?? well(asked))
      expect((await engine.translate(four, idle())).length).to.equal(4)
      expect(waits).to.deep.equal([7000, 30_000])
    })

    it('gives up on a service that stays broken, and says so without its key', async () => {
      const engine = await begin(() => ({ status: 500, body: `no luck with ${key}` }))
      const problem = await expectProblem(() => engine.translate(four, idle()), 'engine-unreachable')
      expect(service.asked.length).to.equal(4)
      expect(problem.message).to.include('500').and.not.include(key)
    })

    it('does not ask again when it is refused, and never shows its key', async () => {
      const engine = await begin(() => ({ status: 403, body: `bad key ${key}` }))
      const problem = await expectProblem(() => engine.translate(four, idle()), 'engine-failed')
      expect(service.asked.length).to.equal(1)
      expect(JSON.stringify([problem.message, problem.figures]))
        .to.include('403')
        .and.not.include(key)
    })

    it('follows no redirect, so that neither key nor lines go to another host', async () => {
      const stranger = await openService(well)
      try {
        const engine = await begin(() => ({ status: 307, headers: { location: stranger.address }, body: '' }))
        await expectProblem(() => engine.translate(four, idle()), 'engine-unreachable')
        expect(stranger.asked).to.deep.equal([])
      } finally {
        await stranger.close()
      }
    })

    it('stops reading an answer that has no end, and takes it for a bad one', async () => {
      const engine = await begin(() => response => {
        let closed = false
        response.on('close', () => {
          closed = true
        })
        const more = () => {
          while (!closed && response.write('x'.repeat(65_536)));
        }
        response.on('drain', more)
        more()
      })
      expect(await engine.translate(four, idle())).to.deep.equal([undefined, undefined, undefined, undefined])
      expect(service.asked.length).to.equal(3)
    })

    it('says so when the answer is not JSON', async () => {
      const engine = await begin(() => ({ body: '<html>Welcome</html>' }))
      const problem = await expectProblem(() => engine.translate(four, idle()), 'engine-failed')
      expect(problem.message).to.include('not JSON')
    })

    it('gives up on a service that never answers, or is not there', async () => {
      const engine = await begin(() => () => {}, 20)
      const problem = await expectProblem(() => engine.translate(four, idle()), 'engine-unreachable')
      expect(problem.message).to.include('no answer within 0.02 s')
      await service.close()
      await expectProblem(() => engine.translate(four, idle()), 'engine-unreachable')
    })

    it('stops at once when it is cancelled in the middle of an ask', async () => {
      const cancel = new AbortController()
      const engine = await begin(() => () => cancel.abort())
      await expectProblem(() => engine.translate(four, cancel.signal), 'cancelled')
      expect(service.asked.length).to.equal(1)
    })
  })

describe('the ask of a translation', () => {
  let service: FakeService
  const first = () => service.asked[0] ?? expect.fail('nothing was asked')
  afterEach(() => service.close())

  it('carries speakers, neighbours and the glossary to a chat, and the key in its header alone', async () => {
    service = await openService(asked => ({ body: completion(numbered(user(asked).lines.map(() => 'x'))) }))
    await chatEngine({ address: `${service.address}/v1/`, key, model: 'small' }).translate(four, idle())
    const { path, headers, body } = first()
    expect(path).to.equal('/v1/chat/completions')
    expect(headers.authorization).to.equal(`Bearer ${key}`)
    expect(JSON.stringify(body)).to.not.include(key)
    expect(body).to.include({ model: 'small', temperature: 0 })
    expect(user(first())).to.deep.equal({
      before: ['ソウタ: 零'],
      lines: ['一', '二', '三', '四'].map((text, at) => ({ n: at + 1, speaker: 'ハル', text })),
      after: ['トメ: 五'],
      glossary: [{ term: '一', use: 'One', never: ['Uno'] }],
    })
  })

  it('carries what the series does with honorifics, and else nothing of them', async () => {
    service = await openService(asked => ({ body: completion(numbered(user(asked).lines.map(() => 'x'))) }))
    const engine = chatEngine({ address: service.address, model: 'small' })
    const terms = [{ honorific: 'senpai', target: 'Captain' }] as const
    await engine.translate({ ...four, honorifics: { language: 'en', custom: 'keep', terms } }, idle())
    expect(JSON.stringify(first().body)).to.include('Keep honorifics').and.to.include('-senpai is')
    await engine.translate(four, idle())
    expect(JSON.stringify(service.asked[1]?.body)).not.to.include('Keep honorifics')
  })

  it('carries how much each line may say, and asks for other wordings where they cost little', async () => {
    service = await openService(asked => ({
      body: completion(
        JSON.stringify({
          lines: user(asked).lines.map((_, at) => ({ n: at + 1, text: 'x', other: ['xx', ' '] })),
        }),
      ),
    }))
    const budgets = [[6, 4], [30, 20], undefined, [9]]
    const lines = four.lines.map((line, at) => ({ ...line, ...(budgets[at] && { budget: budgets[at] }) }))
    const engine = chatEngine({ address: service.address, model: 'small' })
    expect(await engine.translate({ ...four, lines }, idle())).to.deep.equal(
      four.lines.map(() => ['x', 'xx']),
    )
    expect(
      user(first()).lines.map((line: { syllables?: unknown; others?: unknown }) => [
        line.syllables,
        line.others,
      ]),
    ).to.deep.equal([
      [[6, 4], 2],
      [[30, 20], undefined],
      [undefined, undefined],
      [[9], 2],
    ])
    expect(JSON.stringify(first().body)).to.include('come within a tenth of their sum')
  })

  it('shows each half of a bad reply the other half as its neighbour', async () => {
    service = await openService(() => ({ body: completion('I am sorry.') }))
    await chatEngine({ address: service.address, model: 'small' }).translate(four, idle())
    expect(service.asked.slice(1).map(asked => [user(asked).before, user(asked).after])).to.deep.equal([
      [['ソウタ: 零'], ['三', '四']],
      [['一', '二'], ['トメ: 五']],
    ])
  })

  const replies: readonly (readonly [sentence: string, reply: unknown, taken: boolean])[] = [
    ['JSON alone', completion(numbered(['a', 'b', 'c', 'd'])), true],
    [
      'prose around it',
      completion(`Sure!\n\`\`\`json\n${numbered(['a', 'b', 'c', 'd'])}\n\`\`\`\nBye.`),
      true,
    ],
    [
      'another order',
      completion(JSON.stringify({ lines: [4, 3, 2, 1].map(n => ({ n, text: 'abcd'[n - 1] })) })),
      true,
    ],
    [
      'a number twice',
      completion(JSON.stringify({ lines: [1, 1, 2, 3].map(n => ({ n, text: 'a' })) })),
      false,
    ],
    [
      'numbers from 0',
      completion(JSON.stringify({ lines: [0, 1, 2, 3].map(n => ({ n, text: 'a' })) })),
      false,
    ],
    ['a field of its own', completion(JSON.stringify({ lines: [], note: 'hi' })), false],
    ['an end at its limit', completion(numbered(['a', 'b', 'c', 'd']), 'length'), false],
    ['no choice', { choices: [] }, false],
    ['no content', { choices: [{ message: { content: null } }] }, false],
  ]
  for (const [sentence, reply, taken] of replies)
    it(`${taken ? 'takes' : 'does not take'} a chat’s reply with ${sentence}`, async () => {
      service = await openService(() => ({ body: reply }))
      const answers = await chatEngine({ address: service.address, model: 'small' }).translate(four, idle())
      expect(answers).to.deep.equal(taken ? ['a', 'b', 'c', 'd'] : Array(4).fill(undefined))
    })

  it('carries the scene, the glossary and the formality to DeepL, and its key in the header alone', async () => {
    service = await openService(() => ({ body: { translations: [] } }))
    const engine = deeplEngine({ address: service.address, key, formality: 'prefer_less' })
    await engine.translate({ ...four, to: 'es-419' }, idle())
    const { path, headers, body } = first()
    expect(path).to.equal('/v2/translate')
    expect(headers.authorization).to.equal(`DeepL-Auth-Key ${key}`)
    expect(body).to.deep.equal({
      text: ['一', '二', '三', '四'],
      source_lang: 'JA',
      target_lang: 'ES-419',
      context: '一 = One\nソウタ: 零\nハル: 一\nハル: 二\nハル: 三\nハル: 四\nトメ: 五',
      formality: 'prefer_less',
      split_sentences: '0',
      preserve_formatting: true,
    })
  })

  it('names LibreTranslate’s languages as it does, and gives it the key in the body', async () => {
    service = await openService(() => ({ body: { translatedText: [] } }))
    await libreEngine({ address: service.address, key }).translate({ ...four, to: 'pt-BR' }, idle())
    expect(first().path).to.equal('/translate')
    expect(first().body).to.deep.equal({
      q: ['一', '二', '三', '四'],
      source: 'ja',
      target: 'pb',
      format: 'text',
      api_key: key,
    })
  })
})

describe('DeepL', () => {
  it('knows which languages it goes between', () => {
    const engine = deeplEngine({ key })
    const pairs: readonly (readonly [string, string, boolean])[] = [
      ['ja', 'en', true],
      ['ja', 'es-419', true],
      ['ja', 'ja', false],
      ['en', 'en-GB', false],
      ['ja', 'tlh', false],
    ]
    for (const [from, to, speaks] of pairs) expect(engine.speaks(from, to), `${from} ${to}`).to.equal(speaks)
  })

  it('takes the free plan’s address for a free plan’s key', () => {
    expect(deeplEngine({ key: 'abc:fx' }).identity).to.include('api-free.deepl.com')
    expect(deeplEngine({ key: 'abc' }).identity).to.include(' api.deepl.com')
  })
})
