import { expect } from 'chai'
import { type Came, isOurs } from '../../server/origin.ts'

const cases: readonly [ours: boolean, says: string, came: Came, publicUrl?: string][] = [
  [true, 'a page of the public address', { origin: 'https://dub.example' }, 'https://dub.example'],
  [false, 'the public name over plain http', { origin: 'http://dub.example' }, 'https://dub.example'],
  [false, 'a name below the public one', { origin: 'https://evil.dub.example' }, 'https://dub.example'],
  [
    false,
    'a bare address when there is a public one',
    { origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' },
    'https://dub.example',
  ],
  [true, 'a page of the address itself', { origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' }],
  [true, 'a page of localhost', { origin: 'http://localhost:8080', host: 'localhost:8080' }],
  [true, 'a page of an IPv6 address', { origin: 'http://[::1]:8080', host: '[::1]:8080' }],
  [false, 'another port', { origin: 'http://127.0.0.1:9090', host: '127.0.0.1:8080' }],
  [false, 'a rebound name', { origin: 'http://evil.example:8080', host: 'evil.example:8080' }],
  [false, 'a page in a sandbox', { origin: 'null', host: '127.0.0.1:8080' }],
  [false, 'a host that is none', { origin: 'http://a b', host: 'a b' }],
  [true, 'a program', { host: '127.0.0.1:8080' }],
  [true, 'our page, reading', { site: 'same-origin' }],
  [true, 'a person who typed the address', { site: 'none' }],
  [false, 'another site that names no origin', { site: 'cross-site' }],
  [false, 'a neighbouring site that names no origin', { site: 'same-site' }],
]

describe('where a request comes from', () => {
  for (const [ours, says, came, publicUrl] of cases)
    it(`${says} is ${ours ? 'ours' : 'foreign'}`, () => {
      expect(isOurs(came, publicUrl)).to.equal(ours)
    })
})
