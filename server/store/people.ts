import { openConsents } from './consents.ts'
import { openDeliveries } from './deliveries.ts'
import { openEpisodes } from './episodes.ts'
import { openLines } from './lines.ts'
import { openMemory } from './memory.ts'
import { openRecordings } from './recordings.ts'
import { openSeries } from './series.ts'
import { openSessions } from './sessions.ts'
import type { Connection } from './shape.ts'
import { openUsers } from './users.ts'
import { openWalks } from './walks.ts'

export type People = Awaited<ReturnType<typeof openPeople>>

/** People's side of the store, with its indexes built. */
export async function openPeople(connection: Connection, now: () => number) {
  const people = {
    users: openUsers(connection),
    sessions: openSessions(connection),
    series: openSeries(connection, now),
    memory: openMemory(connection, now),
    episodes: openEpisodes(connection, now),
    lines: openLines(connection, now),
    recordings: openRecordings(connection, now),
    deliveries: openDeliveries(connection, now),
    consents: openConsents(connection, now),
    walks: openWalks(connection),
  }
  for (const room of Object.values(people)) await room.ready()
  return people
}
