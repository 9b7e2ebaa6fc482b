/** Model weights: which are needed, where they lie, whose they are. Nothing here is fetched but by `install`. */

export { type Carried, importModel } from './models/carry.ts'
export { catalogue, type ModelCard, type ModelUse } from './models/catalogue.ts'
export { type Fetching, install } from './models/fetch.ts'
export { cardOf, type Installed, installedIn, remove, verify } from './models/shelf.ts'
