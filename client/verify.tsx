/** The page `/verify`: a receipt is checked in the browser, by the verifier that anybody may read. It needs no account. */
import { render } from 'preact'
import { Verify } from './view/verify.tsx'

const page = document.getElementById('page')
if (page !== null) render(<Verify />, page)
