import { expect } from 'chai'
import { reached } from '../../client/attempt.ts'
import { openAnswers } from '../../client/desk/answers.ts'
import { moved } from '../../client/desk/steps.ts'
import { initial } from '../../client/state.ts'

describe('a step that moved', () => {
  const steps = [
    { step: 'media', state: 'done', fraction: 1 },
    { step: 'translation', of: 'en', state: 'waiting', fraction: 0 },
    { step: 'translation', of: 'es', state: 'waiting', fraction: 0 },
  ] as const
  it('takes its own place, by its language', () => {
    const now = moved(steps, { step: 'translation', of: 'es', state: 'running', fraction: 0.5 })
    expect(now.map(({ fraction }) => fraction)).to.deep.equal([1, 0, 0.5])
  })
  it('comes at the end when it is new', () => {
    expect(moved(steps, { step: 'pack', state: 'running', fraction: 0 })).to.have.length(4)
  })
})

describe('an answer', () => {
  type Answer = readonly string[]
  const open = () => openAnswers((answer: Answer, news: string): Answer => [...answer, news])
  const late = () => {
    let give: (answer: Answer) => void = () => undefined
    const answer = new Promise<Answer>(done => {
      give = done
    })
    return { give, ask: () => answer }
  }

  it('is what there is', async () => {
    const answers = open()
    answers.hear('before anybody asked')
    expect(await answers.ask(async () => ['a'])).to.deep.equal(['a'])
  })

  it('does not undo what was heard while it was on its way', async () => {
    const [answers, one] = [open(), late()]
    const asked = answers.ask(one.ask)
    answers.hear('moved')
    one.give(['as it was'])
    expect(await asked).to.deep.equal(['as it was', 'moved'])
    expect(await answers.ask(async () => ['asked later']), 'which knows of it').to.deep.equal(['asked later'])
  })

  it('to an older question is dropped once a younger one was answered', async () => {
    const [answers, one, two] = [open(), late(), late()]
    const older = answers.ask(one.ask)
    const younger = answers.ask(two.ask)
    two.give(['new'])
    expect(await younger).to.deep.equal(['new'])
    one.give(['old'])
    expect(await older).to.equal(undefined)
  })

  it('that never came leaves the next question alone', async () => {
    const answers = open()
    const lost = answers.ask(() => Promise.reject(new Error('gone')))
    expect(await lost.catch(() => 'lost')).to.equal('lost')
    expect(await answers.ask(async () => ['there'])).to.deep.equal(['there'])
  })
})

describe('a notice that the server does not answer', () => {
  const state = initial({ tongue: 'en', theme: 'auto', place: { at: 'series' }, now: 0 })
  const problem = (code: string) => ({
    ...state,
    notice: { problem: { code, says: '', mend: '', figures: {} } },
  })
  it('goes when it does', () => {
    expect(reached(problem('unreachable')).notice).to.equal(undefined)
  })
  it('takes no other notice with it', () => {
    expect(reached(problem('conflict')).notice).to.not.equal(undefined)
    expect(reached({ ...state, notice: { done: 'saved' } }).notice).to.deep.equal({ done: 'saved' })
    expect(reached(state)).to.equal(state)
  })
})
