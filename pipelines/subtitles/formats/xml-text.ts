/** Text as XML writes it: what its entities mean, and what must be written as one. */

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** `strange` is told where an entity stands that XML does not know. */
export function resolveEntities(text: string, strange: (at: number) => void): string {
  if (!text.includes('&')) return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{1,30}));?/gi, (whole, hex, decimal, name, at: number) => {
      if (name !== undefined && Object.hasOwn(entities, name)) return entities[name] ?? whole
      const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16)
      if (code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000))
        return String.fromCodePoint(code)
      strange(at)
      return whole
    })
}

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': '&#13;',
}
/** Characters that XML 1.0 has no way to say are left out. */
const unsayable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
export const escapeText = (text: string): string =>
  text.replace(unsayable, '').replace(/[&<>\r]/g, char => marks[char] ?? char)
export const escapeAttribute = (text: string): string =>
  text.replace(unsayable, '').replace(/[&<>"\n\t\r]/g, char => marks[char] ?? char)
