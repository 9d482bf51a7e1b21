import type { PickedFile } from '../browser/made-files.ts'

/** A browser's storage for pages: the usual one, or none at all if the browser can be configured so. */
export type Storage = 'usual' | 'none'

/** A browser engine that the journey is made in. */
export interface Engine {
  name: 'Chromium' | 'Firefox' | 'WebKit'
  /** Why it cannot run here; undefined where it can. */
  missing: string | undefined
  /** What a page can still use where nothing may be kept: the engine has no switch for it. */
  remains: string[]
  start(storage: Storage): Promise<Visitor>
}

/** A person using a browser, with only those actions that every engine's driver supports. */
export interface Visitor {
  /** The engine's own name and version. */
  version: string
  goto(url: string): Promise<void>
  reload(): Promise<void>
  /** From now on everything happens in the page's first frame; `goto` leaves it. */
  enterFrame(): Promise<void>
  /** Press the link or button of this name. Throws unless it is there within half a minute. */
  press(name: string | RegExp): Promise<void>
  /** Choose this file where the page asks for one. */
  choose(file: PickedFile): Promise<void>
  /** The value of an expression in the page; null while the page is changing. */
  ask<Answer>(expression: string): Promise<Answer | null>
  end(): Promise<void>
}
