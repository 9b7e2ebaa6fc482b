import type { Role } from '../state.ts'
import { bytesOf } from '../times.ts'
import { useHands, useRead, useSay } from './house.ts'
import { Icon } from './icon.tsx'
import { Bar } from './steps.tsx'

const accepts: Readonly<Record<Role, string>> = {
  media: '.mp4,.m4v,.mkv,.mov,.webm,.ts,.mts,.m2ts,.wav,.flac,video/*,audio/*',
  script: '.txt,.srt,.vtt,.ass,.ssa,text/plain',
  subtitles: '.srt,.vtt,.ass,.ssa',
  me: '.wav,.flac,.opus,.ogg,.m4a,.mp3,audio/*',
}

/** A place to drop a file on, or to choose one; it begins to travel at once. */
export function FilePick({ role, optional = role !== 'media' }: { role: Role; optional?: boolean }) {
  const { carry } = useHands()
  const say = useSay()
  const file = useRead(({ intake }) => intake.files[role], [role])
  const take = (chosen: File | undefined | null) => {
    if (chosen) void carry(role, chosen)
  }
  const over = (event: DragEvent, on: boolean) => {
    event.preventDefault()
    const place = event.currentTarget as HTMLElement
    place.classList.toggle('over', on)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way in; the field inside is the first
    <div
      class={`drop ${file?.id ? 'there' : ''}`}
      onDragOver={event => over(event, true)}
      onDragLeave={event => over(event, false)}
      onDrop={event => {
        over(event, false)
        take(event.dataTransfer?.files[0])
      }}
    >
      <label>
        <Icon name={file?.id ? 'check' : 'file'} />
        <span>
          <strong>{say(`file-${role}`)}</strong>
          <span class="small soft">{file ? file.name : say(`file-${role}-says`)}</span>
        </span>
        <input
          type="file"
          accept={accepts[role]}
          required={!optional && file === undefined}
          onChange={event => take(event.currentTarget.files?.[0])}
        />
      </label>
      {file && (
        <div class="travel">
          <Bar fraction={file.bytes === 0 ? 1 : file.sent / file.bytes} label={say('upload')} />
          <span class="small figure">
            {file.failed
              ? say('upload-failed', { reason: file.failed })
              : file.id
                ? say('upload-done', { size: bytesOf(file.bytes) })
                : say('upload-part', { sent: bytesOf(file.sent), size: bytesOf(file.bytes) })}
          </span>
          <button
            type="button"
            class="button icon"
            aria-label={say('remove-file', { name: file.name })}
            onClick={() => void carry(role, undefined)}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  )
}
