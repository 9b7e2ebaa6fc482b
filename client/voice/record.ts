/** Records what a microphone hears. `stop` gives the sound; nothing leaves the page before somebody sends it. */
export type Recorder = { readonly stop: () => Promise<Blob> }

/** Throws what the browser throws when there is no microphone, or none is allowed. */
export async function record(): Promise<Recorder> {
  const stream = await navigator.mediaDevices.getUserMedia({
    // A voice as it is: what helps a call would change what it is known by.
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  })
  const recorder = new MediaRecorder(stream)
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => void parts.push(data))
  recorder.start()
  return {
    stop: () =>
      new Promise(done => {
        recorder.addEventListener('stop', () => {
          for (const track of stream.getTracks()) track.stop()
          done(new Blob(parts, { type: recorder.mimeType }))
        })
        recorder.stop()
      }),
  }
}
