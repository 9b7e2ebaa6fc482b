import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Installed } from '../../../pipelines/models.ts'
import { openInference } from '../../../pipelines/onnx.ts'
import { marianEngine } from '../../../pipelines/translation/engines/marian.ts'
import { expectProblem } from '../../support/throws.ts'
import { writeMarian } from '../../support/whisper.ts'

/** On a model of Marian's shape with weights drawn by chance: nonsense, but from the real graphs in the real process. */
describe('translation on this machine', function () {
  this.timeout(30_000)
  let folder = ''
  const inference = openInference()
  const ask = (...texts: string[]) => ({
    from: 'ja',
    to: 'en',
    before: [],
    after: [],
    glossary: [],
    lines: texts.map((text, at) => ({ id: `${at}`, text })),
  })
  const signal = new AbortController().signal
  const engine = () => {
    const model: Installed = {
      id: 'opus-mt-test',
      use: 'translation',
      pairs: [['ja', 'en']],
      origin: 'here',
      revision: '1',
      licence: { name: 'MIT' },
      files: [{ path: 'config.json', bytes: 1, sha256: 'a'.repeat(64) }],
      folder,
    }
    return marianEngine([model], inference, 1)
  }
  before(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'kotodama-marian-')), 'opus-mt-test')
    await writeMarian(folder)
  })
  after(async () => {
    inference.close()
    await rm(join(folder, '..'), { recursive: true, force: true })
  })

  it('answers every line, in order, the same each time', async () => {
    const once = await engine().translate(ask('wait', 'come on'), signal)
    const again = await engine().translate(ask('wait', 'come on'), signal)
    expect(once).to.have.length(2)
    expect(again).to.deep.equal(once)
    expect(once.some(text => (text ?? '').length > 0)).to.equal(true)
  })

  it('goes only where an installed model goes', async () => {
    expect(engine().speaks('ja', 'en')).to.equal(true)
    expect(engine().speaks('ja', 'es')).to.equal(false)
    await expectProblem(() => engine().translate({ ...ask('wait'), to: 'es' }, signal), 'model-missing')
  })

  it('stops at once when it is cancelled', async () => {
    const abort = new AbortController()
    const work = engine()
      .translate(ask('a long line '.repeat(12)), abort.signal)
      .then(
        () => 'done',
        error => error.message,
      )
    abort.abort(new Error('enough'))
    expect(await work).to.equal('enough')
  })
})
