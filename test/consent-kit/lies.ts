/** Lies about who signed, and about which log this is. */
import { canonical } from '../../consent/canonical.ts'
import { signNote } from '../../consent/log/note.ts'
import type { Receipt } from '../../consent/receipt.ts'
import { origin } from '../support/registry.ts'
import { shown } from '../support/signers.ts'
import { actor, asOf, company, grant, type Lie, liars, other, pass, said, stranger } from './liars.ts'

export const lies = async (first: Receipt, withdrawn: Receipt): Promise<readonly Lie[]> => [
  [
    'the company signed for the actor',
    await liars([actor.enrolment, company.enrolment, said(grant, company)]),
    'signature',
  ],
  [
    'the company signed in the actor’s name',
    await liars([
      actor.enrolment,
      { ...said(grant, company), proofs: [{ ...company.prove(shown(grant)), by: actor.id }] },
    ]),
    'signature',
  ],
  [
    'another actor signed too, who never enrolled',
    await liars([actor.enrolment, said(grant, actor, other)]),
    'signature',
  ],
  ['nobody’s enrolment is there', await liars([said(grant, actor)]), 'signature'],
  [
    'the enrolment came after the grant',
    await liars([said(grant, actor), actor.enrolment], { grantAt: 0 }),
    'signer',
  ],
  [
    'the enrolment is signed by another',
    await liars([said(actor.enrolment.statement, other), said(grant, actor)]),
    'signer',
  ],
  [
    'the keys were changed by another',
    await liars([
      actor.enrolment,
      said({ kind: 'keys', by: actor.id, at: 0, keys: [other.key] }, other),
      said(grant, actor),
    ]),
    'signer',
  ],
  [
    'the key was given up before',
    await liars([
      actor.enrolment,
      actor.say({ kind: 'keys', by: actor.id, at: 0, keys: [other.key] }),
      said(grant, actor),
    ]),
    'signature',
  ],
  [
    'a refusal passes for a signer',
    await liars([
      actor.enrolment,
      actor.say({ kind: 'refusal', by: actor.id, at: 0, actor: actor.id, title: null, act: null }),
      said(grant, actor),
    ]),
    'signer',
  ],
  [
    'a refusal passes for a grant',
    await liars([
      actor.enrolment,
      actor.say({ kind: 'refusal', by: actor.id, at: 0, actor: actor.id, title: null, act: null }),
    ]),
    'kind',
  ],
  ['the phone’s owner was not verified', await liars(pass({ flags: 1 })), 'signature'],
  ['the phone’s owner was not there', await liars(pass({ flags: 4 })), 'signature'],
  ['the passkey is of another site', await liars(pass({ site: 'evil.example' })), 'signature'],
  [
    'the passkey was asked on another page',
    await liars(pass({ origin: 'https://evil.example' })),
    'signature',
  ],
  [
    'the status is of another log',
    await liars([actor.enrolment, said(grant, actor)], {
      status: `log.example/2/status\n${canonical({ asOf, size: 2, ended: [] })}\n`,
    }),
    'status',
  ],
  [
    'the status is older than the log',
    await liars([actor.enrolment, said(grant, actor)], {
      status: `${origin}/status\n${canonical({ asOf, size: 1, ended: [] })}\n`,
    }),
    'status',
  ],
  ['the checkpoint stands for the status', { ...first, status: first.checkpoint }, 'status'],
  ['the status stands for the checkpoint', { ...first, checkpoint: first.status }, 'checkpoint'],
  [
    'another key signed the status',
    {
      ...first,
      status: signNote(`${origin}/status\n${canonical({ asOf, size: 9, ended: [] })}\n`, [stranger]),
    },
    'status',
  ],
  [
    'another key signed the checkpoint',
    {
      ...first,
      checkpoint: signNote(first.checkpoint.slice(0, first.checkpoint.lastIndexOf('\n\n') + 1), [stranger]),
    },
    'checkpoint',
  ],
  ['another receipt’s checkpoint', { ...first, checkpoint: withdrawn.checkpoint }, 'inclusion'],
]
