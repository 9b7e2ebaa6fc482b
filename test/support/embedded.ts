import { join } from 'node:path'
import { openCatalogue } from '../../server/store/embedded/catalogue.ts'
import type { Store } from '../../server/store/embedded/command.ts'
import { answerTo } from '../../server/store/embedded/commands.ts'
import { openCursors } from '../../server/store/embedded/cursors.ts'
import { openDatabase } from '../../server/store/embedded/database.ts'
import { type Doc, decode } from '../../server/store/embedded/document.ts'
import { openFolder } from './folder.ts'

/** The inside of an embedded store without process and socket, with a clock of the test's own. */
export async function openInside() {
  const folder = await openFolder()
  const database = openDatabase(join(folder.path, 'kotodama.db'))
  const clock = { now: 1_000_000 }
  const now = () => clock.now
  const store: Store = {
    folder: folder.path,
    database,
    catalogue: openCatalogue(database),
    cursors: openCursors(now),
    now,
  }
  return {
    store,
    clock,
    /** Asks a command of the database `test`. */
    ask(fields: Doc): Doc {
      const [name = ''] = Object.keys(fields)
      return decode(answerTo(store, { name, fields: { ...fields, $db: 'test' }, lists: {} }))
    },
    async close() {
      database.close()
      await folder.close()
    },
  }
}
