import { expect } from 'chai'
import * as fc from 'fast-check'
import { bytesOf, clock, parts, readClock, shortClock } from '../../client/times.ts'

describe('times on the page', () => {
  const clocks: readonly [ms: number, written: string][] = [
    [0, '0:00.000'],
    [999, '0:00.999'],
    [62_345, '1:02.345'],
    [3_599_999, '59:59.999'],
    [3_723_456, '1:02:03.456'],
    [-5, '0:00.000'],
  ]
  for (const [ms, written] of clocks)
    it(`writes ${ms} ms as ${written}`, () => {
      expect(clock(ms)).to.equal(written)
    })

  it('reads back whatever it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 35_999_999 }), ms => {
        expect(readClock(clock(ms))).to.equal(ms)
      }),
    )
  })

  const read: readonly [text: string, ms: number | undefined][] = [
    ['62.3', 62_300],
    ['1:02,5', 62_500],
    ['0:01:02.300', 62_300],
    [' 7 ', 7000],
    ['1:2:3:4', undefined],
    ['1.2345', undefined],
    ['soon', undefined],
    ['', undefined],
    ['-1', undefined],
  ]
  for (const [text, ms] of read)
    it(`reads “${text}” as ${ms}`, () => {
      expect(readClock(text)).to.equal(ms)
    })

  it('leaves the fraction away where nobody needs it', () => {
    expect([0, 61_999, 3_661_000].map(shortClock)).to.deep.equal(['0:00', '1:01', '1:01:01'])
  })

  const lengths: readonly [ms: number, told: ReturnType<typeof parts>][] = [
    [400, { unit: 'seconds', a: 0, b: 0 }],
    [59_000, { unit: 'seconds', a: 59, b: 0 }],
    [83_000, { unit: 'minutes', a: 1, b: 23 }],
    [7_500_000, { unit: 'hours', a: 2, b: 5 }],
    [200_000_000, { unit: 'days', a: 2, b: 7 }],
    [-1, { unit: 'seconds', a: 0, b: 0 }],
  ]
  for (const [ms, told] of lengths)
    it(`tells ${ms} ms as ${told.a} ${told.unit}`, () => {
      expect(parts(ms)).to.deep.equal(told)
    })

  const sizes: readonly [bytes: number, written: string][] = [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [12_345_678, '12.3 MB'],
    [123_456_789, '123 MB'],
    [4e9, '4.0 GB'],
  ]
  for (const [bytes, written] of sizes)
    it(`writes ${bytes} bytes as ${written}`, () => {
      expect(bytesOf(bytes)).to.equal(written)
    })
})
