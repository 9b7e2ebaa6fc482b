import { bytesOf } from '../times.ts'
import { languageIn } from '../words.ts'
import { Commands } from './commands.tsx'
import { useRead, useSay, useTongue } from './house.ts'

/** Which engines are at hand, and the command that installs each of the others. */
export function Engines() {
  const say = useSay()
  const tongue = useTongue()
  const engines = useRead(state => state.engines)
  return (
    <main class="page">
      <header class="head">
        <h1>{say('engines')}</h1>
      </header>
      <p class="lead">{say('engines-says')}</p>
      {engines && (
        <>
          <dl class="cards">
            <div class="card">
              <dt>{say('ears')}</dt>
              <dd>{engines.ears ?? <span class="soft">{say('none-at-hand')}</span>}</dd>
              <dd class="small soft">{say('ears-says')}</dd>
            </div>
            <div class="card">
              <dt>{say('tongue')}</dt>
              <dd>{engines.tongue ?? <span class="soft">{say('none-at-hand')}</span>}</dd>
              <dd class="small soft">{say('tongue-says')}</dd>
            </div>
            <div class="card">
              <dt>{say('voices')}</dt>
              <dd>{say('voices-count', { count: engines.voices.length })}</dd>
              <dd class="small soft">{say('voices-says')}</dd>
            </div>
          </dl>
          {engines.hints.length > 0 && (
            <ul class="hints">
              {engines.hints.map(hint => (
                <li key={hint}>
                  <Commands text={hint} />
                </li>
              ))}
            </ul>
          )}
          <h2>{say('models')}</h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
          <section class="scroll" tabIndex={0} aria-label={say('models')}>
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{say('model')}</th>
                  <th scope="col">{say('model-for')}</th>
                  <th scope="col">{say('size')}</th>
                  <th scope="col">{say('licence')}</th>
                  <th scope="col">{say('model-state')}</th>
                </tr>
              </thead>
              <tbody>
                {engines.models.map(model => (
                  <tr key={model.id}>
                    <th scope="row">{model.id}</th>
                    <td>{model.for}</td>
                    <td class="figure">{bytesOf(model.bytes)}</td>
                    <td>{model.licence}</td>
                    <td>
                      {model.installed ? (
                        <span class="chip green">{say('installed')}</span>
                      ) : (
                        <code>{model.command}</code>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <h2>{say('voices')}</h2>
          <ul class="voices">
            {engines.voices.map(voice => (
              <li key={`${voice.engine}/${voice.preset}`}>
                <strong>{voice.preset}</strong> <span class="soft">{voice.engine}</span>
                <p class="small">{voice.says}</p>
                <p class="small soft">
                  {voice.languages
                    .slice(0, 6)
                    .map(language => languageIn(tongue, language))
                    .join(say('and'))}
                  {voice.languages.length > 6 && ` +${voice.languages.length - 6}`}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </main>
  )
}
