import { expect } from 'chai'
import { driftOf, due, factorOf, startOf } from '../../client/play/schedule.ts'

const regions = [0, 4000, 8000].map(start => ({ start, end: start + 4000, url: `/${start}` }))
const region = regions[1] ?? { start: 4000, end: 8000, url: '' }

describe('when a region of the dub sounds', () => {
  it('is due when any of it lies in the stretch, its end excluded', () => {
    expect(due(regions, 4000, 8000).map(({ start }) => start)).to.deep.equal([4000])
    expect(due(regions, 3999, 8001).map(({ start }) => start)).to.deep.equal([0, 4000, 8000])
  })
  it('waits until the picture is there', () => {
    expect(startOf(region, { at: 1000, clock: 50, rate: 1 })).to.deep.equal({ when: 53, offset: 0 })
  })
  it('waits half as long at double speed', () => {
    expect(startOf(region, { at: 1000, clock: 50, rate: 2 })).to.deep.equal({ when: 51.5, offset: 0 })
  })
  it('begins in its middle when the picture does', () => {
    expect(startOf(region, { at: 5500, clock: 50, rate: 1 })).to.deep.equal({ when: 50, offset: 1.5 })
  })
  it('is held against the picture', () => {
    const anchor = { at: 1000, clock: 50, rate: 1 }
    expect(driftOf(anchor, 52, 3000)).to.equal(0)
    expect(driftOf(anchor, 52, 3060)).to.equal(60)
    expect(driftOf({ ...anchor, rate: 0.5 }, 52, 2000)).to.equal(0)
  })
  it('is as loud as its gain says', () => {
    expect(factorOf(0)).to.equal(1)
    expect(factorOf(-6)).to.be.closeTo(0.501, 0.001)
    expect(factorOf(20)).to.equal(10)
  })
})
