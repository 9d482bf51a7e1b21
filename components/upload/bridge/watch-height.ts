import { HEIGHT_MS_MIN, HEIGHT_PIXELS_MIN } from '#lib/sessions/embed-messages.ts'

/** Height of the page's content, in whole CSS pixels. No part of it depends on the height of the window. */
export const heightNow = (): number => Math.ceil(document.documentElement.getBoundingClientRect().height)

export interface HeightWatch {
  /** Reports a pending height now. */
  flush(): void
  stop(): void
}

/** Reports each new height of the page, at most ten times a second; changes below four pixels are ignored. */
export function watchHeight(onHeight: (height: number) => void, told: number): HeightWatch {
  let last = told
  let lastAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const height = heightNow()
    if (Math.abs(height - last) < HEIGHT_PIXELS_MIN) return
    last = height
    lastAt = performance.now()
    onHeight(height)
  }

  const observer = new ResizeObserver(() => {
    timer ??= setTimeout(flush, Math.max(0, lastAt + HEIGHT_MS_MIN - performance.now()))
  })
  observer.observe(document.documentElement)
  return {
    flush,
    stop() {
      clearTimeout(timer)
      observer.disconnect()
    },
  }
}
