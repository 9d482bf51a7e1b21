'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { readAddress } from './addresses.ts'
import { useChosenProject } from './chosen-project.tsx'

const SEPARATOR = ' · '

/** Names the page and its project in the title of the document, so that tabs and the history can be told apart. */
export function usePageTitle(title: string): void {
  const { project } = useChosenProject()
  const { projectId, section } = readAddress(usePathname())
  const everywhere = useSearchParams().get('scope') === 'all'
  const named =
    project &&
    (projectId !== null || (section !== null && !everywhere)) &&
    title.split(SEPARATOR).at(-1) !== project.name
  const whole = [title, ...(named ? [project.name] : []), 'Arraydrop console'].join(SEPARATOR)
  useEffect(() => {
    const set = () => {
      if (document.title !== whole) document.title = whole
    }
    set()
    // The router writes the title of the route, at once or a little later.
    const watch = new MutationObserver(set)
    watch.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => watch.disconnect()
  }, [whole])
}
