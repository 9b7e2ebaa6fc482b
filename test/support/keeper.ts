/** A process that keeps a store on the folder it is given, writes to it, says so and waits to be killed. */
import { openStore } from '../../server/store/connect.ts'

const [dataDir = ''] = process.argv.slice(2)
const store = await openStore({ dataDir })
await store.connection.collection('kept').insertOne({ a: 1 })
process.send?.('kept')
