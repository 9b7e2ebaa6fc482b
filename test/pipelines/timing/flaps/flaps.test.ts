import { expect } from 'chai'
import type { ShotFlaps } from '../../../../pipelines/terms.ts'
import { findFlaps } from '../../../../pipelines/timing/flaps/flaps.ts'
import { small } from '../../../../pipelines/timing/flaps/picture.ts'
import { type Clip, draw, fps, tell } from '../../../support/cel.ts'
import { halved, judge } from '../../../support/flaps.ts'

/** The bench has all clips, longer and encoded; these are enough to see each rule work. */
const short = (clip: Omit<Clip, 'name' | 'seconds'>): Clip => ({ name: 'test', seconds: 9, ...clip })
const rate = { num: fps, den: 1 }

async function look(
  pictures: Iterable<Uint8Array>,
  lines: Parameters<typeof findFlaps>[1],
  shots: number[] = [],
) {
  const seen: ShotFlaps[] = []
  const film = {
    pictures: async function* () {
      yield* pictures
    }.call(undefined),
    size: small,
    rate,
    shots,
  }
  for await (const shot of findFlaps(film, lines)) seen.push(shot)
  return seen
}

describe('Drawn mouths', () => {
  it('are read while the camera pans and the head bobs', async () => {
    for (const clip of [
      short({ pan: 12, cast: [{ name: 'A', x: 0.4 }] }),
      short({ bob: 5, cast: [{ name: 'A', x: 0.5 }] }),
    ]) {
      const { right, sights } = await judge(clip, 3)
      expect(right.A?.open).to.be.above(0.95)
      expect(sights).to.equal(1)
    }
  }).timeout(60_000)

  it('are told apart by who speaks', async () => {
    const { right, flaps } = await judge(
      short({
        cast: [
          { name: 'A', x: 0.3 },
          { name: 'B', x: 0.7 },
        ],
      }),
      5,
    )
    expect(right.A?.open).to.be.above(0.95)
    expect(right.B?.open).to.be.above(0.95)
    const at = (who: string) => flaps[0]?.mouths.find(({ speaker }) => speaker === who)?.box.left
    expect(at('A')).to.be.closeTo(0.28, 0.05)
    expect(at('B')).to.be.closeTo(0.68, 0.05)
  }).timeout(60_000)

  it('are not found where a listener blinks and hair sways while somebody off screen speaks', async () => {
    const { sights, flaps } = await judge(
      short({ hair: true, bob: 3, cast: [{ name: 'A' }, { name: 'B', x: 0.5 }] }),
      9,
    )
    expect(flaps[0]?.mouths).to.eql([])
    expect(sights).to.equal(1)
  }).timeout(60_000)

  it('can’t be told in a shot without silence, nor in one over before a flap', async () => {
    const clip = short({ cast: [{ name: 'A', x: 0.5 }] })
    const pictures = [...draw(clip, tell(clip, 1), 1)].slice(0, 60).map(halved)
    const line = { id: 'one', speaker: 'A', start: 0, end: 2500 }
    const cut = (45 * 1000) / fps
    const seen = await look(pictures, [line], [0, cut, cut + 100])
    expect(seen.map(({ start, lines }) => [start, lines])).to.eql([
      [0, { one: 'unsure' }],
      [1875, { one: 'unsure' }],
      [2000, { one: 'unsure' }],
    ])
  }).timeout(60_000)

  it('are asked for in shots alone in which somebody speaks, and cover the film without a gap', async () => {
    const pictures = Array.from({ length: 48 }, () => new Uint8Array(small.width * small.height))
    const seen = await look(pictures, [{ id: 'one', start: 1200, end: 1750 }], [0, 1000])
    expect(seen).to.eql([
      { start: 0, end: 1000, mouths: [], lines: {} },
      { start: 1000, end: 2000, mouths: [], lines: { one: 'unseen' } },
    ])
  })

  it('are looked for in a shot without end piece by piece', async () => {
    const picture = new Uint8Array(small.width * small.height)
    const seen = await look(
      Array.from({ length: 1000 }, () => picture),
      [],
    )
    expect(seen.map(({ start, end }) => [start, end])).to.eql([
      [0, 20_000],
      [20_000, 40_000],
      [40_000, 41_667],
    ])
  })
})
