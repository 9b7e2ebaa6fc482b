/** Dialects of TTML: what each must say of itself, and what it may say of text. */
import type { Document, Marks } from '../document.ts'
import { besideEbu, besideImsc, besideTtml } from './ttml-beside.ts'

export type Dialect = {
  readonly name: string
  readonly title: string
  readonly extensions: readonly string[]
  readonly type: string
  /** 0 to 1 for the first characters of a file that is TTML for sure. */
  readonly looksLike: (head: string) => number
  /** Attributes of the root beside those all have. */
  readonly root: (document: Document) => readonly (readonly [name: string, value: string])[]
  readonly metadata?: string
  readonly marks: readonly (keyof Marks)[]
  /** What it can say of a look that the model has no word for. */
  readonly beside?: readonly string[]
  /** Styles are only referred to, never said inside of the text. */
  readonly referred?: boolean
  /** Paragraphs have names. */
  readonly ids?: boolean
  readonly roles?: boolean
  readonly forced?: boolean
  /** Times are those of frames. */
  readonly frames?: boolean
}

const tt = 'http://www.w3.org/ns/ttml'
const usual: readonly (keyof Marks)[] = [
  'bold',
  'italic',
  'underline',
  'strike',
  'color',
  'background',
  'font',
  'size',
  'language',
]
const spoken: readonly (keyof Marks)[] = [...usual, 'voice']

/** Frame rates as a rounded rate and what it is multiplied by. */
export function rateAttributes(
  { rate }: Document,
  fallback?: NonNullable<Document['rate']>,
): readonly (readonly [string, string])[] {
  const used = rate ?? fallback
  if (!used) return []
  const counted = Math.ceil(used.num / used.den)
  const exact = used.num === counted * used.den
  return [
    ['ttp:frameRate', String(counted)],
    ...(exact
      ? []
      : [
          [
            'ttp:frameRateMultiplier',
            used.den === 1001 ? '1000 1001' : `${used.num} ${used.den * counted}`,
          ] as const,
        ]),
  ]
}
export const film = { num: 24_000, den: 1001 }

export const dialects: readonly Dialect[] = [
  {
    name: 'ttml',
    title: 'TTML1 / DFXP',
    extensions: ['ttml', 'xml', 'dfxp'],
    type: 'application/ttml+xml',
    looksLike: () => 0.8,
    root: document => [['ttp:timeBase', 'media'], ...rateAttributes(document)],
    marks: [...spoken, 'outline'],
    beside: besideTtml,
    roles: true,
  },
  {
    name: 'imsc',
    title: 'IMSC 1.1 Text',
    extensions: ['imsc', 'xml', 'ttml'],
    type: 'application/ttml+xml;codecs=im2t',
    looksLike: head => (/ns\/ttml\/profile\/imsc1(?:\.\d)?\/(?:text|image)/.test(head) ? 1 : 0),
    root: document => [
      ['xmlns:itts', `${tt}/profile/imsc1#styling`],
      ['xmlns:ittp', `${tt}/profile/imsc1#parameter`],
      ['xmlns:ebutts', 'urn:ebu:tt:style'],
      ['ttp:contentProfiles', `${tt}/profile/imsc1.1/text`],
      ['ttp:timeBase', 'media'],
      ...rateAttributes(document),
    ],
    marks: [
      ...spoken.filter(name => name !== 'size'),
      'size',
      'outline',
      'ruby',
      'emphasis',
      'upright',
      'shear',
    ],
    beside: besideImsc,
    roles: true,
    forced: true,
  },
  {
    name: 'ebu-tt-d',
    title: 'EBU-TT-D',
    extensions: ['ebuttd', 'xml', 'ttml'],
    type: 'application/ttml+xml;codecs=im1t|etd1',
    looksLike: head => (/urn:ebu:tt:distribution|conformsToStandard[^<]*tech3380/.test(head) ? 1 : 0),
    root: () => [
      ['xmlns:ebuttm', 'urn:ebu:tt:metadata'],
      ['xmlns:ebutts', 'urn:ebu:tt:style'],
      ['ttp:timeBase', 'media'],
      ['ttp:cellResolution', '50 30'],
    ],
    metadata:
      '<metadata><ebuttm:documentMetadata><ebuttm:conformsToStandard>urn:ebu:tt:distribution:2018-04</ebuttm:conformsToStandard></ebuttm:documentMetadata></metadata>',
    marks: ['bold', 'italic', 'underline', 'color', 'background', 'font', 'size', 'language', 'voice'],
    beside: besideEbu,
    referred: true,
    ids: true,
    roles: true,
  },
  {
    name: 'itt',
    title: 'iTunes Timed Text',
    extensions: ['itt'],
    type: 'application/ttml+xml',
    looksLike: head => (/timeBase\s*=\s*["']smpte["']/.test(head) ? 0.9 : 0),
    root: document => [
      ['ttp:timeBase', 'smpte'],
      ...rateAttributes(document, film),
      ['ttp:dropMode', 'nonDrop'],
    ],
    marks: ['bold', 'italic', 'underline', 'color', 'background', 'language'],
    frames: true,
  },
]
