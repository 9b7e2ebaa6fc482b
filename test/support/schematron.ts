import { DOMParser } from '@xmldom/xmldom'
import xpath from 'xpath'

/**
 * What of a Schematron with XPath 1 rules doesn't hold in a document: the texts of its failed assertions. Contexts are
 * paths from the root, as in the rules of the conformance suite, and a `let` before an assertion is put in for its name.
 */
export function failedAssertions(schematron: string, document: string): readonly string[] {
  const rules = new DOMParser().parseFromString(schematron, 'text/xml')
  const file = new DOMParser().parseFromString(document, 'text/xml')
  const select = xpath.useNamespaces({ s: 'http://purl.oclc.org/dsdl/schematron' })
  const failed: string[] = []
  for (const rule of elements(select('//s:rule', rules as never))) {
    const context = rule.getAttribute('context') ?? '/'
    const lets = new Map(
      elements(select('s:let', rule as never)).map(one => [
        one.getAttribute('name') ?? '',
        literal(one.getAttribute('value') ?? ''),
      ]),
    )
    for (const node of elements(xpath.select(context === '/' ? '/' : `/${context}`, file as never)))
      for (const assertion of elements(select('s:assert', rule as never))) {
        const test = (assertion.getAttribute('test') ?? '').replace(
          /\$(\w+)/g,
          (_, name: string) => lets.get(name) ?? `$${name}`,
        )
        if (!xpath.select1(`boolean(${test})`, node as never)) failed.push(`${context}: ${test}`)
      }
  }
  return failed
}

/** XPath 2 doubles a quote inside of a literal; XPath 1 knows no way to, but to put two literals together. */
const literal = (value: string): string =>
  /^'.*''.*'$/s.test(value) ? `concat('${value.slice(1, -1).split("''").join(`',"'",'`)}')` : value

type Element = { getAttribute: (name: string) => string | null }
const elements = (found: unknown): Element[] => (Array.isArray(found) ? found : [])
