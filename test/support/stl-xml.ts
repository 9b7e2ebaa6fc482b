import { basename } from 'node:path'
import {
  gsiSize,
  isText,
  lastExtension,
  readGsi,
  readTti,
  type Tti,
  textOfBlocks,
  ttiSize,
  userData,
} from '../../pipelines/subtitles/formats/ebu-stl-blocks.ts'
import { headOf } from '../../pipelines/subtitles/formats/ebu-stl-head.ts'
import { tokensOf } from '../../pipelines/subtitles/formats/ebu-stl-text.ts'

/** How StlXml, the dump of the IRT's Subtitle Conversion Framework, calls control codes. */
const colors = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White']
const names: Readonly<Record<number, string>> = {
  ...Object.fromEntries(colors.map((color, i) => [i, `Alpha${color}`])),
  ...Object.fromEntries(colors.map((color, i) => [i + 16, `Mosaic${color}`])),
  8: 'Flash',
  9: 'Steady',
  10: 'EndBox',
  11: 'StartBox',
  12: 'NormalHeight',
  13: 'DoubleHeight',
  14: 'DoubleWidth',
  15: 'DoubleSize',
  28: 'BlackBackground',
  29: 'NewBackground',
  138: 'newline',
}
const escaped = (text: string): string =>
  text.replace(/[&<>]/g, char => `&#${char.charCodeAt(0)};`).replace(/[ \u00a0]/g, '<space/>')
const element = (name: string, inside: string): string => `<${name}>${inside}</${name}>`
const kept = (text: string): string => text.replace(/[&<>]/g, char => `&#${char.charCodeAt(0)};`)
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** `flags` are the parameters of the framework's own converter that the suite's rules ask for. */
export function stlXml(bytes: Uint8Array, path: string, flags: readonly string[]): string {
  const gsi = readGsi(bytes)
  const { table } = headOf(gsi)
  const all = Array.from({ length: Math.floor((bytes.length - gsiSize) / ttiSize) }, (_, i) =>
    readTti(bytes.subarray(gsiSize + i * ttiSize)),
  )
  const blocks = (flags.includes('-s') ? all : merged(all)).filter(
    tti => !flags.includes('-u') || tti.extension !== userData,
  )
  const fields = Object.entries(gsi).map(([name, value]) => {
    if (name !== 'UDA') return element(name, kept(value))
    return element(name, flags.includes('-a') ? '' : base64(Buffer.from(value.trimEnd(), 'latin1')))
  })
  const field = (tti: Tti): string =>
    tti.extension === userData
      ? base64(tti.text)
      : tokensOf(textOfBlocks([tti]), table)
          .map(token => ('text' in token ? escaped(token.text) : `<${names[token.code] ?? 'code'}/>`))
          .join('')
  const two = (value: number, radix = 10) => value.toString(radix).padStart(2, '0')
  const ttis = blocks.map(tti =>
    element(
      'TTI',
      [
        element('SGN', String(tti.group)),
        element('SN', String(tti.number)),
        element('EBN', two(tti.extension, 16)),
        element('CS', two(tti.cumulative)),
        element('TCI', tti.in.map(value => two(value)).join('')),
        element('TCO', tti.out.map(value => two(value)).join('')),
        element('VP', String(tti.row)),
        element('JC', two(tti.justification)),
        element('CF', tti.comment ? '01' : '00'),
        element('TF', field(tti)),
      ].join(''),
    ),
  )
  const name = flags.find(flag => flag.startsWith('-f '))?.slice(3) ?? basename(path)
  const source = flags.includes('-b')
    ? element('StlSource', element('Filename', name) + element('Data', base64(bytes)))
    : ''
  return element(
    'StlXml',
    source +
      element('HEAD', element('GSI', fields.join(''))) +
      element('BODY', element('TTICONTAINER', ttis.join(''))),
  )
}

/** Text that goes on in extension blocks stands in the last of them; user data stays where it was. */
function merged(all: readonly Tti[]): readonly Tti[] {
  const out: Tti[] = []
  let open: Tti[] = []
  for (const tti of all) {
    if (tti.extension === userData) out.push(tti)
    if (!isText(tti)) continue
    open.push(tti)
    if (tti.extension !== lastExtension) continue
    out.push({ ...tti, text: textOfBlocks(open) })
    open = []
  }
  return out
}
