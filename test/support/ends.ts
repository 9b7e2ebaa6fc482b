/**
 * What tests share is closed when the tests that share it have ended: after the last file, or, where files run side by
 * side, after each.
 */
const ends: (() => Promise<unknown>)[] = []

export const atEnd = (close: () => Promise<unknown>) => void ends.push(close)

export const mochaHooks = {
  async afterAll() {
    for (const close of ends.splice(0)) await close()
  },
}
