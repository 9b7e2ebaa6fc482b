/** Runs suites as modules, which mocha's own way would turn into CommonJS. 1 when a test fails. */
import { pathToFileURL } from 'node:url'
import Mocha from 'mocha'

const mocha = new Mocha({ reporter: 'dot', timeout: 20_000, forbidOnly: true })
mocha.suite.emit('pre-require', globalThis, '', mocha)
for (const suite of process.argv.slice(2)) await import(pathToFileURL(suite).href)
mocha.run(failures => {
  process.exitCode = failures > 0 ? 1 : 0
})
