import type { ProblemView } from '../server/contract.ts'
import { Refused } from './api.ts'
import type { State } from './state.ts'

type Noticed = { readonly notice?: object | { readonly problem: ProblemView } }

/** The server answers again: that it did not is no news any more. */
export const reached = <S extends Noticed>(state: S): S =>
  state.notice && 'problem' in state.notice && state.notice.problem.code === 'unreachable'
    ? { ...state, notice: undefined }
    : state

/** Does a work; a refusal is told to the person, and gives nothing. */
export async function attempt<T>(
  change: (how: (state: State) => State) => void,
  work: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (reason) {
    if (!(reason instanceof Refused)) throw reason
    // An ended session shows the door; what was written stays kept and comes back with its person.
    const ended = reason.problem.code === 'not-signed-in'
    change(before => ({
      ...before,
      notice: { problem: reason.problem },
      ...(ended ? { session: null } : {}),
    }))
    return undefined
  }
}
