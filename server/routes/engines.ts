import type { EnginesView } from '../contract.ts'
import type { Deeds } from './deed.ts'

export function engineDeeds(engines: () => Promise<EnginesView>): Pick<Deeds, 'engines'> {
  return { engines }
}
