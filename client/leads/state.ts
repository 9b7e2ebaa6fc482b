import type {
  ConsentWords,
  InvitedParty,
  LicenceView,
  NoticeView,
  PersonView,
  RecordingView,
  RegisterView,
  RequestPreview,
  RequestView,
  WalkView,
  WithheldView,
} from '../../server/contract.ts'
import type { Body } from '../api.ts'

/** What a lead knows of consents, as far as it was fetched. */
export type Leads = {
  readonly register?: RegisterView
  readonly words?: ConsentWords
  readonly people?: readonly PersonView[]
  readonly invited?: readonly InvitedParty[]
  readonly requests?: readonly RequestView[]
  readonly recordings?: readonly RecordingView[]
  /** What was taken back, and whom it was told. */
  readonly walks?: readonly WalkView[]
  /** Files this person fetched and may no longer use. */
  readonly notices?: readonly NoticeView[]
  /** By series. */
  readonly licences: Readonly<Record<string, readonly LicenceView[]>>
  /** By series, and by episode where only that was asked for. */
  readonly withheld: Readonly<Record<string, readonly WithheldView[]>>
  /** A one-time link just made: shown once. */
  readonly link?: { readonly name: string; readonly link: string }
  readonly preview?: Preview
}
/** A request that was read and not sent yet. */
export type Preview = {
  readonly wish: Body<'newRequest'>
  readonly shown: RequestPreview
  /** Something was changed since: what is shown is no longer what would be sent. */
  readonly stale: boolean
}

export const noLeads: Leads = { licences: {}, withheld: {} }
