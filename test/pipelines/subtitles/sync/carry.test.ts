import { expect } from 'chai'
import { readSubtitles } from '../../../../pipelines/subtitles/read.ts'
import { carryLines, carryScript } from '../../../../pipelines/subtitles/sync/carry.ts'
import type { Line, Transcript } from '../../../../pipelines/terms.ts'
import { segment } from '../../../../pipelines/transcript/segment.ts'

const line = (id: string, start: number, text = id): Line => ({
  ...{ id, start, end: start + 1000, text, kind: 'dialogue', trust: 0.9, hand: 'machine' },
  words: [{ text, start: start + 100, end: start + 900 }],
})
const transcript = (...lines: Line[]): Transcript => ({ language: 'en', way: 'script', lines, findings: [] })
/** Ten seconds at 20 s were cut out, four came instead at 16 s; the last ten seconds are others. */
const compared = {
  shared: [
    { from: 0, to: 20_000, offset: 0, unlike: 0.1 },
    { from: 30_000, to: 50_000, offset: -6000, unlike: 0.1 },
  ],
  length: 60_000,
}
const rules = ({ carried }: NonNullable<ReturnType<typeof carryLines>>) =>
  carried.speech.findings.map(({ rule, place }) => [rule, place.line])

describe('the lines of an episode on a late master', () => {
  it('go where their sound went, words and all, by the names they had', () => {
    const was = transcript(line('same', 1000), line('same-2', 40_000, 'same'))
    const found = carryLines(was, compared)
    if (!found) throw new Error('refused')
    const { lines } = segment(found.carried.speech, [], [])
    expect(lines.map(({ id, start, words }) => [id, start, words[0]?.start])).to.deep.equal([
      ['same', 1000, 1100],
      ['same-2', 34_000, 34_100],
    ])
    expect([...found.offsets]).to.deep.equal([
      ['same', 0],
      ['same-2', -6000],
    ])
    expect(found.reopened).to.deep.equal([])
    expect(found.carried.fresh).to.deep.equal([
      { start: 20_000, end: 24_000 },
      { start: 44_000, end: 60_000 },
    ])
  })

  it('reopen where the cut goes through them or another sound came, inside of it, and times are a guess', () => {
    const was = transcript(line('a', 1000), line('b', 3000), line('cut', 19_200), line('gone', 27_000))
    const found = carryLines(transcript(...was.lines, line('c', 40_000)), compared)
    if (!found) throw new Error('refused')
    expect(found.reopened).to.deep.equal(['cut', 'gone'])
    expect(rules(found)).to.deep.equal([
      ['master-cut', 'cut'],
      ['master-other', 'gone'],
    ])
    const gone = found.carried.speech.utterances.find(one => one.line === 'gone')
    expect(gone?.start).to.be.within(20_000, 24_000)
    expect(gone?.end).to.be.within(20_000, 24_000)
    expect(gone?.trust).to.be.below(0.5)
  })

  it('leave their words, and what people wrote for them, where there is no place for them any more', () => {
    const shared = [
      { from: 0, to: 20_000, offset: 0, unlike: 0.1 },
      { from: 30_000, to: 60_000, offset: -10_000, unlike: 0.1 },
    ]
    const was = transcript(line('a', 1000), line('gone', 24_000, 'Who?'), line('b', 40_000))
    const found = carryLines(was, { shared, length: 50_000 }, new Map([['gone', ['¿Quién?']]]))
    expect(found?.carried.speech.utterances.map(one => one.line)).to.deep.equal(['a', 'b'])
    expect(found?.carried.speech.findings.map(({ rule, figures }) => [rule, figures.text])).to.deep.equal([
      ['master-gone', 'Who? / ¿Quién?'],
    ])
    expect([found?.offsets.has('gone'), found?.reopened]).to.deep.equal([false, []])
    // Nor does the next master forget them.
    const findings = found?.carried.speech.findings ?? []
    const next = { ...transcript(line('a', 1000), line('b', 40_000)), findings }
    expect(carryLines(next, compared)?.carried.speech.findings).to.deep.equal(findings)
  })

  it('stay where they are if the two sound like two episodes', () => {
    const was = transcript(line('song', 1000), line('a', 22_000), line('b', 24_000), line('c', 26_000))
    expect(carryLines(was, compared)).to.equal(undefined)
    expect(carryLines(was, { shared: [], length: 60_000 })).to.equal(undefined)
  })

  it('keep their script, whose captions move with them; other formats need none', () => {
    const script = `[Script Info]\r\nScriptType: v4.00+\r\n\r\n[Events]\r\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r
Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\i1}Here\r
Dialogue: 0,0:00:40.00,0:00:41.00,Default,,0,0,0,,{\\blur2}There\r\n`
    const carried = carryScript(Buffer.from(script), compared)
    expect(Buffer.from(carried ?? []).toString()).to.equal(
      script.replace('0:00:40.00,0:00:41.00', '0:00:34.00,0:00:35.00'),
    )
    const srt = Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nHere\n')
    expect(readSubtitles(srt).document.captions).to.have.length(1)
    expect(carryScript(srt, compared)).to.equal(undefined)
  })
})
