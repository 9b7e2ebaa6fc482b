import { attempt } from '../attempt.ts'
import type { Hands } from '../hands.ts'
import type { Action } from './action.ts'
import { approveLine } from './approve-line.ts'
import { cancelWork } from './cancel-work.ts'
import { faster, slower } from './change-rate.ts'
import { cycleDub } from './cycle-dub.ts'
import { cycleSubtitles } from './cycle-subtitles.ts'
import { discardDraft } from './discard-draft.ts'
import { editLine } from './edit-line.ts'
import { fullScreen } from './full-screen.ts'
import { goOn } from './go-on.ts'
import { mendLine } from './mend-line.ts'
import { nextFinding } from './next-finding.ts'
import { nextLine } from './next-line.ts'
import { pickLine } from './pick-line.ts'
import { playLine } from './play-line.ts'
import { playPause } from './play-pause.ts'
import { playTake } from './play-take.ts'
import { previousLine } from './previous-line.ts'
import { reopenLine } from './reopen-line.ts'
import { saveAndNext } from './save-and-next.ts'
import { saveLine } from './save-line.ts'
import { searchLines } from './search-lines.ts'
import { seekBack, seekForward, stepBack, stepForward } from './seek.ts'
import { setEnd, setStart } from './set-times.ts'
import { showHelp } from './show-help.ts'
import { showMouths } from './show-mouths.ts'
import { signOut } from './sign-out.ts'
import { switchTongue } from './switch-tongue.ts'
import { useSuggestion } from './use-suggestion.ts'
import { zoomIn, zoomOut } from './zoom.ts'

export type { Action } from './action.ts'

/** Everything a person can do by a key or a button, in the order in which the help page tells it. */
export const actions: readonly Action[] = [
  nextLine,
  previousLine,
  nextFinding,
  pickLine,
  searchLines,
  editLine,
  saveAndNext,
  saveLine,
  discardDraft,
  useSuggestion,
  mendLine,
  setStart,
  setEnd,
  approveLine,
  reopenLine,
  playPause,
  playLine,
  seekBack,
  seekForward,
  stepBack,
  stepForward,
  slower,
  faster,
  zoomIn,
  zoomOut,
  fullScreen,
  cycleDub,
  cycleSubtitles,
  showMouths,
  playTake,
  goOn,
  cancelWork,
  showHelp,
  switchTongue,
  signOut,
]

/** Does it, when it is allowed now; a refusal is told to the person. */
export async function perform(action: Action, hands: Hands): Promise<void> {
  if (action.when(hands.state.peek())) await attempt(hands.change, () => action.act(hands))
}
