import { expect } from 'chai'
import {
  countSifted,
  lineAt,
  mergeLines,
  nextOpen,
  openLine,
  sifted,
  stepFrom,
} from '../../client/desk/lines.ts'
import { inSight, revealed } from '../../client/view/window.ts'
import { deskOf, lineView } from '../support/desk.ts'

const finding = { rule: 'r', severity: 'warning' as const, says: '', place: {}, figures: {} }
const lines = [
  lineView('a', { start: 0, end: 1000, speaker: 'ハル' }),
  lineView('b', { start: 2000, end: 3000, text: '' }),
  lineView('c', { start: 4000, end: 5000, approval: { by: 'Rei', at: '' } }),
  lineView('d', { start: 6000, end: 7000, findings: [finding] }),
]
const ids = (some: readonly { id: string }[]) => some.map(({ id }) => id).join('')

describe('the lines on the desk', () => {
  const sifts = [
    ['all', 'abcd'],
    ['empty', 'b'],
    ['findings', 'd'],
    ['open', 'abd'],
    ['approved', 'c'],
  ] as const
  for (const [only, left] of sifts)
    it(`are ${left} when ${only} are shown`, () => {
      expect(ids(sifted(lines, { only, text: '' }))).to.equal(left)
      expect(countSifted(lines)[only]).to.equal(left.length)
    })

  it('are found by their words, their source and their speaker', () => {
    expect(ids(sifted(lines, { only: 'all', text: 'LET’S' }))).to.equal('acd')
    expect(ids(sifted(lines, { only: 'all', text: '行こ' }))).to.equal('abcd')
    expect(ids(sifted(lines, { only: 'all', text: 'ハル' }))).to.equal('a')
  })

  it('take in fetched ones where they belong, and let go of those that are gone', () => {
    const fresh = lineView('b', { start: 2000, end: 3000, text: 'New' })
    const between = lineView('x', { start: 3200, end: 3400 })
    const merged = mergeLines(lines, [fresh, between], ['b', 'x', 'd'])
    expect(ids(merged)).to.equal('abxc')
    expect(merged[1]?.text).to.equal('New')
  })
  it('never go back to an older version that was long on its way', () => {
    const saved = lineView('a', { version: 2, text: 'Saved' })
    const late = lineView('a', { version: 1, text: 'Late' })
    expect(mergeLines([saved], [late], ['a'])[0]?.text).to.equal('Saved')
  })
  it('are the fetched ones when all were asked for', () => {
    expect(ids(mergeLines(lines, [lines[2] ?? lineView('c')]))).to.equal('c')
  })

  const steps = [
    ['b', 1, 'c'],
    ['a', -1, 'a'],
    ['d', 1, 'd'],
  ] as const
  for (const [open, by, to] of steps)
    it(`lead from ${open} by ${by} to ${to}`, () => {
      expect(stepFrom(deskOf(lines, { open }), by)?.id).to.equal(to)
    })
  it('begin at the playhead when none is open', () => {
    const desk = deskOf(lines)
    expect(stepFrom({ ...desk, player: { ...desk.player, at: 4500 } }, 1)?.id).to.equal('c')
  })
  it('lead round the end to the next one with something to mend', () => {
    expect(nextOpen(deskOf(lines, { open: 'b' }))?.id).to.equal('d')
    expect(nextOpen(deskOf(lines, { open: 'd' }))?.id).to.equal('b')
  })
  it('are at an instant, or come after it', () => {
    expect([500, 1000, 2500, 9000].map(at => lineAt(lines, at)?.id)).to.deep.equal(['a', 'b', 'b', undefined])
  })
  it('bring the waveform along when they are outside of it', () => {
    const desk = deskOf(lines, { view: { start: 0, end: 3000 } })
    expect(openLine(desk, lines[0] ?? lineView('a')).view).to.deep.equal({ start: 0, end: 3000 })
    expect(openLine(desk, lines[3] ?? lineView('d')).view).to.deep.equal({ start: 5400, end: 8400 })
  })
})

describe('the list', () => {
  it('draws the rows in sight and some beside them', () => {
    expect(inSight(0, 600, 60, 1000)).to.deep.equal({ first: 0, last: 16 })
    expect(inSight(30_000, 600, 60, 1000)).to.deep.equal({ first: 494, last: 516 })
    expect(inSight(59_400, 600, 60, 1000)).to.deep.equal({ first: 984, last: 1000 })
    expect(inSight(5000, 600, 60, 3)).to.deep.equal({ first: 3, last: 3 })
  })
  const scrolls: readonly [index: number, top: number, to: number][] = [
    [3, 0, 0],
    [20, 0, 720],
    [20, 2000, 1140],
    [0, 500, 0],
  ]
  for (const [index, top, to] of scrolls)
    it(`scrolls from ${top} to ${to} for row ${index}`, () => {
      expect(revealed(index, top, 600, 60)).to.equal(to)
    })
})
