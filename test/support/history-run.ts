/** Tells histories in a process of its own: the first seed, the steps of each, how many. Prints what they came to. */
import { live } from './history.ts'
import { add, nothing } from './tale.ts'

const [seed = 0, length = 0, count = 0] = process.argv.slice(2).map(Number)
let sum = nothing
for (let at = 0; at < count; at++) sum = add(sum, await live(seed + at, length))
console.log(JSON.stringify(sum))
