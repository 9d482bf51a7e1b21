/** Holds files that were dropped before the page could take them. Removed once the page listens itself. */
const KEY = 'arraydropEarly'

/**
 * Runs before everything else on the page: a file dropped while the scripts are loading would make the browser leave the
 * page to show it. This script keeps it instead, until the page takes it.
 */
export const EARLY_DROP_SCRIPT = `(function(w,k){w[k]=[];w.addEventListener("dragover",function(e){e.preventDefault()});w.addEventListener("drop",function(e){e.preventDefault();if(w[k]&&e.dataTransfer)w[k]=[].slice.call(e.dataTransfer.files)})})(window,"${KEY}")`

/** Returns the files of the last early drop, once. */
export function takeEarlyFiles(): File[] {
  const kept = window as { [KEY]?: File[] }
  const files = kept[KEY] ?? []
  delete kept[KEY]
  return files
}
