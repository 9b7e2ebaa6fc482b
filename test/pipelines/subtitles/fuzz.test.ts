import { expect } from 'chai'
import { seedFiles } from '../../fuzz/samples.ts'
import { type Failure, fuzz } from '../../support/fuzz.ts'

/** Of mutated files, all readers together. */
const enough = 10_000_000
const seed = 20_261_121

describe('readers of subtitles', () => {
  it('read ten million bytes of broken files: nothing is thrown, nothing hangs, what is unedited is written as it came', function () {
    this.timeout(300_000)
    const failures: Failure[] = []
    const bytes = fuzz(
      seedFiles(),
      seed,
      done => done >= enough || failures.length >= 5,
      one => failures.push(one),
    )
    expect(failures.map(({ format, seed, why }) => `${format}, seed ${seed}: ${why}`)).to.deep.equal([])
    expect(bytes).to.be.at.least(enough)
  })
})
