/** `npm run bench [-- NAME …] [OPTION …]`: every bench of this folder, or the named ones, each in a process of its own. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const all = readdirSync(import.meta.dirname)
  .filter(file => file.endsWith('.ts') && file !== 'bench.ts')
  .map(file => file.slice(0, -3))
const given = process.argv.slice(2)
const named = given.filter(word => all.includes(word))
const rest = given.filter(word => !all.includes(word))
let failed = 0
for (const name of named.length > 0 ? named : all) {
  console.log(`\n== ${name}`)
  const file = join(import.meta.dirname, `${name}.ts`)
  // Options are one bench's own: they are passed when one was named.
  const options = named.length === 1 ? rest : []
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...options], { stdio: 'inherit' })
  if (status !== 0) failed++
}
process.exitCode = failed > 0 ? 1 : 0
