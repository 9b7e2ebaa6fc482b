import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AutoFeatureExtractor, env, Tensor, WhisperForConditionalGeneration } from '@huggingface/transformers'
import { expect } from 'chai'
import { hearWindow, listenTokens } from '../../../pipelines/onnx/whisper.ts'
import {
  forbid,
  logSoftmax,
  repetition,
  segmentsOf,
  type WhisperTokens,
} from '../../../pipelines/onnx/whisper-rules.ts'
import { tokenFrames } from '../../../pipelines/onnx/word-times.ts'
import { noise } from '../../support/onnx.ts'
import { firstTime, special, token, vocabulary, writeWhisper } from '../../support/whisper.ts'

const tokens: WhisperTokens = {
  start: token('<|startoftranscript|>'),
  end: token('<|endoftext|>'),
  firstTime,
  noTimestamps: token('<|notimestamps|>'),
  noSpeech: token('<|nospeech|>'),
  transcribe: token('<|transcribe|>'),
  languages: { en: token('<|en|>'), ja: token('<|ja|>') },
  suppressed: special.slice(1).map(token),
  suppressedFirst: [32],
}
const at = (step: number) => firstTime + step

describe('what Whisper may say next', () => {
  const allowed = (said: readonly number[]) => {
    const scores = new Float32Array(vocabulary).fill(0)
    // Words far likelier than times, so that only the grammar decides.
    scores.fill(20, 0, tokens.end + 1)
    forbid(scores, said, tokens)
    const may = (id: number) => (scores[id] ?? 0) > Number.NEGATIVE_INFINITY
    return {
      word: may(65),
      end: may(tokens.end),
      earliest: [...Array(1501).keys()].find(step => may(at(step))),
      latest: [...Array(1501).keys()].findLast(step => may(at(step))),
    }
  }
  const cases: readonly [sentence: string, said: number[], expected: object][] = [
    ['begins with a time within the first second', [], { word: false, end: false, earliest: 0, latest: 50 }],
    [
      'says words after an opening time',
      [at(10)],
      { word: true, end: true, earliest: undefined, latest: undefined },
    ],
    [
      'says words or a later time after words',
      [at(10), 65],
      { word: true, end: true, earliest: 11, latest: 1500 },
    ],
    [
      'opens again, not before it closed, or ends',
      [at(10), 65, at(80)],
      { word: false, end: true, earliest: 80, latest: 1500 },
    ],
    [
      'says words after a pair of times',
      [at(10), 65, at(80), at(90)],
      { word: true, end: true, earliest: undefined, latest: undefined },
    ],
  ]
  for (const [sentence, said, expected] of cases)
    it(sentence, () => expect(allowed(said)).to.deep.equal(expected))

  it('takes a time when all times together are likelier than the likeliest word', () => {
    const scores = new Float32Array(vocabulary).fill(-30)
    scores[65] = 0
    scores.fill(-4, at(11), at(1000))
    forbid(scores, [at(10), 65], tokens)
    expect(scores[65]).to.equal(Number.NEGATIVE_INFINITY)
  })

  it('never says what the model’s own configuration suppresses', () => {
    const scores = new Float32Array(vocabulary).fill(0)
    forbid(scores, [at(0)], tokens)
    for (const name of special.slice(1)) expect(scores[token(name)]).to.equal(Number.NEGATIVE_INFINITY)
  })
})

describe('what Whisper said', () => {
  const cases: readonly [sentence: string, said: number[], expected: ReturnType<typeof segmentsOf>][] = [
    ['is nothing when nothing was said', [], { segments: [], next: 600 }],
    [
      'falls into segments between times',
      [at(0), 65, 66, at(50), at(60), 67, at(90)],
      {
        segments: [
          { startStep: 0, endStep: 50, from: 1, to: 3 },
          { startStep: 60, endStep: 90, from: 5, to: 6 },
        ],
        next: 600,
      },
    ],
    [
      'is heard again from the last closed sentence when another was left open',
      [at(0), 65, at(50), at(60), 67],
      { segments: [{ startStep: 0, endStep: 50, from: 1, to: 2 }], next: 50 },
    ],
    [
      'keeps an only sentence that never closed',
      [at(0), 65],
      { segments: [{ startStep: 0, endStep: 600, from: 1, to: 2 }], next: 600 },
    ],
    [
      'never ends after the sound',
      [at(0), 65, at(900)],
      { segments: [{ startStep: 0, endStep: 600, from: 1, to: 2 }], next: 600 },
    ],
  ]
  for (const [sentence, said, expected] of cases)
    it(sentence, () => expect(segmentsOf(said, tokens, 600)).to.deep.equal(expected))

  it('gives itself away when it loops', () => {
    expect(repetition('ありがとうございました。'.repeat(12))).to.be.above(2.4)
    expect(repetition('The lantern on the hill has not been lit for a hundred years, they say.')).to.be.below(
      2.4,
    )
  })
})

describe('when a word was said', () => {
  it('is where the decoder looked while it wrote it', () => {
    const truth = [0, 12, 20, 45, 70]
    const frames = 90
    const heads = [0, 1, 2].map(head => {
      const look = noise(truth.length * frames, 40 + head).map(value => 0.1 * Math.abs(value))
      truth.forEach((start, row) => {
        look.fill(1, row * frames + start, row * frames + (truth[row + 1] ?? frames))
      })
      return look
    })
    expect(tokenFrames(heads, truth.length, frames)).to.deep.equal(truth)
  })
})

describe('Whisper decoded by hand', () => {
  let folder = ''
  const sound = noise(16_000 * 9, 3)
  before(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'kotodama-whisper-')), 'whisper-random')
    await writeWhisper(folder)
  })
  after(() => rm(join(folder, '..'), { recursive: true, force: true }))

  it('says what a decoder without a memory would say, token for token', async () => {
    const { said, prompt } = await hearTokens()
    env.localModelPath = join(folder, '..')
    const model = await WhisperForConditionalGeneration.from_pretrained('whisper-random', {
      local_files_only: true,
      dtype: 'q8',
    })
    const { input_features } = await (
      await AutoFeatureExtractor.from_pretrained('whisper-random', { local_files_only: true })
    )(sound)
    const again: number[] = []
    for (let turn = 0; turn < said.length; turn++) {
      const ids = [...prompt, ...again]
      const decoder_input_ids = new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length])
      const { logits } = await model({ input_features, decoder_input_ids })
      const scores = Float32Array.from(logits.data.slice(-vocabulary))
      forbid(scores, again, tokens)
      again.push(scores.indexOf(Math.max(...scores)))
    }
    expect(again).to.deep.equal(said)
  })

  /** The tokens of the coolest try, read back from the segments’ bytes and times. */
  async function hearTokens() {
    return {
      said: (await listenTokens({ folder, threads: 1, sound, language: 'en' })).slice(0, 12),
      prompt: [tokens.start, token('<|en|>'), tokens.transcribe],
    }
  }

  it('finds the language by its own first guess, and takes the one it is told', async () => {
    const free = await hearWindow({ folder, threads: 1, sound })
    expect(free.language).to.be.oneOf(['en', 'ja', 'es'])
    const told = await hearWindow({ folder, threads: 1, sound, language: 'es-419' })
    expect(told.language).to.equal('es')
  })

  it('gives the same words for the same sound', async () => {
    const [once, twice] = [
      await hearWindow({ folder, threads: 1, sound }),
      await hearWindow({ folder, threads: 1, sound }),
    ]
    expect(twice).to.deep.equal(once)
  })

  it('keeps every time inside the sound and in order', async () => {
    const { segments, silence, until } = await hearWindow({ folder, threads: 1, sound, language: 'en' })
    expect(silence).to.be.within(0, 1)
    expect(until).to.be.at.most(9000)
    for (const { start, end, words } of segments) {
      expect(start).to.be.within(0, end)
      expect(end).to.be.at.most(9000)
      for (const word of words) expect(word.start).to.be.within(start, word.end)
    }
  })
})

describe('probabilities', () => {
  it('sum to one after the logarithm of the softmax, however large the scores', () => {
    const sum = logSoftmax(Float32Array.of(1000, 999, -1000)).reduce((all, value) => all + Math.exp(value), 0)
    expect(sum).to.be.closeTo(1, 1e-5)
  })
})
