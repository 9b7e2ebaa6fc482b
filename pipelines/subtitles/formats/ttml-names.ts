/** Namespaces of TTML and its kin by their usual prefixes; the drafts it began as count as TTML. */
const roots = [
  'http://www.w3.org/ns/ttml',
  'http://www.w3.org/2006/10/ttaf1',
  'http://www.w3.org/2006/04/ttaf1',
]
export const prefixes: ReadonlyMap<string, string> = new Map([
  ...roots.flatMap((root): [string, string][] => [
    [root, 'tt'],
    [`${root}#parameter`, 'ttp'],
    [`${root}#styling`, 'tts'],
    [`${root}#style`, 'tts'],
    [`${root}#metadata`, 'ttm'],
  ]),
  ['http://www.w3.org/ns/ttml/profile/imsc1#styling', 'itts'],
  ['http://www.w3.org/ns/ttml/profile/imsc1#parameter', 'ittp'],
  ['http://www.w3.org/ns/ttml/profile/imsc1#metadata', 'ittm'],
  ['urn:ebu:tt:style', 'ebutts'],
  ['urn:ebu:tt:metadata', 'ebuttm'],
  ['urn:ebu:tt:parameters', 'ebuttp'],
  ['http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt', 'smpte'],
  ['http://www.w3.org/XML/1998/namespace', 'xml'],
])
