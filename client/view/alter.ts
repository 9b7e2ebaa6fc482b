import type { Body } from '../api.ts'

/** Changes something that holds for a whole series. */
export type Alter = (what: Body<'changeSeries'>) => Promise<void>
