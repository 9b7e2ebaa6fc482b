const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

const names: Readonly<Record<string, string>> = {
  ctrl: mac ? '⌘' : 'Ctrl',
  alt: mac ? '⌥' : 'Alt',
  ' ': 'Space',
  enter: 'Enter',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
}

/** A key as it is printed on the keyboard: `Ctrl+Enter`, `?`, `Alt+A`. */
export function keyName(key: string): string {
  const [last = '', ...held] = key === '+' ? ['+'] : splitKey(key).reverse()
  // Shift is how one gets to these signs, not part of their name.
  const before = held.reverse().filter(name => name !== 'shift')
  return [...before.map(name => names[name] ?? name), names[last] ?? last.toUpperCase()].join('+')
}

const splitKey = (key: string) => {
  const match = /^((?:ctrl\+|alt\+|shift\+)*)(.+)$/.exec(key)
  return [...(match?.[1] ?? '').split('+').filter(Boolean), match?.[2] ?? key]
}
