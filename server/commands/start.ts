import { readConfig } from '../config.ts'
import { startServer } from '../main.ts'
import type { Command } from './command.ts'

export const usage = 'kotodama start'

/** Starts the server and stays until it is told to end. */
export const run: Command = async () => {
  const running = await startServer(readConfig())
  const { kind, where } = running.parts.store
  if (running.firstLink) console.log(`Become its administrator, once: ${running.firstLink}`)
  console.log(
    `Kotodama is at ${running.address}, with ${kind === 'mongodb' ? 'MongoDB' : 'the embedded store'} in ${where}`,
  )
  if (running.lacking) console.error(`${running.lacking.message}\n  ${running.lacking.mend}`)
  await new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await running.close()
  return 0
}
