import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { digestOf } from '../../pipelines/index.ts'
import { Problem } from '../../pipelines/problem.ts'
import type { Run, Step } from '../../pipelines/stage.ts'
import type { Blob } from '../../pipelines/terms.ts'
import type { StepView } from '../../server/contract.ts'
import { blobsIn, openRun } from '../../server/remember.ts'
import type { Artifact, Artifacts } from '../../server/store/artifacts.ts'
import { type Blobs, openBlobs } from '../../server/store/blobs.ts'
import { expectProblem } from '../support/throws.ts'

const step: Step = { name: 'speech', version: 1, of: 'ja' }

describe('the run that remembers', () => {
  let folder = ''
  let blobs: Blobs
  let records: Map<string, Artifact>
  let heard: [StepView, boolean][]
  let abort: AbortController
  let run: Run
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kotodama-remember-'))
    blobs = await openBlobs(join(folder, 'blobs'))
    records = new Map()
    heard = []
    abort = new AbortController()
    const artifacts = {
      recall: async (key: string) => records.get(key),
      remember: async (made: Omit<Artifact, 'at'>) =>
        void records.set(made.key, { ...made, at: new Date(0) }),
      retire: async (gone: readonly Artifact[]) => {
        for (const { key } of gone) records.delete(key)
      },
    } as Artifacts
    let clock = 0
    run = openRun({
      artifacts,
      blobs,
      scratch: join(folder, 'scratch'),
      signal: abort.signal,
      now: () => (clock += 1000),
      hear: (view, remembered) => heard.push([view, remembered]),
    })
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('does a step once and remembers what it gave', async () => {
    let times = 0
    const work = () => ({ words: ++times })
    expect(await run(step, ['a', { b: 1 }], work)).to.deep.equal({ words: 1 })
    expect(await run(step, ['a', { b: 1 }], work)).to.deep.equal({ words: 1 })
    expect(times).to.equal(1)
    expect(heard.at(-1)).to.deep.equal([{ step: 'speech', of: 'ja', state: 'done', fraction: 1 }, true])
  })

  const others: readonly [sentence: string, step: Step, inputs: unknown[], again: boolean][] = [
    ['another input', step, ['a', { b: 2 }], true],
    ['another version of the step', { ...step, version: 2 }, ['a', { b: 1 }], true],
    ['another step', { ...step, name: 'timing' }, ['a', { b: 1 }], true],
    ['one more input', step, ['a', { b: 1 }, 'c'], true],
    ['the same inputs under another label', { ...step, of: 'en' }, ['a', { b: 1 }], false],
    ['the same input with its keys in another order', step, ['a', JSON.parse('{"z":1,"b":1}')], true],
    ['an input in which something is undefined that was absent', step, ['a', { b: 1, c: undefined }], false],
  ]
  for (const [sentence, other, inputs, again] of others)
    it(`${again ? 'does again' : 'remembers'}: ${sentence}`, async () => {
      let times = 0
      await run(step, ['a', { b: 1 }], () => ++times)
      await run(other, inputs, () => ++times)
      expect(times).to.equal(again ? 2 : 1)
    })

  it('gives a freshly made result in the very shape in which it is remembered', async () => {
    const made = await run(step, [], () => ({ b: undefined, a: [undefined, 1] }))
    expect(Object.keys(made)).to.deep.equal(['a'])
    expect(await run(step, [], () => 0)).to.deep.equal(made)
  })

  it('keeps the files of a result and does the step again when one of them is gone', async () => {
    let times = 0
    const work = async (at: Parameters<Parameters<Run>[2]>[0]) => {
      times++
      await writeFile(join(at.scratch, 'sound'), 'la')
      return { sound: await at.keep(join(at.scratch, 'sound'), 'audio/wav') }
    }
    const { sound } = await run(step, ['x'], work)
    expect(await blobs.text(sound)).to.equal('la')
    await run(step, ['x'], work)
    expect(times).to.equal(1)
    await blobs.remove(sound.digest)
    await run(step, ['x'], work)
    expect(times).to.equal(2)
    expect(await readdir(join(folder, 'scratch'))).to.deep.equal([])
  })

  it('remembers nothing of a step that failed, and clears its scratch folder', async () => {
    await run(step, [], () => {
      throw new Problem('disk-full', { place: 'here' })
    }).catch(() => undefined)
    expect(records.size).to.equal(0)
    expect(await readdir(join(folder, 'scratch'))).to.deep.equal([])
    expect(heard.at(-1)?.[0].state).to.equal('failed')
  })

  it('ends as cancelled whatever a cancelled step threw, and starts nothing after', async () => {
    await expectProblem(
      () =>
        run(step, [], () => {
          abort.abort()
          throw new Error('ffmpeg was killed')
        }),
      'cancelled',
    )
    await expectProblem(() => run(step, [], () => 1), 'cancelled')
    expect(records.size).to.equal(0)
  })

  it('does not remember the result of a step that ended after it was cancelled', async () => {
    await expectProblem(() => run(step, [], () => abort.abort()), 'cancelled')
    expect(records.size).to.equal(0)
  })

  it('tells how far a step is and how long it will take as far as it can know', async () => {
    await run(step, [], at => at.report(0.5))
    const half = heard.find(([view]) => view.fraction === 0.5)?.[0]
    expect(half).to.include({ step: 'speech', state: 'running' })
    expect(half?.left).to.be.above(0)
  })

  it('says nothing of parts: they count towards the step around them', async () => {
    await run({ name: 'part', version: 1 }, [], () => 1)
    expect(heard).to.deep.equal([])
  })

  it('records what a step was given and what it made, so that what came of a file can be found', async () => {
    const file: Blob = { digest: 'a'.repeat(64), bytes: 1, type: 'audio/wav' }
    const made = await run(step, [{ media: { ears: file } }], () => ({ speech: 1 }))
    await run({ name: 'timing', version: 1 }, [made], () => ({ timed: 1 }))
    const [first, second] = [...records.values()]
    expect(first?.inputs).to.include(file.digest)
    expect(second?.inputs).to.include(first?.result)
  })
})

describe('digests of plain values', () => {
  it('do not hang on the order of keys', () => {
    expect(digestOf({ a: 1, b: [{ c: 2, d: 3 }] })).to.equal(digestOf({ b: [{ d: 3, c: 2 }], a: 1 }))
  })
  it('hang on the order of lists', () => {
    expect(digestOf([1, 2])).not.to.equal(digestOf([2, 1]))
  })
  it('find every blob, however deep', () => {
    const blob = (letter: string): Blob => ({ digest: letter.repeat(64), bytes: 1, type: 'x/y' })
    const value = { a: blob('a'), list: [{ b: blob('b') }, null, 3, [blob('a')]] }
    expect([...blobsIn(value)]).to.deep.equal(['a'.repeat(64), 'b'.repeat(64)])
  })
})
