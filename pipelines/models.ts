/** Model weights: which are needed, where they lie, whose they are. Nothing here is fetched but by `install`. */
export { catalogue, type ModelCard, type ModelUse } from './models/catalogue.ts'
export { type Carried, type Fetching, importFolder, install } from './models/fetch.ts'
export { cardOf, type Installed, installedIn, remove, verify } from './models/shelf.ts'
