import { expect } from 'chai'
import { type Place, readPlace, writePlace } from '../../client/place.ts'

const places: readonly [hash: string, place: Place][] = [
  ['#/', { at: 'series' }],
  ['#/series/s1', { at: 'one-series', series: 's1' }],
  ['#/series/s1/ingest', { at: 'ingest', series: 's1' }],
  ['#/episodes/e1', { at: 'episode', episode: 'e1' }],
  ['#/episodes/e1/es-419', { at: 'episode', episode: 'e1', language: 'es-419' }],
  ['#/episodes/e1/en/line-3', { at: 'episode', episode: 'e1', language: 'en', line: 'line-3' }],
  ['#/engines', { at: 'engines' }],
  ['#/people', { at: 'people' }],
  ['#/consents', { at: 'consents' }],
  ['#/series/s1/ask', { at: 'ask', series: 's1' }],
  ['#/series/s1/ask/a1', { at: 'ask', series: 's1', actor: 'a1' }],
  ['#/series/s1/withheld', { at: 'withheld', series: 's1' }],
  ['#/setup/a%2Fb', { at: 'setup', token: 'a/b' }],
]

describe('a place in the page', () => {
  for (const [hash, place] of places)
    it(`is written ${hash} and read back`, () => {
      expect(writePlace(place)).to.equal(hash)
      expect(JSON.parse(JSON.stringify(readPlace(hash)))).to.deep.equal(place)
    })

  it('is the list of series where nothing is written', () => {
    expect(readPlace('')).to.deep.equal({ at: 'series' })
  })

  for (const hash of [
    '#/elsewhere',
    '#/series',
    '#/series/s1/other',
    '#/engines/x',
    '#/consents/x',
    '#/series/s1/withheld/x',
    '#/a/b/c/d/e',
    '#/%E0%A4%A',
  ])
    it(`is nowhere at ${hash}`, () => {
      expect(readPlace(hash)).to.deep.equal({ at: 'nowhere' })
    })
})
