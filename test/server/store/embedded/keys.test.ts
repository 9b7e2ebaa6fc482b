import { expect } from 'chai'
import fc from 'fast-check'
import { after, compare, type Direction, keyOf } from '../../../../server/store/embedded/keys.ts'

const whole = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const number = fc.oneof(fc.double({ noNaN: true }), fc.integer(), whole)
const text = fc.string({ unit: fc.constantFrom('a', 'b', '\0', 'é', 'あ', '😀', '\uffff') })

/** JavaScript compares numbers of both kinds exactly, and these bytes are its strings' code points in order. */
const order = (a: number | bigint, b: number | bigint) => (a < b ? -1 : a > b ? 1 : 0)
const textOrder = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
const sign = (by: number) => Math.sign(by) + 0

describe('keys of an index', () => {
  it('order numbers of every kind by their value', () => {
    fc.assert(fc.property(number, number, (a, b) => void expect(sign(compare(a, b))).to.equal(order(a, b))))
  })

  it('tell apart whole numbers that a double can’t', () => {
    fc.assert(
      fc.property(whole, fc.bigInt({ min: -3n, max: 3n }), (a, by) => {
        const b = BigInt.asIntN(64, a + by)
        expect(sign(compare(a, b))).to.equal(order(a, b))
      }),
    )
  })

  it('order texts by code points, with NUL like any other', () => {
    fc.assert(
      fc.property(text, text, (a, b) => void expect(sign(compare(a, b))).to.equal(sign(textOrder(a, b)))),
    )
  })

  it('order several values by the first that differs, each in its direction', () => {
    const row = fc.tuple(text, number, text)
    const directions = fc.tuple(...[1, 2, 3].map(() => fc.constantFrom<Direction>(1, -1)))
    fc.assert(
      fc.property(row, row, directions, (a, b, turns) => {
        const parts = [textOrder(a[0], b[0]), order(a[1], b[1]), textOrder(a[2], b[2])]
        const expected = parts.map((by, index) => by * (turns[index] ?? 1)).find(by => by !== 0) ?? 0
        expect(sign(Buffer.compare(keyOf(a, turns), keyOf(b, turns)))).to.equal(sign(expected))
      }),
    )
  })

  it('that begin alike all lie before the key after them', () => {
    fc.assert(
      fc.property(text, fc.array(fc.oneof(text, number)), (first, rest) => {
        const base = keyOf([first])
        const key = keyOf([first, ...rest])
        expect(Buffer.compare(base, key)).to.be.at.most(0)
        expect(Buffer.compare(key, after(base))).to.equal(-1)
      }),
    )
  })
})
