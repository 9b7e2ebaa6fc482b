import { openAuth } from '../auth.ts'
import { readConfig } from '../config.ts'
import { setupLink } from '../contract.ts'
import { openParts } from '../parts.ts'
import type { Command } from './command.ts'

export const usage = 'kotodama link NAME'

/**
 * Makes a new one-time link for somebody who lost their password or their passkeys, to the page that is theirs. Its use
 * ends that person's sessions.
 */
export const run: Command = async ([name]) => {
  if (!name) {
    console.error(usage)
    return 2
  }
  const config = readConfig()
  const parts = await openParts(config, { join: true })
  try {
    const auth = openAuth({ ...parts.people, now: Date.now, sessionMs: config.sessionMs })
    const { user, token } = await auth.relink(name)
    console.log(setupLink(config.publicUrl ?? `http://localhost:${config.port}`, user.roles, token))
    return 0
  } finally {
    await parts.close()
  }
}
