import { render } from 'preact'
import { openHouse } from './house.ts'
import { App } from './view/app.tsx'
import { House } from './view/house.ts'

const page = document.getElementById('page')
if (page !== null)
  render(
    <House.Provider value={openHouse(window)}>
      <App />
    </House.Provider>,
    page,
  )
