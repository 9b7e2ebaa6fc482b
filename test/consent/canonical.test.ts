import { expect } from 'chai'
import fc from 'fast-check'
import { canonical } from '../../consent/canonical.ts'
import { vectors } from '../consent-kit/vectors.ts'

/** RFC 8785, appendix B: the bits of a double and how it is spelt. */
const { numbers } = vectors['RFC 8785']

describe('canonical JSON', () => {
  for (const [bits, spelt] of numbers)
    it(`spells the number ${bits} as ${spelt}`, () => {
      expect(canonical(Buffer.from(bits, 'hex').readDoubleBE())).to.equal(spelt)
    })

  it('spells the example of RFC 8785 section 3.2.2', () => {
    const value: unknown = JSON.parse(
      String.raw`{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}`,
    )
    expect(canonical(value)).to.equal(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  it('sorts names by UTF-16 code units, as in RFC 8785 section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(canonical(value)) as object).sort()).to.deep.equal(
      Object.values(value).sort(),
    )
    const order = [...canonical(value).matchAll(/:"([^"]+)"/g)].map(match => match[1])
    expect(order).to.deep.equal([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  const unsayable: readonly [sentence: string, value: unknown][] = [
    ['a number that is none', Number.NaN],
    ['a number without end', Number.POSITIVE_INFINITY],
    ['half a surrogate pair', '\ud800'],
    ['half a surrogate pair in a name', { '\udead': 1 }],
    ['nothing', undefined],
    ['nothing in a list', [undefined]],
    ['a hole in a list', Array(1)],
    ['nothing in a record', { a: undefined }],
    ['a big integer', 1n],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a function', () => 1],
  ]
  for (const [sentence, value] of unsayable)
    it(`can’t say ${sentence}`, () => {
      expect(() => canonical(value)).to.throw(TypeError)
    })

  it('reads back as what was written, and writes that the same way', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), value => {
        const written = canonical(value)
        expect(canonical(JSON.parse(written))).to.equal(written)
        expect(JSON.parse(written)).to.deep.equal(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
