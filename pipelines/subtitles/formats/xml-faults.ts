import type { Complaints } from './format.ts'

export type XmlFault = {
  readonly code: 'unclosed' | 'unopened' | 'entity' | 'deep' | 'stray' | 'doctype' | 'attributes'
  readonly at: number
  readonly found: string
}

/** What whoever reads XML says of its faults. */
export const xmlComplaints = {
  unclosed: [
    'error',
    'The element is never closed: {}.',
    'It was read as if it ended with the one around it.',
  ],
  unopened: ['error', 'Something is closed that was never opened: {}.', 'It was passed over.'],
  stray: ['warning', 'A < stands where no element begins.', 'It was read as text.'],
  entity: ['warning', 'There is an entity that is not known.', 'It was kept as it is written.'],
  doctype: ['warning', 'There is a document type.', 'It was passed over, with everything it declares.'],
  attributes: ['warning', 'The attributes can not all be read.', 'Those that could were.'],
  deep: ['error', 'Elements stand too deep inside of each other: {}.', 'It was left out.'],
} as const satisfies Complaints<XmlFault['code']>
