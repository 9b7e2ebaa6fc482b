/** Runs the module named by its first argument, which finds its own name and arguments as if Node had run it. */
import { load } from './start/load.mjs'

process.argv.splice(1, 1)
await load(process.argv[1])
