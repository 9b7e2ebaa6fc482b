import { expect } from 'chai'
import { digestOf } from '../../../server/consent/certificate.ts'
import { openRunning } from '../../../server/consent/running.ts'
import { openStreams } from '../../../server/consent/streams.ts'
import { openReach, type ReachParts } from '../../../server/consent/withdraw.ts'
import { openArtifacts } from '../../../server/store/artifacts.ts'
import { openPeople, type People } from '../../../server/store/people.ts'
import { type ConsentHouse, openConsentHouse } from '../../support/consent-house.ts'
import { openTestStore } from '../../support/store.ts'

/** The walk from a voice to everything it is in, as it goes on after whatever stopped it. */
describe('what was taken back', () => {
  let house: ConsentHouse
  let store: Awaited<ReturnType<typeof openTestStore>>
  let people: People
  let parts: ReachParts
  const streams = openStreams()
  let grant = ''
  beforeEach(async () => {
    house = await openConsentHouse()
    grant = await house.agree()
    store = await openTestStore()
    const now = () => house.clock.now++
    people = await openPeople(store.connection, now)
    const artifacts = await openArtifacts(store.connection, now)
    const { consent, actor } = house
    parts = {
      ...{ consent, people, artifacts, now, running: openRunning(), streams },
      work: {
        ofAll: async () => [{ episode: 'e1', state: 'ready', draft: { digest: 'd', bytes: 0, type: '' } }],
      },
      remake: async () => undefined,
      tell: () => {},
      ...{ told: true, notified: async () => undefined, log: () => {} },
    }
    const key = 'a'.repeat(64)
    const made = { key, step: 'dub', version: 1, inputs: [], result: key, blobs: [key] }
    await artifacts.remember({ ...made, stands: [actor.id, grant] })
    const recipient = { recipient: 'rei', called: 'Rei', episode: 'e1', name: 'a.mkv', digest: key }
    await people.deliveries.add({ ...recipient, actors: [actor.id], entries: [grant] })
  })
  afterEach(async () => {
    await store.close()
    await house.close()
  })

  const completed = () =>
    house.consent.registry.entries().flatMap(entry => (entry.kind === 'completed' ? [entry] : []))
  const withdraw = () => house.consent.registry.stop(house.withdrawal([grant]))
  /** Opens the walk, lets it walk what there is, and ends it. */
  async function walked(change: Partial<ReachParts> = {}) {
    const reach = openReach({ ...parts, ...change })
    await reach.settle()
    const id = house.consent.registry.entries().find(({ kind }) => kind === 'withdrawal')?.id ?? ''
    const report = await reach.report(id)
    const barred = await reach.barred([grant])
    await reach.close()
    return { ...report, barred }
  }

  const broken = async (): Promise<never> => {
    throw new Error('the power is off')
  }
  const stops: Readonly<Record<string, () => Partial<ReachParts>>> = {
    'the list of results': () => ({ artifacts: { derivedFrom: () => broken() as never } }),
    'the notices': () => ({ people: { ...people, walks: { ...people.walks, announce: broken } } }),
    'the making anew': () => ({ remake: broken }),
    'the certificate': () => ({ people: { ...people, walks: { ...people.walks, certify: broken } } }),
    'the log': () => ({
      consent: { ...house.consent, registry: { ...house.consent.registry, tell: broken } },
    }),
    'the last mark': () => ({ people: { ...people, walks: { ...people.walks, log: broken } } }),
  }
  for (const [where, fault] of Object.entries(stops))
    it(`is walked to its end by the next start when the house fell at ${where}, and certified once`, async () => {
      await withdraw()
      const first = await walked(fault())
      expect(first.certificate).to.equal(undefined)
      // Not walked yet, and dead all the same.
      expect(first.barred).to.equal(true)
      const { certificate, notices, digest } = await walked()
      expect(certificate).to.have.nested.property('quarantined.steps.dub', 1)
      expect(certificate?.recipients).to.have.length(1)
      expect(notices).to.have.length(1)
      expect(completed().map(({ certificate }) => certificate)).to.deep.equal([digest])
      expect((await walked()).digest).to.equal(digest)
      expect(completed()).to.have.length(1)
    })

  it('is walked again where an older store was put back, and the log has that certificate too', async () => {
    await withdraw()
    const { certificate } = await walked()
    await store.connection.db?.collection('walks').deleteMany({})
    const again = await walked()
    expect(again.notices).to.have.length(1)
    expect(completed().map(({ certificate }) => certificate)).to.deep.equal([
      digestOf(certificate),
      again.digest,
    ])
  })

  it('is stopped at once while the disk is full, and walked when it stands in the log', async () => {
    const reach = openReach(parts)
    let cut = 0
    streams.hold({ destroy: () => ++cut, once: () => undefined } as never, [house.actor.id])
    house.disk.full = true
    expect(await withdraw()).to.deep.equal({ logged: false })
    expect(cut).to.equal(1)
    expect(await reach.barred([grant])).to.equal(true)
    expect(reach.endings()).to.deep.equal([])
    house.disk.full = false
    await house.consent.registry.about('', '')
    await reach.settle()
    const [ending] = reach.endings()
    const report = await reach.report(ending?.entry.id ?? '')
    expect(report?.certificate?.stopped.streams).to.equal(1)
    await reach.close()
  })
})
