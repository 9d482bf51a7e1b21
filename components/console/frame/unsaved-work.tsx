'use client'

import { modals } from '@mantine/modals'
import { useQueryClient } from '@tanstack/react-query'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { isOffline } from '../api/api.ts'
import { showNotice } from '../api/show-notice.ts'
import { confirmFirst } from '../kit/confirm.tsx'
import { loadAhead, loadChosen } from './load-ahead.ts'

export interface UnsavedWork {
  /** Runs `leave`: at once or, while something typed is not saved, once the person agrees to lose it. */
  ask(leave: () => void): void
  /** Opens another page of the console, after asking the same. Says so and stays where there is no connection. */
  go(href: string): void
  /** Shows the same page at another of its addresses, without asking: as a step that Back undoes, or in place of the present one. */
  change(href: string, options: { replace: boolean }): void
  /** The address of this page: the one that it is about to be shown at. */
  coming(): URL
  /**
   * Whether the person has asked for another page that is not shown yet. Nothing but the person may change the address
   * then: the router drops the navigation in favour of the change.
   */
  leaving(): boolean
  mark(form: symbol, loss: Loss | null): void
}

/** What leaving would lose, as the question says it. */
export interface Loss {
  title: string
  words: string
  leave: string
  /** The person agreed to it. */
  lost?: () => void
}

const TYPED: Loss = {
  title: 'Leave without saving?',
  words: 'What you typed here is not saved yet and would be lost.',
  leave: 'Leave without saving',
}

/** While a change is on its way. */
export const SENDING: Loss = {
  title: 'Leave while this is being sent?',
  words:
    'There is no answer yet. It may be carried out all the same, and you would have to look whether it was.',
  leave: 'Leave anyway',
}

const Context = createContext<UnsavedWork | null>(null)

/**
 * Asks before typed text is lost: by a link, by Back and Forward, by a reload, and by everything that goes through `ask`
 * and `go`. Forms report to it with `useUnsaved`.
 */
export function UnsavedWorkProvider({ children }: { children: ReactNode }) {
  const forms = useRef(new Map<symbol, Loss>())
  const asking = useRef(false)
  const question = useRef<{ id: string; about: Loss } | null>(null)
  const wanted = useWanted()
  const router = useRouter()
  const client = useQueryClient()
  const work = useMemo<UnsavedWork>(() => {
    /** Once what it shows first is there, or does not come soon, unless something else was asked for meanwhile. */
    const open = async (next: Wanted, loading: Promise<void>, show: () => void) => {
      wanted.current = next
      await loading
      if (wanted.current !== next) return
      wanted.current = next.of === 'another page' ? { ...next, begun: true } : null
      show()
    }
    const underWay = () => (wanted.current?.of === 'this page' ? wanted.current : null)
    // Of the dialog rather than of the page below it.
    const foremost = () => [...forms.current.values()].at(-1)
    const ask = (leave: () => void) => {
      const loss = foremost()
      if (loss === undefined) return leave()
      // The key that closes the question reaches the dialog below it too.
      if (asking.current) return
      asking.current = true
      const id = confirmFirst({
        title: loss.title,
        children: loss.words,
        confirm: loss.leave,
        cancel: 'Stay here',
        above: true,
        onClose: () => setTimeout(() => (asking.current = false)),
        onConfirm: () => {
          for (const { lost } of forms.current.values()) lost?.()
          forms.current.clear()
          leave()
        },
      })
      question.current = { id, about: loss }
    }
    return {
      ask,
      go(href) {
        if (isOffline()) return sayOffline()
        ask(() => {
          if (!isConsolePage(href)) return window.location.assign(href)
          const next: Wanted = { of: 'another page', address: absolute(href), begun: false }
          void open(next, loadChosen(client, href), () => router.push(href))
        })
      },
      change(href, { replace }) {
        const replaces = replace && underWay()?.replaces !== false
        void open({ of: 'this page', address: absolute(href), replaces }, loadAhead(client, href), () => {
          if (replaces) window.history.replaceState(null, '', href)
          else window.history.pushState(null, '', href)
        })
      },
      coming: () => new URL(underWay()?.address ?? window.location.href),
      leaving: () => wanted.current?.of === 'another page' && wanted.current.address !== window.location.href,
      mark(form, loss) {
        if (loss) forms.current.set(form, loss)
        else forms.current.delete(form)
        // What is asked about may have ended by itself, and something else be at stake; or it may only have been marked anew.
        if (asking.current)
          setTimeout(() => {
            if (question.current && question.current.about !== foremost()) modals.close(question.current.id)
          })
      },
    }
  }, [router, client, wanted])
  useGuardedLinks(work, forms)
  useGuardedHistory(work, forms)
  useEffect(() => {
    const stop = (event: BeforeUnloadEvent) => {
      if (forms.current.size > 0) event.preventDefault()
    }
    window.addEventListener('beforeunload', stop)
    return () => window.removeEventListener('beforeunload', stop)
  }, [])
  return <Context value={work}>{children}</Context>
}

export function useUnsavedWork(): UnsavedWork {
  const work = useContext(Context)
  if (!work) throw new Error('useUnsavedWork is used outside the shell')
  return work
}

/**
 * Reports whether a form has something typed that is not saved, or a page something else that leaving would lose. Nothing
 * more is asked once it is gone.
 */
export function useUnsaved(unsaved: boolean, loss: Loss = TYPED): void {
  const { mark } = useUnsavedWork()
  const form = useRef(Symbol('form'))
  useEffect(() => {
    const token = form.current
    mark(token, unsaved ? loss : null)
    return () => mark(token, null)
  }, [mark, unsaved, loss])
}

type Forms = Readonly<{ current: ReadonlyMap<symbol, Loss> }>

/** What was asked for last and is not shown yet: another page, or this one at another of its addresses. */
type Wanted =
  | { of: 'another page'; address: string; begun: boolean }
  | { of: 'this page'; address: string; replaces: boolean }

const absolute = (href: string): string => new URL(href, window.location.href).href

/** Null once any page is shown that was begun after it was asked for. */
function useWanted() {
  const wanted = useRef<Wanted | null>(null)
  const pathname = usePathname()
  const query = useSearchParams()
  // Before the effects of the new page, which may correct its address.
  // biome-ignore lint/correctness/useExhaustiveDependencies: cleared when the page changes
  useLayoutEffect(() => {
    // What waits for its answer is opened after this page, which was asked for before it.
    if (wanted.current?.of === 'another page' && wanted.current.begun) wanted.current = null
  }, [pathname, query])
  useEffect(() => {
    // Back, before the page that was asked for is opened.
    const stay = () => {
      wanted.current = null
    }
    window.addEventListener('popstate', stay)
    return () => window.removeEventListener('popstate', stay)
  }, [])
  return wanted
}

/** Links are followed only once the person agrees; before any of them is handled by the page. */
function useGuardedLinks(work: UnsavedWork, forms: Forms): void {
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!(link instanceof HTMLAnchorElement) || !leavesPage(link, event)) return
      const isOurs = isConsolePage(link.href)
      if (!isOurs && forms.current.size === 0) return
      event.preventDefault()
      if (forms.current.size > 0 || isOffline()) event.stopPropagation()
      work.go(link.href)
    }
    window.addEventListener('click', follow, true)
    return () => window.removeEventListener('click', follow, true)
  }, [work, forms])
}

/** Whether this click replaces the page: not a new tab, a download or a place on the same page. */
function leavesPage(link: HTMLAnchorElement, event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false
  if (link.hasAttribute('download') || (link.target !== '' && link.target !== '_self')) return false
  const { origin, pathname, search } = window.location
  return !(link.hash && link.origin === origin && link.pathname === pathname && link.search === search)
}

/** Pages inside the console's frame; the preview and the doors are documents of their own. */
function isConsolePage(href: string): boolean {
  const { origin, pathname } = new URL(href, window.location.href)
  return (
    origin === window.location.origin &&
    /^\/console(\/|$)/.test(pathname) &&
    !/^\/console\/(preview|sign-in|first-owner|invitation|reset)(\/|$)/.test(pathname)
  )
}

const sayOffline = () =>
  showNotice({
    title: 'You are offline',
    message: 'This page stays open with what you typed. Try again once you are connected.',
    color: 'red',
  })

interface NavigationLike extends EventTarget {
  currentEntry: { index: number } | null
}

/**
 * Back and Forward are taken back at first, and repeated once the person agrees. A browser without the Navigation API does
 * not tell them apart: there, each counts as Back.
 */
function useGuardedHistory(work: UnsavedWork, forms: Forms): void {
  useEffect(() => {
    const entries = (window as { navigation?: NavigationLike }).navigation
    let step = -1
    const measure = (event: Event) => {
      const { from, navigationType } = event as Event & { from: { index: number }; navigationType: string }
      if (navigationType === 'traverse' && entries?.currentEntry)
        step = entries.currentEntry.index - from.index
    }
    /** What to do once the address is that of the page again. */
    let returned: (() => void) | null = null
    let agreed = false
    const pop = (event: PopStateEvent) => {
      if (returned !== null) {
        event.stopImmediatePropagation()
        returned()
        returned = null
        return
      }
      if (agreed || forms.current.size === 0 || step === 0) {
        agreed = false
        return
      }
      event.stopImmediatePropagation()
      const wanted = step
      returned = () =>
        work.ask(() => {
          agreed = true
          window.history.go(wanted)
        })
      window.history.go(-wanted)
    }
    entries?.addEventListener('currententrychange', measure)
    // Before the router, which would show the other page.
    window.addEventListener('popstate', pop, true)
    return () => {
      entries?.removeEventListener('currententrychange', measure)
      window.removeEventListener('popstate', pop, true)
    }
  }, [work, forms])
}
