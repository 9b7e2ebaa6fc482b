import { expect } from 'chai'
import fc from 'fast-check'
import { joinNext, moveEnd, type Sung, splitAt, spread } from '../../client/desk/syllables.ts'

const sung: Sung = [
  { text: 'ka', start: 0, end: 200 },
  { text: 'ra', start: 200, end: 500 },
  { text: 'oke', start: 600, end: 1000 },
]
const told = (all: Sung) => all.map(({ text, start, end }) => `${text} ${start}-${end}`)

describe('the syllables of a song at the desk', () => {
  const moves: readonly (readonly [string, Sung, readonly string[]])[] = [
    ['share an edge', moveEnd(sung, 0, 350, 1200), ['ka 0-350', 'ra 350-500', 'oke 600-1000']],
    ['go no further than either', moveEnd(sung, 0, 9000, 1200), ['ka 0-500', 'ra 500-500', 'oke 600-1000']],
    ['leave a pause alone', moveEnd(sung, 1, 700, 1200), ['ka 0-200', 'ra 200-600', 'oke 600-1000']],
    ['end with their line', moveEnd(sung, 2, 9000, 1200), ['ka 0-200', 'ra 200-500', 'oke 600-1200']],
    ['are split by how much each says', splitAt(sung, 2, 1).slice(2), ['o 600-733', 'ke 733-1000']],
    ['are not split before their first character', splitAt(sung, 0, 0), told(sung)],
    ['are joined over a pause', joinNext(sung, 1), ['ka 0-200', 'raoke 200-1000']],
    ['are not joined with nothing', joinNext(sung, 2), told(sung)],
    ['are words where there are spaces', spread('yo zora', 700), ['yo  0-300', 'zora 300-700']],
    ['are characters where there are none', spread('夜空', 700), ['夜 0-350', '空 350-700']],
  ]
  for (const [says, now, want] of moves)
    it(says, () => {
      expect(told(now)).to.deep.equal(want)
    })

  it('say the same words and follow each other, whatever is done to them', () => {
    const deed = fc.tuple(
      fc.constantFrom('move', 'split', 'join'),
      fc.nat(4),
      fc.integer({ min: -50, max: 1500 }),
    )
    fc.assert(
      fc.property(fc.array(deed), deeds => {
        const now = deeds.reduce<Sung>(
          (all, [what, index, by]) =>
            what === 'move'
              ? moveEnd(all, index, by, 1200)
              : what === 'split'
                ? splitAt(all, index, by % 4)
                : joinNext(all, index),
          sung,
        )
        expect(now.map(({ text }) => text).join('')).to.equal('karaoke')
        const edges = [0, ...now.flatMap(({ start, end }) => [start, end]), 1200]
        expect(edges).to.deep.equal(edges.toSorted((a, b) => a - b))
      }),
    )
  })
})
