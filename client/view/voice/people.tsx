import { useState } from 'preact/hooks'
import type { MineView } from '../../../server/contract.ts'
import { death, erasure, pauseOfAll, refusalOfAll, withdrawalOfAll } from '../../voice/sheets.ts'
import type { Sheet } from '../../voice/state.ts'
import type { VoiceWord } from '../../words/voice.ts'
import { Face } from '../face.tsx'
import { useOf, useSay, useVoice } from './house.ts'
import { Pseudonym } from './me.tsx'

type Person = MineView['people'][number]
const deeds: readonly (readonly [power: string, word: VoiceWord, sheet: (actor: string) => Sheet])[] = [
  ['withdraw', 'at-once-withdraw', withdrawalOfAll],
  ['refuse', 'at-once-refuse', refusalOfAll],
  ['erase', 'erase-title', erasure],
  ['report-death', 'death-do', death],
]

/** Those I speak for, and what they let me do: to pause many voices is one act and one signature. */
export function People() {
  const { change } = useVoice()
  const say = useSay()
  const people = useOf(state => state.mine?.people)
  const [chosen, choose] = useState<readonly string[]>([])
  const pausable = people?.filter(({ powers }) => powers.includes('suspend')).map(({ party }) => party) ?? []
  const toggle = (party: string) =>
    choose(chosen.includes(party) ? chosen.filter(one => one !== party) : [...chosen, party])
  return (
    <main class="page narrow" aria-busy={people === undefined}>
      <h1>{say('people-title')}</h1>
      {people?.length === 0 && <p class="empty">{say('people-none')}</p>}
      {pausable.length > 0 && (
        <p class="row">
          {pausable.length > 1 && (
            <button
              type="button"
              class="button tall push"
              aria-pressed={chosen.length === pausable.length}
              onClick={() => choose(chosen.length === pausable.length ? [] : pausable)}
            >
              {say('people-all')}
            </button>
          )}
          <button
            type="button"
            class="button main tall push"
            disabled={chosen.length === 0}
            onClick={() => change({ sheet: pauseOfAll(chosen) })}
          >
            {say('people-pause', { count: chosen.length })}
          </button>
        </p>
      )}
      <ul class="cards">
        {people?.map(person => (
          <One
            key={`${person.party} ${person.role}`}
            person={person}
            chosen={chosen.includes(person.party)}
            toggle={toggle}
          />
        ))}
      </ul>
      <Pseudonym />
    </main>
  )
}

function One({
  person: { party, name, powers },
  chosen,
  toggle,
}: {
  person: Person
  chosen: boolean
  toggle: (party: string) => void
}) {
  const { change } = useVoice()
  const say = useSay()
  const may = deeds.filter(([power]) => powers.includes(power))
  return (
    <li class="card yes">
      {powers.includes('suspend') ? (
        <label class="check">
          <input type="checkbox" name="person" checked={chosen} onChange={() => toggle(party)} />
          <strong>{name}</strong>
        </label>
      ) : (
        <p class="row">
          <Face name={name} />
          <strong>{name}</strong>
        </p>
      )}
      <p class="small soft">{powers.map(power => say(`power-${power}` as VoiceWord)).join(' · ')}</p>
      {may.length > 0 && (
        <p class="row">
          {may.map(([power, word, sheet]) => (
            <button
              key={power}
              type="button"
              class="button tall push"
              onClick={() => change({ sheet: sheet(party) })}
            >
              {say(word)}
            </button>
          ))}
        </p>
      )}
    </li>
  )
}
