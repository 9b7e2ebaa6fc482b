/**
 * Runs in a copy of the house whose sources hold every mutant: reads mutants' ids from its parent, runs the suites with
 * each of them alive, and answers with the test that noticed, or none.
 */
import Mocha from 'mocha'

type Stryker = { activeMutant?: string; hitCount?: number; hitLimit?: number }
const stryker: Stryker = {}
Object.assign(globalThis, { __stryker__: stryker })

const [first, ...suites] = process.argv.slice(2)
// What runs as a file is loaded, and not when it is called, is changed only when the mutant lives from the start.
if (first !== '-') stryker.activeMutant = first
process.on('uncaughtException', () => undefined)
process.on('unhandledRejection', () => undefined)

const silence = class {}
const mocha = new Mocha({ bail: true, reporter: silence as never, timeout: 20_000, forbidOnly: true })
for (const suite of suites) mocha.addFile(suite)
try {
  await mocha.loadFilesAsync()
} catch {
  if (first !== '-') answer('it does not even load')
  throw new Error('the suites do not load')
}
mocha.cleanReferencesAfterRun(false)

function run(): Promise<string | undefined> {
  return new Promise(done => {
    let noticed: string | undefined
    // A loop that never ends is told by how often the mutant was met.
    Object.assign(stryker, { hitCount: 0, hitLimit: 3_000_000 })
    const runner = mocha.run(() => done(noticed))
    runner.on('fail', test => {
      noticed ??= test.fullTitle()
    })
  })
}

function answer(noticed: string | undefined): void {
  process.send?.({ noticed })
}

if (first !== '-') {
  answer(await run())
  process.exit()
}
process.on('message', async ({ id }: { readonly id: string | undefined }) => {
  stryker.activeMutant = id
  answer(await run())
})
process.send?.({ ready: true })
