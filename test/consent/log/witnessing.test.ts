import { expect } from 'chai'
import { fromHex, text, utf8 } from '../../../consent/bytes.ts'
import { openLog } from '../../../consent/log/log.ts'
import { openSigner, readNote, signatureLine } from '../../../consent/log/note.ts'
import { memory } from '../../../consent/log/storage.ts'
import { openWitnessing } from '../../../consent/log/witnessing.ts'
import { startWitness } from '../../support/witness.ts'

const origin = 'log.example/1'
const signer = openSigner(origin, fromHex('11'.repeat(32)))
const some = (count: number, of = 'entry') => Array.from({ length: count }, (_, at) => utf8(`${of} ${at}`))

describe('witnesses outside', () => {
  let witness: Awaited<ReturnType<typeof startWitness>>
  const told: string[] = []
  beforeEach(async () => {
    told.length = 0
    witness = await startWitness(signer)
  })
  afterEach(() => witness.close())

  async function watched(files = new Map<string, Uint8Array>(), outsiders = [witness.outsider]) {
    const storage = memory(files)
    const log = await openLog({ storage, origin, signer })
    return { log, files, witnessing: await openWitnessing(log, storage, outsiders, says => told.push(says)) }
  }
  const signatures = (note: string) =>
    readNote(note, [signer, witness.signer]).signatures.map(({ by }) => by.name)

  it('co-sign what the log says it is, and their signatures are kept with the checkpoint', async () => {
    const { log, files, witnessing } = await watched()
    await log.append(some(3))
    expect(signatures(witnessing.checkpoint())).to.deep.equal([origin])
    await witnessing.round()
    expect(signatures(witnessing.checkpoint())).to.deep.equal([origin, 'witness.example'])
    expect(text(files.get('checkpoint.witnessed') ?? new Uint8Array())).to.equal(witnessing.checkpoint())
    expect(witness.asked).to.deep.equal(['POST /add-checkpoint'])
    await witnessing.round()
    expect(witness.asked, 'nobody is asked twice').to.have.length(1)
    const { witnessing: again } = await watched(files)
    expect(signatures(again.checkpoint())).to.deep.equal([origin, 'witness.example'])
  })

  it('co-sign its growth, from wherever they saw it last', async () => {
    const { log, files, witnessing } = await watched()
    await log.append(some(3))
    await witnessing.round()
    await log.append(some(300))
    expect(signatures(witnessing.checkpoint())).to.deep.equal([origin])
    const { witnessing: forgetful } = await watched(files)
    await forgetful.round() // knows not what was seen, and is told
    expect(signatures(forgetful.checkpoint())).to.deep.equal([origin, 'witness.example'])
    expect(witness.seen()?.size).to.equal(303)
    expect(told).to.deep.equal([])
  })

  it('sign no other history', async () => {
    const { log, witnessing } = await watched()
    await log.append(some(3))
    await witnessing.round()
    const fork = await watched()
    await fork.log.append(some(5, 'other'))
    await fork.witnessing.round()
    expect(signatures(fork.witnessing.checkpoint())).to.deep.equal([origin])
    expect(told.at(-1)).to.equal('The witness witness.example refuses (422).')
  })

  it('tell an older copy from the log', async () => {
    const { log, files, witnessing } = await watched()
    await log.append(some(3))
    const before = new Map([...files].map(([path, bytes]) => [path, bytes.slice()]))
    await log.append(some(2))
    await witnessing.round()
    const { witnessing: older } = await watched(before)
    await older.round()
    expect(told).to.deep.equal([
      'A witness has seen a longer log than this: an older copy stands in its place.',
    ])
  })

  const failures: readonly [
    sentence: string,
    answer: () => { status: number; body: string },
    told: RegExp,
  ][] = [
    ['one that refuses', () => ({ status: 403, body: '' }), /refuses \(403\)/],
    ['one that answers nothing', () => ({ status: 200, body: '' }), /without its signature/],
    ['one that answers nonsense', () => ({ status: 200, body: 'hello\n' }), /no signature line/],
    [
      'one that signs with another key',
      () => ({
        status: 200,
        body: signatureLine(
          'x\n',
          openSigner('witness.example', fromHex('44'.repeat(32)), () => 0),
        ),
      }),
      /without its signature/,
    ],
    [
      'one that signs something else',
      () => ({ status: 200, body: signatureLine('x\n', witness.signer) }),
      /signature on the note is false/,
    ],
    [
      'one that never knows what it has seen',
      () => ({ status: 409, body: '0\n' }),
      /can’t tell what it has seen/,
    ],
    ['one that talks without end', () => ({ status: 200, body: 'x'.repeat(20_000) }), /refuses/],
  ]
  for (const [sentence, answer, wanted] of failures)
    it(`do no harm: ${sentence}`, async () => {
      const { log, witnessing } = await watched()
      await log.append(some(3))
      witness.mood.answers = answer()
      await witnessing.round()
      expect(signatures(witnessing.checkpoint())).to.deep.equal([origin])
      expect(told).to.have.length(1)
      expect(told[0]).to.match(wanted)
      delete witness.mood.answers
      await witnessing.round()
      expect(signatures(witnessing.checkpoint())).to.deep.equal([origin, 'witness.example'])
    })

  it('do no harm: one that is away, beside one that is there', async () => {
    const away = {
      ...witness.outsider,
      address: 'http://127.0.0.1:9',
      key: openSigner('away.example', fromHex('55'.repeat(32)), () => 0),
    }
    const { log, witnessing } = await watched(new Map(), [away, witness.outsider])
    await log.append(some(3))
    await witnessing.round()
    expect(signatures(witnessing.checkpoint())).to.deep.equal([origin, 'witness.example'])
    expect(told).to.deep.equal(['The witness away.example does not answer.'])
  })
})
