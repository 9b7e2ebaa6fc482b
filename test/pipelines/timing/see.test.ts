import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Line, ShotFlaps } from '../../../pipelines/terms.ts'
import { lipsSeen, seeMouths, seenBy, seenOf } from '../../../pipelines/timing/see.ts'
import { findFilmTools } from '../../support/film.ts'
import { line as lineOf } from '../../support/lines.ts'
import { openBench } from '../../support/stage.ts'

const sample = join(import.meta.dirname, '../../../samples/lantern-01')

const shot = (
  start: number,
  end: number,
  sight: 'seen' | 'unseen' | 'unsure',
  open: [number, number][] = [],
): ShotFlaps => ({
  ...{ start, end, lines: { one: sight } },
  mouths:
    sight === 'seen'
      ? [
          {
            ...{ speaker: 'A', score: 1, box: { left: 0, top: 0, width: 0.1, height: 0.1 } },
            shapes: open.map(([from, to]) => ({ start: from, end: to, shape: 'open' as const })),
          },
        ]
      : [],
})

describe('What the picture shows of a line', () => {
  const line = { id: 'one', speaker: 'A', start: 1000, end: 3000 }
  it('is its screen, by most of its time, and its flaps where the mouth is seen for nearly all of it', () => {
    expect(
      seenOf(line, [
        shot(0, 4000, 'seen', [
          [900, 1500],
          [1600, 2100],
          [2600, 3100],
        ]),
      ]),
    ).to.eql({
      screen: 'on',
      flaps: [
        { start: 1000, end: 2100 },
        { start: 2600, end: 3000 },
      ],
    })
    expect(seenOf(line, [shot(0, 2100, 'seen', [[1000, 2100]]), shot(2100, 4000, 'unseen')])).to.eql({
      screen: 'on',
    })
    expect(seenOf(line, [shot(0, 1500, 'seen'), shot(1500, 4000, 'unseen')])).to.eql({ screen: 'off' })
    expect(seenOf(line, [shot(0, 4000, 'unsure')])).to.eql({ screen: 'unknown' })
    expect(seenOf(line, [])).to.eql({ screen: 'unknown' })
  })
  it('is no flaps where the mouth was lost', () => {
    expect(seenOf(line, [shot(0, 4000, 'seen', [[1000, 1300]])])).to.eql({ screen: 'on' })
  })

  it('is when lips meet, of a speaker whose mouth shuts when its bilabials are heard', async () => {
    const lines = [1000, 5000].map(start =>
      lineOf(`${start}`, 'まめまき', { start, end: start + 2000 }, { speaker: 'A' }),
    )
    const shots = lines.map(({ id, start, end }) => ({
      ...shot(start, end, 'seen', [
        [start, start + 300],
        [start + 380, start + 900],
        [start + 970, start + 1600],
        [start + 1670, end],
      ]),
      lines: { [id]: 'seen' as const },
    }))
    const sights = new Map(lines.map(line => [line.id, seenOf(line, shots)]))
    const meet = (start: number) => [start + 300, start + 900, start + 1600]
    const hearing = async (late: number) =>
      lipsSeen(lines, shots, sights, async ({ start }) => meet(start).map(at => at + late))
    expect(await hearing(40)).to.deep.equal([
      ['1000', meet(1000)],
      ['5000', meet(5000)],
    ])
    expect(await hearing(150)).to.deep.equal([])
  })

  it('is what a person says of it, before what was seen', () => {
    const flaps = [{ start: 0, end: 900 }]
    const blob = { digest: '', bytes: 0, type: 'application/json' }
    const sight = {
      flaps: blob,
      lines: { one: { screen: 'on', flaps }, two: { screen: 'off' }, three: { screen: 'on', flaps } },
    } as const
    const edit = (line: string, screen: 'on' | 'off' | 'auto') => ({
      line,
      language: 'ja',
      version: 1,
      screen,
    })
    expect(
      seenBy(sight, [edit('one', 'off'), edit('two', 'on'), edit('three', 'on'), edit('four', 'auto')]),
    ).to.eql({
      one: { screen: 'off' },
      two: { screen: 'on' },
      three: { screen: 'on', flaps },
    })
    expect(seenBy(undefined, [])).to.eql({})
  })

  it('is told rightly of every line of the sample episode, as its maker drew it', async function () {
    if (!(await findFilmTools())) this.skip()
    this.timeout(60_000)
    const truth = JSON.parse(await readFile(join(sample, 'expected/truth.json'), 'utf8'))
    const bench = await openBench()
    const file = await bench.keepFile(join(sample, 'episode.mp4'), 'video/mp4')
    const lines = truth.lines.map((row: Line, index: number) => ({ ...row, id: String(index) }))
    const film = { file, rate: truth.rate, shots: truth.cuts, duration: truth.duration }
    const sight = await seeMouths(film, lines, bench.at)
    for (const { id, kind, seen, start, end } of lines as (Line & { seen: boolean })[]) {
      if (kind !== 'dialogue') continue
      expect(sight.lines[id]?.screen, `${id}, ${start}–${end}`).to.equal(seen ? 'on' : 'off')
      if (seen) expect(sight.lines[id]?.flaps?.[0]?.start).to.be.closeTo(start, 250)
    }
    expect(sight.lines, 'who narrates has no mouth').to.not.have.property(
      String(lines.findIndex(({ kind }: Line) => kind === 'narration')),
    )
    expect(bench.reports.at(-1)).to.be.closeTo(1, 0.05)
    await bench.close()
  })
})
