import { expect } from 'chai'
import { live } from '../support/history.ts'

// A history of its own every time: whoever finds a failure is told its seed. KOTODAMA_SEED tells one again, and
// KOTODAMA_STEPS says how many steps in all; the pipeline takes 100,000.
const steps = Number(process.env.KOTODAMA_STEPS ?? 4000)
const seed = Number(process.env.KOTODAMA_SEED ?? Math.floor(Math.random() * 2 ** 31))
/** Short enough that opening anew after a crash, which checks every signature, stays quick. */
const length = 250

describe('whatever happens, in whatever order', () => {
  it('nobody is spoken for after the end of their yes was acknowledged, nor without it', async function () {
    this.timeout(steps * 20)
    const sum = { kept: 0, refused: 0, stopped: 0, crashes: 0 }
    for (let at = 0; at * length < steps; at++) {
      const tale = await live(seed + at, length)
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += tale[name]
    }
    console.log(`      ${steps} steps from seed ${seed}: ${JSON.stringify(sum)}`)
    expect(sum.kept, 'some were kept').to.be.greaterThan(0)
    expect(sum.refused, 'some were refused').to.be.greaterThan(0)
    expect(sum.crashes, 'some crashed').to.be.greaterThan(0)
  })
})
