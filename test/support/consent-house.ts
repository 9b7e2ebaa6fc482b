import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ask, folder, type Storage } from '../../consent/index.ts'
import type { Terms } from '../../consent/records.ts'
import { type Consent, openConsent, type Wish } from '../../server/consent/open.ts'
import { ask as someAsk, terms as someTerms } from './consent.ts'
import { enrol, type Signer } from './signers.ts'

export type ConsentHouse = Awaited<ReturnType<typeof openConsentHouse>>

/** A keeper's register in folders of its own, with a rights holder, an actor, a live licence and a live grant. */
export async function openConsentHouse(settings: Partial<Wish['consent']> = {}) {
  const root = await mkdtemp(join(tmpdir(), 'kotodama-consent-'))
  const clock = { now: 1000 }
  const disk = { full: false }
  const said: string[] = []
  const guarded = (path: string): Storage => {
    const kept = folder(path)
    return {
      ...kept,
      write: async (name, bytes) => {
        if (disk.full && !path.endsWith('journal')) throw new Error('no space left on the device')
        return kept.write(name, bytes)
      },
    }
  }
  const wish: Wish = {
    dataDir: join(root, 'data'),
    keysDir: join(root, 'keys'),
    consent: {
      companyName: 'Studio Example',
      logKey: undefined,
      companyKey: undefined,
      masterKey: undefined,
      witnesses: [],
      ...settings,
    },
    now: () => clock.now,
    log: says => said.push(says),
    store: guarded,
  }
  const [holder, actor] = [enrol('holder'), enrol('actor')]
  const open: { consent: Consent }['consent'][] = [await openConsent(wish)]
  const current = () => open.at(-1) as Consent
  const terms: Terms = { ...someTerms, holder: holder.id }
  let at = 0

  return {
    ...{ root, clock, disk, said, wish, holder, actor, terms },
    get consent() {
      return current()
    },
    ask: { ...someAsk, actor: actor.id } satisfies Ask,
    /** Closes it and opens what lies in the folders anew. */
    async again(change: Partial<Wish> = {}): Promise<Consent> {
      await current().close()
      open.push(await openConsent({ ...wish, ...change }))
      return current()
    },
    /** Everybody enrolled, the licence and a grant of the whole request. */
    async agree(by: Signer = actor): Promise<string> {
      const { registry } = current()
      for (const one of [holder, by]) await registry.enter(one.enrolment)
      await registry.enter(holder.say({ kind: 'licence', by: holder.id, at: at++, terms }))
      const request = await registry.tell({ kind: 'request', actor: by.id, terms })
      const statement = { kind: 'grant', by: by.id, at: at++, actor: by.id, of: request.id, terms } as const
      return (await registry.enter(by.say({ ...statement, noticeWaived: true }))).id
    },
    withdrawal: (of: readonly string[], by: Signer = actor) =>
      by.say({ kind: 'withdrawal', by: by.id, at: at++, actor: by.id, of: [...of] }),
    async close(): Promise<void> {
      await current().close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
