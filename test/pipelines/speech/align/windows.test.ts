import { expect } from 'chai'
import type { Rough } from '../../../../pipelines/speech/align/coarse.ts'
import { weighTimes, withinTimes } from '../../../../pipelines/speech/align/windows.ts'

/** Lines of 2 s, one every 5 s; where they were found is told in frames of 10 ms, what the script says in ms. */
const found = (count: number): Rough =>
  Array.from({ length: count }, (_, line) => ({ start: 500 * line, end: 500 * line + 200 }))
const script = (count: number, time: (line: number) => number | undefined) =>
  Array.from({ length: count }, (_, line) => {
    const start = time(line)
    return start === undefined ? {} : { start, end: start + 2000 }
  })
const lengths = (count: number) => Array.from({ length: count }, () => 200)

describe('the times of a script', () => {
  const cases: readonly [sentence: string, time: (line: number) => number | undefined, times: object][] = [
    ['are believed when the sound agrees', line => 5000 * line, { believed: true, shift: 0, agree: 8 }],
    [
      'are believed when they are all early by the same',
      line => 5000 * line - 3400,
      { believed: true, shift: 3400, agree: 8 },
    ],
    [
      'are believed when some of them are wrong',
      line => 5000 * line + (line % 3 === 1 ? 20_000 : 0),
      { believed: true, shift: 0, agree: 5 },
    ],
    [
      'are not believed when they are those of another recording',
      line => 5000 * line + 1000 * line * line,
      { believed: false },
    ],
  ]
  for (const [sentence, time, times] of cases)
    it(sentence, () => expect(weighTimes(script(8, time), found(8))).to.include({ of: 8, ...times }))

  it('are nothing where the script gives none', () =>
    expect(
      weighTimes(
        script(8, () => undefined),
        found(8),
      ),
    ).to.equal(undefined))

  it('are not taken for a shift of minutes when there are but two', () =>
    expect(
      weighTimes(
        script(2, line => 5000 * line + 90_000),
        found(2),
      ),
    ).to.include({ believed: false }))

  it('say where a line is looked for that was found elsewhere or not at all', () => {
    const lines = script(8, line => 5000 * line)
    const rough = found(8).map((place, line) =>
      line === 2 ? undefined : line === 5 ? { start: 2250, end: 2450 } : place,
    )
    const times = { believed: true, shift: 0, of: 7, agree: 6 }
    expect(withinTimes(lines, rough, times, lengths(8), 4000)).to.deep.equal(found(8))
  })

  it('are passed over where they contradict the lines around them', () => {
    const lines = script(8, line => (line === 5 ? 1000 : 5000 * line))
    const times = { believed: true, shift: 0, of: 8, agree: 7 }
    expect(withinTimes(lines, found(8), times, lengths(8), 4000)).to.deep.equal(found(8))
  })

  it('last as long as the line takes to say where only the beginning is given', () => {
    const lines = script(3, line => 5000 * line).map(({ start = 0 }) => ({ start }))
    const rough = [found(3)[0], undefined, found(3)[2]]
    const times = { believed: true, shift: 0, of: 2, agree: 2 }
    expect(withinTimes(lines, rough, times, [200, 150, 200], 4000)[1]).to.deep.equal({ start: 500, end: 650 })
  })
})
