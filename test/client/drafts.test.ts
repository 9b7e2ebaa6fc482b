import { expect } from 'chai'
import { clashOf, discard, editOf, rebase, settle, write } from '../../client/desk/drafts.ts'
import { draftOf, mergeLines } from '../../client/desk/lines.ts'
import { deskOf, lineView } from '../support/desk.ts'

const line = lineView('l1')
const desk = deskOf([line])
const written = write(desk, line, { text: 'Come on.' })

describe('what is written and not saved', () => {
  it('is kept with the line as it was', () => {
    expect(draftOf(written, line)).to.deep.equal({ base: line, text: 'Come on.' })
  })

  it('holds only what its person touched', () => {
    const moved = write(written, line, { start: 900 })
    expect(draftOf(moved, line)).to.deep.equal({ base: line, text: 'Come on.', start: 900 })
  })

  it('is gone when everything stands as before', () => {
    expect(write(written, line, { text: 'Let’s go.' }).drafts).to.deep.equal({})
    expect(discard(written, line).drafts).to.deep.equal({})
  })

  it('may be an empty text', () => {
    expect(draftOf(write(desk, line, { text: '' }), line)?.text).to.equal('')
  })

  it('is asked for on the version that its person saw', () => {
    const draft = draftOf(written, line)
    expect(draft && editOf(line, draft)).to.deep.equal({ version: 0, text: 'Come on.' })
  })

  it('stays when the machine makes the line again', () => {
    const again = lineView('l1', { text: 'Shall we go?' })
    expect(clashOf(again, draftOf(written, line))).to.deep.equal([])
  })
})

describe('two people on one line', () => {
  const theirs = lineView('l1', { version: 1, text: 'Off we go.' })

  it('clash where both wrote, and not the same', () => {
    expect(clashOf(theirs, draftOf(written, line))).to.deep.equal(['text'])
  })
  it('do not clash when they wrote the same', () => {
    expect(clashOf(lineView('l1', { version: 1, text: 'Come on.' }), draftOf(written, line))).to.deep.equal(
      [],
    )
  })
  it('do not clash when one wrote and the other moved', () => {
    expect(clashOf(lineView('l1', { version: 1, start: 800 }), draftOf(written, line))).to.deep.equal([])
  })
  it('are both kept: theirs as the line, mine as the draft', () => {
    const both = { ...written, lines: mergeLines(written.lines, [theirs], ['l1']) }
    expect(both.lines?.[0]?.text).to.equal('Off we go.')
    expect(draftOf(both, theirs)?.text).to.equal('Come on.')
  })
  it('clash no more once mine was put on theirs', () => {
    const rebased = rebase(written, theirs)
    const draft = draftOf(rebased, theirs)
    expect(clashOf(theirs, draft)).to.deep.equal([])
    expect(draft && editOf(theirs, draft)).to.deep.equal({ version: 1, text: 'Come on.' })
  })
})

describe('after saving', () => {
  const draft = draftOf(written, line)
  const saved = lineView('l1', { version: 1, text: 'Come on.' })
  it('what was sent is no draft any more', () => {
    expect(draft && settle(written, saved, draft).drafts).to.deep.equal({})
  })
  it('what was typed in the meantime still is, on the saved line', () => {
    const later = write(written, line, { text: 'Come on, Haru.' })
    const settled = draft && settle({ ...later, lines: [saved] }, saved, draft)
    expect(settled && draftOf(settled, saved)).to.deep.equal({ base: saved, text: 'Come on, Haru.' })
  })
})
