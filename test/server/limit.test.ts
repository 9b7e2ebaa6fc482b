import { expect } from 'chai'
import { neighbour, openLimit } from '../../server/limit.ts'
import { expectProblem } from '../support/throws.ts'

describe('a limit', () => {
  let at = 0
  const now = () => at
  beforeEach(() => {
    at = 0
  })

  it('lets so many through and tells the next how long to wait', async () => {
    const limit = openLimit(2, 60_000, now)
    limit.take('a')
    at = 15_500
    limit.take('a')
    const { figures } = await expectProblem(() => limit.take('a'), 'too-many')
    expect(figures).to.deep.equal({ seconds: 45 })
  })

  it('counts everybody by themselves', () => {
    const limit = openLimit(1, 60_000, now)
    limit.take('a')
    expect(() => limit.take('b')).to.not.throw()
  })

  it('begins anew when its window is over', () => {
    const limit = openLimit(1, 60_000, now)
    limit.take('a')
    at = 60_000
    expect(() => limit.take('a')).to.not.throw()
  })

  it('does not hold against anybody what was given back', () => {
    const limit = openLimit(1, 60_000, now)
    limit.take('a')
    limit.give('a')
    expect(() => limit.take('a')).to.not.throw()
  })
})

describe('who counts as one', () => {
  const cases: readonly [address: string, one: string][] = [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ]
  for (const [address, one] of cases)
    it(`takes ${address || 'nobody'} for ${one || 'nobody'}`, () => {
      expect(neighbour(address)).to.equal(one)
    })
})
