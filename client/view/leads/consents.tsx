import { may } from '../../may.ts'
import { useRead } from '../house.ts'
import { Enrolled } from './enrolled.tsx'
import { Requests } from './requests.tsx'
import { useLeadSay } from './say.ts'
import { Verdicts } from './verdicts.tsx'
import { Recalls, Walks } from './walks.tsx'

/** Everything about people's voices that a lead or a reviewer has to look after. */
export function Consents() {
  const say = useLeadSay()
  const leads = useRead(state => may(state, 'consentPeople'))
  const judges = useRead(state => may(state, 'judgeRecording'))
  const register = useRead(state => state.leads?.register)
  return (
    <main class="page">
      <header class="head">
        <h1>{say('consents')}</h1>
        {register?.company && <span class="soft">{say('asks-as', { company: register.company })}</span>}
      </header>
      <p class="lead">{say('consents-say')}</p>
      {register?.shut && (
        <p class="problem" role="alert">
          {say('shut', { why: register.shut })}
        </p>
      )}
      {register && !register.company && <p class="problem">{say('no-company')}</p>}
      {judges && <Verdicts />}
      <Recalls />
      {leads && <Requests />}
      {leads && <Walks />}
      {leads && <Enrolled />}
    </main>
  )
}
