import { expect } from 'chai'
import { openChild } from '../../pipelines/child.ts'
import { expectProblem } from '../support/throws.ts'

const clerk = new URL('../support/clerk.ts', import.meta.url)
const open = (limit = 10_000) => openChild<string, string>(clerk, { name: 'clerk', limit })

describe('a child process', () => {
  it('answers asks in their order and lives on between them', async () => {
    const child = open()
    const answers = await Promise.all(['a', 'b', 'c'].map(ask => child.ask(ask)))
    child.close()
    expect(answers).to.deep.equal(['a 1', 'b 2', 'c 3'])
  })

  it('names what an ask failed of, and goes on', async () => {
    const child = open()
    const problem = await expectProblem(() => child.ask('throw'), 'engine-failed')
    expect(problem.figures).to.deep.equal({ engine: 'clerk', reason: 'no such word' })
    expect(await child.ask('a')).to.equal('a 2')
    child.close()
  })

  it('dies of an ask at most twice, and starts anew for the next', async () => {
    const child = open()
    const dying = expectProblem(() => child.ask('die'), 'engine-failed')
    const next = child.ask('a')
    expect((await dying).figures.reason).to.equal('it ended with 3')
    expect(await next).to.equal('a 1')
    child.close()
  })

  it('takes an ask up again when its process is killed for no fault of its own', async () => {
    const child = open()
    const pid = Number(await child.ask('pid'))
    process.kill(pid, 'SIGKILL')
    const again = Number(await child.ask('pid'))
    child.close()
    expect(again).not.to.equal(pid)
  })

  it('ends a process that is stuck', async () => {
    const child = open(400)
    const problem = await expectProblem(() => child.ask('hang'), 'engine-failed')
    expect(problem.figures.reason).to.match(/longer than/)
    child.close()
  })

  it('lets an aborted ask go at once, and nobody else', async () => {
    const child = open()
    const abort = new AbortController()
    const hanging = child.ask('a', abort.signal)
    const next = child.ask('b')
    abort.abort(new Error('enough'))
    const reason = await hanging.catch((error: Error) => error.message)
    expect(reason).to.equal('enough')
    expect(await next).to.match(/^b/)
    child.close()
  })

  it('dies with the ask it is at when that is aborted and its work heeds no signal', async () => {
    const child = openChild<string, string>(clerk, { name: 'clerk', mortal: true })
    const pid = await child.ask('pid')
    const abort = new AbortController()
    const hanging = child.ask('hang', abort.signal).catch((error: Error) => error.message)
    const next = child.ask('pid')
    abort.abort(new Error('enough'))
    expect(await hanging).to.equal('enough')
    expect(await next).not.to.equal(pid)
    child.close()
  })

  it('is told nothing of its parent’s environment', async () => {
    const child = open()
    const names = (await child.ask('environment')).split(' ').filter(name => name !== '')
    child.close()
    expect(names.filter(name => !name.startsWith('NODE_CHANNEL'))).to.deep.equal([])
  })

  it('refuses after it was closed', async () => {
    const child = open()
    const open1 = expectProblem(() => child.ask('hang'), 'cancelled')
    child.close()
    await open1
    await expectProblem(() => child.ask('a'), 'cancelled')
  })
})
