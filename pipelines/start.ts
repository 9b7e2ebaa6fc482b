import { type ChildProcess, type ForkOptions, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const starter = fileURLToPath(new URL('./start.mjs', import.meta.url))

/** Forks a module of ours, which TypeScript's own files are no start for: `start.mjs` loads it as one piece. */
export const startModule = (module: URL, args: readonly string[], options: ForkOptions): ChildProcess =>
  fork(starter, [fileURLToPath(module), ...args], { ...options, execArgv: [] })
