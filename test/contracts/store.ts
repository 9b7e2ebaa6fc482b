import type { Connection } from 'mongoose'
import { theCursors } from './store/cursors.ts'
import { theIndexes } from './store/indexes.ts'
import { theManners } from './store/manners.ts'
import { theModels } from './store/models.ts'
import { theQueries } from './store/queries.ts'
import { theRaces } from './store/races.ts'
import { theShapes } from './store/shapes.ts'
import { theSorting } from './store/sorting.ts'
import { theUpdates } from './store/updates.ts'
import { theWrites } from './store/writes.ts'

/** A store under test, opened before the suite. Collections are made and dropped freely. */
export type Bench = { readonly connection: () => Connection }

/** What every store behind mongoose does, in sentences. */
export function storeContract(bench: Bench): void {
  theQueries(bench)
  theSorting(bench)
  theShapes(bench)
  theUpdates(bench)
  theWrites(bench)
  theIndexes(bench)
  theCursors(bench)
  theRaces(bench)
  theModels(bench)
  theManners(bench)
}
