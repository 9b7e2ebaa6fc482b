import { expect } from 'chai'
import fc from 'fast-check'
import { head, type Sniffed, sniff } from '../../../pipelines/media/sniff.ts'

const bytes = (latin: string) => Uint8Array.from(Buffer.from(latin, 'latin1'))
const container = (name: string) => ({ is: 'media', container: name })
const script = (what: string) => ({ is: 'script', what })
const other = (reason: string) => ({ is: 'other', reason })
const packets = (size: number, from: number) => {
  const stream = new Uint8Array(head)
  for (let at = from; at < head; at += size) stream[at] = 0x47
  return stream
}

const cases: readonly [what: string, head: Uint8Array, is: unknown][] = [
  ['an MP4', bytes('\0\0\0\x20ftypisom'), container('mp4')],
  ['a QuickTime film', bytes('\0\0\0\x14ftypqt  '), container('mov')],
  ['an old QuickTime film', bytes('\0\0\0\x08wide\0\0\0\0mdat'), container('mov')],
  ['a Matroska', bytes('\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska'), container('mkv')],
  ['a WebM', bytes('\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm'), container('webm')],
  ['a transport stream', packets(188, 0), container('ts')],
  ['a Blu-ray transport stream', packets(192, 4), container('ts')],
  ['a transport stream recorded from the middle of a packet', packets(188, 100), container('ts')],
  ['a WAV', bytes('RIFF\x24\0\0\0WAVEfmt '), container('wav')],
  ['a long WAV', bytes('RF64\xff\xff\xff\xffWAVEds64'), container('wav')],
  ['a FLAC', bytes('fLaC\0\0\0\x22'), container('flac')],
  ['an Ogg', bytes('OggS\0\x02'), container('ogg')],
  ['an MP3 without a tag', bytes('\xff\xfb\x90\x64'), container('mp3')],
  ['an AAC stream', bytes('\xff\xf1\x50\x80'), container('aac')],
  ['an HLS playlist', bytes('#EXTM3U\n#EXTINF:4,\n../other.ts\n'), script('HLS playlist')],
  ['an HLS playlist after a mark', bytes('\xef\xbb\xbf\n#EXTM3U\n'), script('HLS playlist')],
  ['a concat script', bytes("ffconcat version 1.0\nfile '/etc/passwd'\n"), script('concat script')],
  ['a bare concat script', bytes("# mine\nfile '/etc/passwd'\n"), script('concat script')],
  ['a DASH manifest', bytes('<?xml version="1.0"?>\n<!-- x -->\n<MPD xmlns="">'), script('DASH manifest')],
  ['a drawing', bytes('<?xml version="1.0"?><!DOCTYPE svg><svg><image/></svg>'), script('drawing (SVG)')],
  ['a web page', bytes('<!DOCTYPE html><html>'), script('web page')],
  ['other XML', bytes('  <tt xmlns="http://www.w3.org/ns/ttml">'), script('XML document')],
  ['a session description', bytes('v=0\r\no=- 0 0 IN IP4 10.0.0.1\r\n'), script('session description (SDP)')],
  ['a PLS playlist', bytes('[playlist]\nFile1=http://10.0.0.1/\n'), script('playlist')],
  ['a shell script', bytes('#!/bin/sh\n'), script('script')],
  [
    'a playlist in UTF-16',
    Uint8Array.from(Buffer.from('\ufeff#EXTM3U\n', 'utf16le')),
    script('HLS playlist'),
  ],
  ['nothing', new Uint8Array(), other('it is empty')],
  ['text', bytes('1\n00:00:01,000 --> 00:00:02,000\nHello\n'), other('it is text')],
  ['an AVI', bytes('RIFF\0\0\0\0AVI LIST'), other('it is an AVI')],
  ['a photograph', bytes('\xff\xd8\xff\xe0\0\x10JFIF'), other('it is a picture')],
  ['an archive', bytes('PK\x03\x04\x14\0'), other('it is an archive')],
  ['zeros', new Uint8Array(head), other('its first bytes are of no kind that is taken')],
]

describe('the first bytes of a file', () => {
  for (const [what, first, is] of cases)
    it(`tell ${what}`, () => {
      expect(sniff(first)).to.deep.equal(is)
    })

  it('are never a container and a script at once, whatever follows a script’s beginning', () => {
    const beginnings = ['#EXTM3U\n', 'ffconcat version 1.0\n', '<MPD>', 'v=0\no=', '[playlist]\n']
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), fc.string({ maxLength: 400 }), (beginning, rest) => {
        const { is }: Sniffed = sniff(bytes(beginning + rest))
        expect(is).to.not.equal('media')
      }),
    )
  })

  it('are told of any file at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: head }), first => {
        expect(sniff(first).is).to.be.oneOf(['media', 'script', 'other'])
      }),
    )
  })
})
