import { expect } from 'chai'
import { z } from 'zod'
import { Problem } from '../../pipelines/problem.ts'
import { viewOf } from '../../server/problem.ts'

describe('what a person is told of an error', () => {
  const seen: unknown[] = []
  const fault = (error: unknown) => {
    seen.push(error)
    return 'f1'
  }

  it('is the problem with its figures and its mend', () => {
    expect(viewOf(new Problem('not-found', { what: 'episode', id: 'e1' }), fault)).to.deep.equal({
      code: 'not-found',
      says: 'There is no episode e1.',
      mend: 'It may have been removed or renamed: look again.',
      figures: { what: 'episode', id: 'e1' },
    })
  })

  it('is where a request can’t be read, and never the value', () => {
    const shape = z.strictObject({ user: z.object({ password: z.string().min(10) }) })
    const { error } = shape.safeParse({ user: { password: 'hunter2' }, more: 1 })
    const view = viewOf(error, fault)
    expect(view.code).to.equal('bad-request')
    expect(view.says).to.contain('user.password').and.to.contain('more')
    expect(JSON.stringify(view)).to.not.contain('hunter2')
  })

  it('is nothing but an id when the fault is ours; the log has the rest', () => {
    const error = new TypeError('x is not a function')
    expect(viewOf(error, fault)).to.deep.include({ code: 'fault', figures: { id: 'f1' } })
    expect(JSON.stringify(viewOf(error, fault))).to.not.contain('function')
    expect(seen).to.include(error)
  })
})
