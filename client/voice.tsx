/** The page `/voice`: whoever's voice, title or mandate it is reads what they are asked, and answers with their own key. */
import { render } from 'preact'
import { App } from './view/voice/app.tsx'
import { VoiceHouse } from './view/voice/house.ts'
import { openVoiceHouse } from './voice/house.ts'

const page = document.getElementById('page')
if (page !== null)
  render(
    <VoiceHouse.Provider value={openVoiceHouse(window)}>
      <App />
    </VoiceHouse.Provider>,
    page,
  )
