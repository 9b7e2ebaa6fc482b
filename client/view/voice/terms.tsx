import type { ComponentChildren } from 'preact'
import type { ConsentWords, TermsShape } from '../../../server/contract.ts'
import type { Tongue } from '../../state.ts'
import { dateIn, listIn, nameIn, payIn } from '../../voice/spell.ts'
import { voiceWordsIn } from '../../words/voice.ts'
import { useOf, useTongue } from './house.ts'

type Named = readonly { readonly name: string; readonly en: string; readonly ja: string }[]
const called = (table: Named | undefined, tongue: Tongue) => (name: string) =>
  table?.find(one => one.name === name)?.[tongue] ?? name

/** What a request or a yes says, row by row, as people say it. The text that is signed stands beside it. */
export function TermsRows({ terms, more }: { terms: TermsShape; more?: ComponentChildren }) {
  const words = useOf(state => state.words)
  return <TermsIn tongue={useTongue()} words={words} terms={terms} more={more} />
}

/** The same in any tongue: whoever asks reads it with these very rows. */
export function TermsIn({
  terms,
  tongue,
  words,
  more,
}: {
  terms: TermsShape
  tongue: Tongue
  words: ConsentWords | undefined
  more?: ComponentChildren
}) {
  const say = voiceWordsIn(tongue)
  const list = (all: readonly string[]) => (all.length > 0 ? listIn(tongue, all) : say('none'))
  const act = called(words?.acts, tongue)
  const others = words?.acts.filter(({ name }) => !terms.acts.includes(name)).map(({ name }) => act(name))
  const { money, limits, afterWithdrawal } = terms
  const released = terms.territories.length > 0 || terms.media.length > 0
  return (
    <dl class="terms">
      <Row label={say('title')}>{terms.title}</Row>
      <Row label={say('characters')}>{list(terms.characters)}</Row>
      <Row label={say('acts')}>
        <ul class="dots">
          {terms.acts.map(name => (
            <li key={name}>{act(name)}</li>
          ))}
        </ul>
      </Row>
      <Row label={say('money')}>
        <strong>{payIn(say, tongue, money)}</strong> <span class="soft">{money.basis}</span>
      </Row>
      <Row label={say('term')}>
        {say('term-value', { from: dateIn(tongue, terms.from), until: dateIn(tongue, terms.until) })}
        <br />
        <span class="soft">{say('term-make', { makeUntil: dateIn(tongue, terms.makeUntil) })}</span>
      </Row>
      <Row label={say('episodes')}>{list(terms.episodes)}</Row>
      <Row label={say('languages')}>{list(terms.languages.map(one => nameIn(tongue, 'language', one)))}</Row>
      <Row label={say('limits')}>{say('limits-value', limits)}</Row>
      {released ? (
        <>
          <Row label={say('territories')}>
            {list(terms.territories.map(one => nameIn(tongue, 'region', one)))}
          </Row>
          <Row label={say('media')}>{list(terms.media)}</Row>
        </>
      ) : (
        <Row label={say('territories')}>{say('house')}</Row>
      )}
      {others && others.length > 0 && (
        <Row label={say('acts-not')}>
          <span class="soft">{listIn(tongue, others)}</span>
        </Row>
      )}
      <Row label={say('banned')}>{list(terms.banned.map(called(words?.contents, tongue)))}</Row>
      <Row label={say('alterations')}>
        {terms.alterations.length > 0
          ? listIn(tongue, terms.alterations.map(called(words?.alterations, tongue)))
          : say('alterations-none')}
      </Row>
      <Row label={say('label')}>{terms.label}</Row>
      <Row label={say('credit')}>{terms.credit}</Row>
      <Row label={say('after')}>
        {say(`after-${afterWithdrawal.released}`, { days: afterWithdrawal.sellOffDays })}
      </Row>
      {more}
    </dl>
  )
}

export function Row({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
