import { expect } from 'chai'
import { fractionOf, isOurs, isProgressRow, reasonOf } from '../../pipelines/ffmpeg-parse.ts'

describe('what ffmpeg says', () => {
  const rows: readonly [row: string, length: number, fraction: number | undefined][] = [
    ['out_time_us=5000000', 10_000, 0.5],
    ['out_time_ms=5000000', 10_000, 0.5],
    ['out_time_us=12000000', 10_000, 1],
    ['out_time_us=-22000', 10_000, 0],
    ['out_time_us=N/A', 10_000, undefined],
    ['out_time=00:00:05.000000', 10_000, undefined],
    ['progress=end', 10_000, 1],
    ['progress=continue', 10_000, undefined],
    ['out_time_us=5000000', 0, undefined],
    ['frame=  100', 10_000, undefined],
    ['[mov @ 0x55] out_time_us=5000000', 10_000, undefined],
    ['', 10_000, undefined],
  ]
  for (const [row, length, fraction] of rows)
    it(`"${row}" of ${length} ms is ${fraction ?? 'no fraction'}`, () => {
      expect(fractionOf(row, length)).to.equal(fraction)
    })

  it('progress is told from speech', () => {
    for (const row of ['frame=1', 'stream_0_0_q=28.0', 'out_time=00:00:01.0', 'speed=   2x', 'progress=end'])
      expect(isProgressRow(row), row).to.equal(true)
    for (const row of ['  Integrated loudness:', 'title=progress=end', '[mp4 @ 0x1] frame=2'])
      expect(isProgressRow(row), row).to.equal(false)
  })

  const reasons: readonly [log: readonly string[], reason: string][] = [
    [
      [
        '[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55a] moov atom not found',
        'file:/srv/a.mp4: Invalid data found when processing input',
      ],
      'its index is missing, as in a file that was cut off or is still being written',
    ],
    [['av_interleaved_write_frame(): No space left on device'], 'the disk is full'],
    [['file:/x: Invalid data found when processing input'], 'its contents are damaged'],
    [['[libx264 @ 0x7f12] odd /srv/data/blobs/ab/cd.mp4: a\tnew trouble', ''], 'odd a file: a new trouble'],
    [[], 'it gave no reason'],
  ]
  for (const [log, reason] of reasons)
    it(`a person is told "${reason}"`, () => {
      expect(reasonOf(log)).to.equal(reason)
    })

  it('a full disk is no fault of the file, a lost index is', () => {
    expect(isOurs(reasonOf(['x: No space left on device']))).to.equal(true)
    expect(isOurs(reasonOf(["Unknown encoder 'libx264'"]))).to.equal(true)
    expect(isOurs(reasonOf(['moov atom not found']))).to.equal(false)
    expect(isOurs(reasonOf(['something new']))).to.equal(false)
  })
})
