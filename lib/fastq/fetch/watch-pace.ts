import { PutOff } from '#lib/analysis/put-off.ts'
import type { Clock } from '#lib/platform/clock.ts'
import { FETCH_SECONDS_MAX, LANE_LOOK_SECONDS, SLOW_PACE } from './limits.ts'
import type { Share } from './worker-shares.ts'

interface Watched {
  share: Share
  /** Bytes fetched so far, of all files of the run. */
  countBytes: () => number
  /** Told when the source turns slow, and when it sends as it should again. */
  onTurn: (turn: 'slow' | 'fast') => void
  /** Called when the worker is to be given back. */
  onPutOff: (why: PutOff) => void
}

/**
 * Watch how fast the files of a run come, while this process lives. A source that has become slow keeps its worker only
 * if there is room for slow ones, and while no other slow one has waited for its turn. Returns a function that ends it.
 */
export function watchPace(
  { countLived }: Pick<Clock, 'countLived'>,
  { share, countBytes, onTurn, onPutOff }: Watched,
): () => void {
  let since = { lived: 0, bytes: countBytes() }
  return countLived(FETCH_SECONDS_MAX, (lived) => {
    if (lived - since.lived < SLOW_PACE.seconds) return
    const came = countBytes() - since.bytes
    since = { lived, bytes: countBytes() }
    if (came >= SLOW_PACE.bytes) {
      share.becomeFast()
      onTurn('fast')
      return
    }
    onTurn('slow')
    if (!share.becomeSlow() || share.isOver(lived)) onPutOff(new PutOff(LANE_LOOK_SECONDS))
  })
}
