import { expect } from 'chai'
import type { TranslateAsk, TranslationEngine } from '../../pipelines/translation/engine.ts'

/**
 * What every translating engine keeps to. Call it inside a `describe`, with two languages the engine goes between and a
 * text it can translate.
 */
export function keepsTranslationEngineContract(
  open: () => TranslationEngine,
  { from, to, text }: { readonly from: string; readonly to: string; readonly text: string },
): void {
  const askFor = (texts: readonly string[]): TranslateAsk => ({
    from,
    to,
    lines: texts.map((text, at) => ({ id: `line-${at}`, text })),
    before: [],
    after: [],
    glossary: [],
  })
  const translate = (texts: readonly string[], signal = new AbortController().signal) =>
    open().translate(askFor(texts), signal)

  it('says in one row what it is, and on what terms', () => {
    const { identity, licence, batch } = open()
    expect(identity).to.match(/^\S.*$/)
    expect(licence).to.match(/^\S.*$/)
    expect(batch).to.be.at.least(1)
  })

  it('knows its languages', () => {
    expect(open().speaks(from, to)).to.equal(true)
  })

  it('gives as many answers as it was given lines, each a text, several, or nothing', async () => {
    const texts = Array.from({ length: open().batch }, () => text)
    const answers = await translate(texts)
    expect(answers.length).to.equal(texts.length)
    for (const answer of answers) {
      const wordings = answer === undefined ? undefined : [answer].flat()
      expect(wordings === undefined || wordings.every(text => text.trim() !== '')).to.equal(true)
      expect(wordings?.length).to.not.equal(0)
    }
    expect(answers.some(answer => answer !== undefined)).to.equal(true)
  })

  it('takes a single line', async () => {
    expect((await translate([text])).length).to.equal(1)
  })

  it('translates nothing once it is cancelled', async () => {
    const cancel = new AbortController()
    cancel.abort(new Error('enough'))
    const failure = await translate([text], cancel.signal).catch((error: unknown) => error)
    expect(failure).to.be.instanceOf(Error)
  })
}
