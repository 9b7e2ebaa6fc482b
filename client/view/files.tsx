import { bytesOf } from '../times.ts'
import { languageIn } from '../words.ts'
import { useRead, useSay, useTongue } from './house.ts'
import { Icon } from './icon.tsx'
import { MouthCues } from './mouth-cues.tsx'
import { Parcel } from './parcel.tsx'
import { Styles } from './styles.tsx'

/** What came out, to take away. Every address asks for permission anew. */
export function Files() {
  const say = useSay()
  const tongue = useTongue()
  const files = useRead(({ desk }) => desk?.episode.files)
  const tracks = useRead(({ desk }) => desk?.episode.tracks)
  return (
    <div class="downloads">
      <h2>{say('pane-files')}</h2>
      <Parcel />
      <ul>
        {files?.map(file => (
          <li key={file.name}>
            <a href={file.url} download={file.name.split('/').pop()}>
              <Icon name="download" />
              <span>{file.name}</span>
              <span class="soft small figure">{bytesOf(file.bytes)}</span>
            </a>
          </li>
        ))}
      </ul>
      {(tracks?.length ?? 0) > 0 && (
        <>
          <h2>{say('subtitles')}</h2>
          <ul>
            {tracks?.map(track => (
              <li key={track.url + track.format}>
                <a href={track.url} download={`${track.language}.${track.format}`}>
                  <Icon name="download" />
                  <span>{languageIn(tongue, track.language)}</span>
                  <span class="soft small">{track.format.toUpperCase()}</span>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <MouthCues />
      <Styles />
    </div>
  )
}
