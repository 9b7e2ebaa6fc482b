import { expect } from 'chai'
import { actions } from '../../client/actions/index.ts'
import { actionFor, chordOf } from '../../client/keys.ts'
import { initial } from '../../client/state.ts'
import { keyName } from '../../client/view/key-name.ts'

const nobody = initial({ tongue: 'en', theme: 'auto', place: { at: 'series' }, now: 0 })

describe('what a person can do', () => {
  it('has a name of its own, and a key that nothing else has', () => {
    const names = actions.map(({ name }) => name)
    const keys = actions.flatMap(action => action.keys)
    expect(new Set(names).size).to.equal(names.length)
    expect(new Set(keys).size).to.equal(keys.length)
  })

  it('is said to be usable while typing only if it has a key that writes nothing', () => {
    const silent = actions.filter(({ typing }) => typing && true)
    expect(silent.filter(({ keys }) => !keys.some(key => /^(ctrl|alt)\+/.test(key)))).to.deep.equal([])
  })

  it('is next to nothing before somebody has signed in', () => {
    expect(actions.filter(action => action.when(nobody)).map(({ name }) => name)).to.deep.equal([
      'switch-tongue',
    ])
  })

  const presses: readonly [
    what: string,
    typing: boolean,
    press: Partial<KeyboardEvent>,
    action: string | undefined,
  ][] = [
    ['J goes to the next line', false, { key: 'j', code: 'KeyJ' }, 'next-line'],
    ['J is a letter while one types', true, { key: 'j', code: 'KeyJ' }, undefined],
    [
      'Ctrl+Enter saves while one types',
      true,
      { key: 'Enter', code: 'Enter', ctrlKey: true },
      'save-and-next',
    ],
    ['⌘+Enter is Ctrl+Enter', true, { key: 'Enter', code: 'Enter', metaKey: true }, 'save-and-next'],
    ['Alt+A approves where a Mac writes å', true, { key: 'å', code: 'KeyA', altKey: true }, 'approve-line'],
    ['Space plays', false, { key: ' ', code: 'Space' }, 'play-pause'],
    ['Space is a space while one types', true, { key: ' ', code: 'Space' }, undefined],
    [
      '? shows the keys, however it is reached',
      false,
      { key: '?', code: 'Slash', shiftKey: true },
      'show-help',
    ],
    ['[ sets the start', false, { key: '[', code: 'BracketLeft' }, 'set-start'],
    ['Ctrl+J belongs to the browser', false, { key: 'j', code: 'KeyJ', ctrlKey: true }, undefined],
  ]
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, key: '', code: '' }
  for (const [what, typing, press, action] of presses)
    it(what, () => {
      expect(actionFor(chordOf({ ...none, ...press }), typing)?.name).to.equal(action)
    })

  const printed: readonly [key: string, name: string][] = [
    ['ctrl+enter', 'Ctrl+Enter'],
    ['alt+a', 'Alt+A'],
    ['shift+?', '?'],
    ['+', '+'],
    ['shift++', '+'],
    [' ', 'Space'],
    ['arrowleft', '←'],
  ]
  for (const [key, name] of printed)
    it(`prints ${JSON.stringify(key)} as ${name}`, () => {
      expect(keyName(key)).to.equal(name)
    })
})
