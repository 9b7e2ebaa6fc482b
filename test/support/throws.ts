import { expect } from 'chai'
import { Problem, type ProblemCode } from '../../pipelines/problem.ts'

/** Expects the work to end in the named problem, and gives it back for a closer look. */
export async function expectProblem(work: () => unknown, code: ProblemCode): Promise<Problem> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    expect(error.code).to.equal(code)
    return error
  }
  throw new Error(`expected the problem ${code}, but nothing was thrown`)
}
