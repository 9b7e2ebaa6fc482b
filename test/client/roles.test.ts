import { expect } from 'chai'
import { roleOf } from '../../client/roles.ts'

const names: readonly [name: string, role: string][] = [
  ['Episode 01.MKV', 'media'],
  ['episode.wav', 'media'],
  ['me.opus', 'me'],
  ['ep01_ME.wav', 'me'],
  ['ep01 M&E 48k.flac', 'me'],
  ['ep01-music-effects.m4a', 'me'],
  ['home.wav', 'media'],
  ['me.mp4', 'media'],
  ['第1話.txt', 'script'],
  ['ep01.ja.srt', 'subtitles'],
  ['ep01.ass', 'subtitles'],
  ['no-ending', 'media'],
]

describe('what a dropped file is', () => {
  for (const [name, role] of names)
    it(`is ${role} when it is called ${name}`, () => {
      expect(roleOf(name)).to.equal(role)
    })
})
