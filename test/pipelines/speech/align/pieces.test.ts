import { expect } from 'chai'
import fc from 'fast-check'
import type { Rough } from '../../../../pipelines/speech/align/coarse.ts'
import { cutPieces } from '../../../../pipelines/speech/align/pieces.ts'

const minute = 6000
const reach = 100
const cut = (rough: Rough, frames: number, wanted: (line: number) => boolean = () => true) =>
  cutPieces(
    [...rough.keys()],
    rough,
    rough.map(() => 200),
    frames,
    reach,
    wanted,
  )

/** Lines of 2 s, each so many frames after the one before; some were not found. */
const scripts = fc
  .array(fc.record({ pause: fc.integer({ min: 0, max: minute / 2 }), found: fc.nat(9) }), {
    minLength: 1,
    maxLength: 400,
  })
  .map(lines => {
    let at = 0
    const rough = lines.map(({ pause, found }) => {
      at += pause + 200
      return found === 0 ? undefined : { start: at - 200, end: at }
    })
    return { rough, frames: at + 500 }
  })

describe('the pieces in which a script is looked for', () => {
  it('hold three minutes at most, with what is beside them, however long the recording is', () => {
    const hours = Array.from({ length: 3000 }, (_, line) => ({ start: 400 * line, end: 400 * line + 200 }))
    for (const lines of [100, 1000, 3000]) {
      const pieces = cut(hours.slice(0, lines), 400 * lines)
      expect(Math.max(...pieces.map(({ start, end }) => end - start))).to.be.at.most(3 * minute)
    }
  })

  it('ask for every line that was found once, in order, and lie around all their lines', () => {
    fc.assert(
      fc.property(scripts, ({ rough, frames }) => {
        const pieces = cut(rough, frames)
        const wanted = pieces.flatMap(piece => [...piece.wanted])
        expect(wanted).to.deep.equal([...new Set(wanted)].sort((a, b) => a - b))
        rough.forEach((place, line) => {
          if (place) expect(wanted).to.include(line)
        })
        for (const { lines, start, end } of pieces)
          for (const line of lines) {
            const place = rough[line]
            if (!place) continue
            expect(start).to.be.at.most(Math.max(0, place.start - reach))
            expect(end).to.be.at.least(Math.min(frames, place.end + reach))
          }
      }),
    )
  })

  it('leave the wanted lines two neighbours on either side, and the rest of the recording alone', () => {
    const rough = Array.from({ length: 30 }, (_, line) => ({ start: 1000 * line, end: 1000 * line + 200 }))
    const [piece, ...others] = cut(rough, 30_000, line => line === 10)
    expect(others).to.deep.equal([])
    expect(piece?.lines).to.deep.equal([8, 9, 10, 11, 12])
    expect(piece?.start).to.equal(8000 - 2 * reach)
  })

  it('look for a line that was not found between its neighbours, unless these are minutes apart', () => {
    const near: Rough = [{ start: 0, end: 200 }, undefined, { start: 1000, end: 1200 }]
    expect(cut(near, 1300).flatMap(({ lines }) => lines)).to.deep.equal([0, 1, 2])
    const far: Rough = [{ start: 0, end: 200 }, undefined, { start: 9000, end: 9200 }]
    expect(cut(far, 9300).flatMap(({ lines }) => lines)).to.deep.equal([0, 2])
  })
})
