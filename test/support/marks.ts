import type { HearMark } from '../../pipelines/delivery/marked.ts'
import {
  type Credentials,
  makeSigner,
  type Notary,
  openCredentials,
} from '../../pipelines/dub/mark/credentials/credentials.ts'
import { soundOf } from '../../pipelines/dub/mark/sound.ts'
import { type Marker, openWatermark } from '../../pipelines/dub/mark/watermark.ts'

/** Leaves every sound as it is: for tests of what happens before the mark. */
export const unmarked: Marker = { id: '0000000000000000', mark: samples => samples }

/** The watermark of a key that is no secret. */
export const watermark = await openWatermark(Buffer.alloc(32, 7))

export const hearMark: HearMark = ({ file, stream }, id, at) =>
  watermark.matching(soundOf(file, stream, at), id)

const signer = await makeSigner('Kotodama test', Date.now())
/** Content credentials of a house that is none; what uses them closes what it opens. */
export const openTestCredentials = (): Credentials => openCredentials(signer)
export const notary: Notary = openTestCredentials()
