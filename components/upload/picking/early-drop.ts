/** Where files wait that were dropped before the page could take them. Gone once the page listens itself. */
const KEY = 'arraydropEarly'

/**
 * Runs before anything else of the page: a file dropped while the scripts still load would make the browser leave the
 * page to show it. It is kept instead, until the page takes it.
 */
export const EARLY_DROP_SCRIPT = `(function(w,k){w[k]=[];w.addEventListener("dragover",function(e){e.preventDefault()});w.addEventListener("drop",function(e){e.preventDefault();if(w[k]&&e.dataTransfer)w[k]=[].slice.call(e.dataTransfer.files)})})(window,"${KEY}")`

/** The files of the last early drop, once. */
export function takeEarlyFiles(): File[] {
  const kept = window as { [KEY]?: File[] }
  const files = kept[KEY] ?? []
  delete kept[KEY]
  return files
}
