import { expect } from 'chai'
import { heldTo, profileIn, readStyle } from '../../../../pipelines/subtitles/check/own.ts'
import type { HouseStyle } from '../../../../pipelines/terms.ts'

const own = { name: 'Akane', by: 'Aki', why: 'Small screens.', change: { row: 37, chains: null } }
const bbc: HouseStyle = { language: 'en', house: 'bbc', audience: 'adult' }

describe('the house style of a language', () => {
  it('is Netflix’s for adults where none was chosen', () => {
    expect(profileIn([bbc], 'es')).to.include({ title: 'Netflix', audience: 'adult', row: 42, speed: 17 })
    expect(profileIn([bbc], 'en')).to.include({ title: 'BBC', row: 37 })
  })

  it('knows for whom it is', () => {
    expect(profileIn([{ language: 'es', house: 'netflix', audience: 'child' }], 'es')).to.include({
      speed: 13,
    })
  })

  it('may be a house of one’s own, with every change written down: what it was, by whom, why', () => {
    const profile = profileIn([{ language: 'es', house: 'netflix', audience: 'adult', own }], 'es')
    expect(profile).to.include({ title: 'Akane', row: 37, chains: undefined, speed: 17 })
    expect(heldTo(profile)).to.deep.equal({
      house: 'Akane',
      audience: 'adult',
      clause: 'Akane (after Netflix Timed Text Style Guide: es)',
      changes: [
        { field: 'row', was: 42, now: 37, by: 'Aki', why: 'Small screens.' },
        { field: 'chains', was: 'half', now: undefined, by: 'Aki', why: 'Small screens.' },
      ],
    })
  })

  const wrong: readonly (readonly [string, Partial<HouseStyle>, RegExp])[] = [
    ['a house nobody knows', { house: 'nobody' }, /no house is called nobody/],
    ['a house called like a part of every object', { house: 'constructor' }, /no house is called/],
    ['a figure that is none', { own: { ...own, change: { row: 'wide' } } }, /^row: /],
    ['a field no house has', { own: { ...own, change: { colour: 'red' } } }, /^change: .*colour/],
  ]
  for (const [what, style, says] of wrong)
    it(`refuses ${what}, and says so`, () => {
      expect(readStyle({ ...bbc, ...style })).to.match(says)
    })
})
