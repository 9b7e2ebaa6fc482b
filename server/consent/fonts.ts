import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The parts that BIZ UDPGothic comes in, each with the letters it has: a whole font would be 4 MB in every statement. */
export type Part = { readonly path: string; readonly has: (letter: number) => boolean }

const home = () => dirname(createRequire(import.meta.url).resolve('@fontsource/biz-udpgothic/package.json'))
let known: Promise<readonly Part[]> | undefined

export function fontParts(): Promise<readonly Part[]> {
  known ??= read()
  return known
}

async function read(): Promise<readonly Part[]> {
  const ranges: Readonly<Record<string, string>> = JSON.parse(
    await readFile(join(home(), 'unicode.json'), 'utf8'),
  )
  return Object.entries(ranges).map(([name, spelt]) => {
    const spans = spelt.split(',').map(span => {
      const [from = '', to = from] = span.trim().replace(/^U\+/i, '').split('-')
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
    })
    const file = `biz-udpgothic-${name.replace(/[[\]]/g, '')}-400-normal.woff`
    return {
      path: join(home(), 'files', file),
      has: letter => spans.some(([from, to]) => letter >= from && letter <= to),
    }
  })
}

/** A line in runs of one part each. A letter that no part has stands as 〓, as printers set it. */
export function runsOf(
  text: string,
  parts: readonly Part[],
): readonly { readonly part: Part; readonly text: string }[] {
  const runs: { part: Part; text: string }[] = []
  for (const letter of text) {
    const own = parts.find(part => part.has(letter.codePointAt(0) ?? 0))
    const part = own ?? parts.find(one => one.has(0x3013)) ?? parts[0]
    const last = runs.at(-1)
    const shown = own ? letter : '〓'
    if (!part) continue
    if (last && last.part === part) last.text += shown
    else runs.push({ part, text: shown })
  }
  return runs
}
