import JASSUB from 'jassub'
import { fontsFor } from './fonts.ts'

/**
 * Draws an ASS file over a video with libass. Its fonts are the page's own: no browser is asked for the reader's fonts
 * and nothing is fetched from elsewhere. Gives back how to stop.
 */
export async function drawAss(video: HTMLVideoElement, url: string): Promise<() => void> {
  const answer = await fetch(url)
  const subContent = await answer.text()
  const drawing = new JASSUB({
    video,
    subContent,
    fonts: fontsFor(subContent),
    defaultFont: 'BIZ UDPGothic',
    queryFonts: false,
  })
  await drawing.ready
  // It draws with every new frame; a picture that stands still has none to offer.
  const { videoWidth: width, videoHeight: height, currentTime: mediaTime } = video
  void drawing.manualRender({ width, height, mediaTime, expectedDisplayTime: performance.now() }, true)
  return () => void drawing.destroy()
}
