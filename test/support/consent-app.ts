import { isRefusal } from '../../consent/index.ts'
import { day } from '../../consent/terms.ts'
import { startApp, type TestApp } from './app.ts'
import { openAuthenticator, openPerson, type Person } from './authenticator.ts'
import { draft, spoken } from './draft.ts'

export type ConsentApp = Awaited<ReturnType<typeof startConsentApp<TestApp>>>

/** The web server with a lead, a rights holder and an actor, all enrolled, and an episode whose lines are known; or these in a server that runs already. */
export async function startConsentApp<App extends TestApp = TestApp>(given?: App) {
  const app = (given ?? (await startApp())) as App
  const invited = async (
    name: string,
    role: 'actor' | 'holder' | 'guardian' | 'union' | 'agent' | 'estate',
    more = {},
  ) => {
    const client = await app.person(name, role)
    const person = openPerson(client, openAuthenticator(app.url))
    const said = await person.enrol(role, more)
    return { person, said }
  }
  const lead = await app.person('lead', 'lead')
  const holder = (await invited('holder', 'holder')).person
  const actor = (await invited('actor', 'actor')).person
  const series = await lead.ask('newSeries', {}, { title: '狐の窓', language: 'ja', targets: ['en'] })
  const { id: episode } = await app.people.episodes.add({
    series: series.id,
    number: '1',
    title: '',
    targets: ['en'],
    source: { file: { digest: '0'.repeat(64), bytes: 0, type: 'video/mp4' }, name: 'a.mp4', language: 'ja' },
  } as never)
  await app.draw(episode, draft)
  const now = Date.UTC(2026, 0, 1)
  const terms = (change: object = {}) => ({
    acts: ['speak', 'mix', 'hear'],
    holder: holder.party,
    episodes: ['1'],
    characters: ['ハル'],
    languages: ['en'],
    territories: [],
    media: [],
    limits: { lines: 10, seconds: 60 },
    banned: ['slur'],
    alterations: [],
    from: now,
    makeUntil: now + 90 * day,
    until: now + 365 * day,
    money: { model: 'line' as const, currency: 'JPY', rate: 500, basis: 'セリフ1行ごと' },
    label: '一部の声は合成です',
    credit: 'ハル役',
    afterWithdrawal: { released: 'take-down' as const, sellOffDays: 0 },
    noticeHours: 48,
    ...change,
  })
  return {
    ...{ app, lead, holder, actor, series, episode, terms, invited },
    request: (of: Person = actor, change: object = {}) =>
      lead.ask('newRequest', {}, { series: series.id, actor: of.party, terms: terms(change) }),
    /** What a worker leaves behind of a line that was spoken by permit: the use in the register, and its sound. */
    async use(grant: string, actor: string, sound: Uint8Array): Promise<void> {
      const { gate } = app.consent
      const asked = {
        ...{ act: 'speak' as const, title: '狐の窓', episode: '1', language: 'en', character: 'ハル' },
        ...{ line: 'l1', text: 'Good morning', territories: [], media: [], alterations: [], content: [] },
      }
      const key = await gate.permit({ ...asked, actor })
      if (isRefusal(key)) throw new Error(key.refused)
      await gate.redeem(key, asked)
      const asker = (await app.people.users.all()).find(({ name }) => name === 'lead')?.id ?? ''
      await gate.commit(key, { asker, milliseconds: 1200, output: 'B'.repeat(43) }, async () => undefined)
      const take = {
        ...spoken,
        sound: await app.blobs.keepBytes(sound, 'audio/wav'),
        voice: { kind: 'person', actor },
        by: { entries: [grant], reference: '', engine: '' },
      }
      const [version] = draft.versions
      const dub = { ...version?.dub, takes: [take], regions: [] }
      await app.draw(episode, { ...draft, versions: [{ ...version, dub }] } as never)
    },
    close: () => app.close(),
  }
}
