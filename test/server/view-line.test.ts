import { expect } from 'chai'
import type { Worked } from '../../server/store/lines.ts'
import { type LinesKnown, viewLines } from '../../server/view-line.ts'
import { blobOf, draft } from '../support/draft.ts'

const nobody: LinesKnown = {
  episode: 'e1',
  language: 'en',
  draft,
  busy: true,
  worked: new Map(),
  source: new Map(),
  names: new Map([['u1', 'Aki']]),
}
const hand = (line: string, change: Worked['change'], more: Partial<Worked> = {}): Map<string, Worked> =>
  new Map([[line, { line, language: 'en', version: 2, change, by: 'u1', comments: [], ...more }]])
const see = (known: Partial<LinesKnown>, line: string) =>
  viewLines({ ...nobody, ...known }, new Set([line]))[0]

describe('what is seen of a line', () => {
  it('has the original’s words, the translation, its cues and its take', () => {
    expect(see({}, 'l1')).to.deep.equal({
      id: 'l1',
      language: 'en',
      start: 1000,
      end: 2000,
      kind: 'dialogue',
      speaker: 'ハル',
      source: 'おはよう',
      trust: 0.9,
      sourceVersion: 0,
      version: 0,
      text: 'Good morning',
      origin: { how: 'memory', score: 1, origin: 'Pilot', source: 'おはよう' },
      score: { intersection: 0.9, durations: 0.9, iou: 0.9, rate: 0.952, onset: 0, offset: -100 },
      speaking: 950,
      rate: 0.95,
      verdict: 'green',
      cues: [{ start: 1000, end: 2100, text: 'Good\nmorning' }],
      take: {
        state: 'spoken',
        start: 1000,
        end: 1900,
        stretch: 1.05,
        url: `/api/episodes/e1/blobs/${blobOf('take of l1', '').digest}`,
      },
      comments: [],
      findings: [],
    })
  })

  it('is empty, and never the original passed off as a translation, where the machine has not come', () => {
    expect(see({}, 'l3')).to.deep.include({
      source: 'さよなら',
      text: '',
      origin: { how: 'none' },
      verdict: 'empty',
    })
    expect(see({ language: 'es' }, 'l1')).to.deep.include({ text: '', verdict: 'empty' })
  })

  it('says why nothing is heard of it', () => {
    expect(see({}, 'l2')?.take).to.deep.equal({ state: 'unspoken', reason: 'empty' })
    expect(see({}, 'l3')?.take).to.deep.equal({ state: 'withheld', reason: 'no-consent' })
  })

  it('says in every language why a late master reopened it, until somebody has approved it again', () => {
    const finding = {
      rule: 'master-cut',
      severity: 'warning',
      place: { line: 'l1' },
      figures: {},
      says: 'Cut.',
    } as const
    const late = { ...draft, transcript: { ...draft.transcript, findings: [finding] } }
    const rules = (worked: LinesKnown['worked'], language = 'en') =>
      see({ draft: late, worked, language }, 'l1')?.findings.map(({ rule }) => rule)
    const approved = hand('l1', {}, { approval: { by: 'u1', at: 0 } })
    for (const language of ['en', 'ja'])
      expect([rules(new Map(), language), rules(approved, language)]).to.deep.equal([['master-cut'], []])
  })

  it('has the findings of its own', () => {
    expect(see({}, 'l2')?.findings.map(({ rule }) => rule)).to.deep.equal(['empty'])
  })

  it('has a person’s words over the machine’s, which stay beside them as a suggestion', () => {
    expect(see({ worked: hand('l1', { text: 'Morning!' }) }, 'l1')).to.deep.include({
      text: 'Morning!',
      version: 2,
      origin: { how: 'human' },
      suggestion: {
        text: 'Good morning',
        origin: { how: 'memory', score: 1, origin: 'Pilot', source: 'おはよう' },
      },
      editedBy: 'Aki',
      pending: true,
    })
  })

  it('needs no suggestion where a person kept the machine’s words', () => {
    const kept = see({ worked: hand('l1', { text: 'Good morning' }) }, 'l1')
    expect(kept).to.deep.include({ origin: { how: 'human' } })
    expect(kept).to.not.have.any.keys('suggestion', 'pending')
  })

  it('is pending only while the machine has work to do', () => {
    expect(see({ worked: hand('l1', { start: 900 }) }, 'l1')).to.include({
      start: 900,
      end: 2000,
      pending: true,
    })
    expect(see({ worked: hand('l1', { start: 900 }), busy: false }, 'l1')).to.not.have.property('pending')
  })

  it('shows a word of the original that a person changed, in every language', () => {
    const source = hand('l1', { text: 'おはよ' })
    expect(see({ source }, 'l1')).to.include({
      source: 'おはよ',
      sourceVersion: 2,
      version: 0,
      pending: true,
    })
  })

  it('names who approved it and who remarked on it', () => {
    const at = Date.UTC(2026, 0, 1)
    const comments = [{ by: 'u1', at, text: 'Softer' }]
    const seen = see({ worked: hand('l1', {}, { approval: { by: 'u1', at }, comments }) }, 'l1')
    expect(seen?.approval).to.deep.equal({ by: 'Aki', at: '2026-01-01T00:00:00.000Z' })
    expect(seen?.comments).to.deep.equal([{ by: 'Aki', at: '2026-01-01T00:00:00.000Z', text: 'Softer' }])
  })

  it('of the original fits itself', () => {
    expect(see({ language: 'ja' }, 'l2')).to.include({
      text: '行こう',
      speaking: 1500,
      rate: 1,
      verdict: 'green',
    })
  })

  it('keeps the order of the original', () => {
    expect(viewLines(nobody).map(({ id }) => id)).to.deep.equal(['l1', 'l2', 'l3'])
  })

  it('is none before there is a transcript', () => {
    expect(viewLines({ ...nobody, draft: {} })).to.deep.equal([])
  })
})
