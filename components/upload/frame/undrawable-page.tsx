'use client'

import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { directionOf } from '#lib/wire/pick-language.ts'
import { loadWords, pickLanguage } from '../words/languages.ts'

/** What is said until the words of another language are there, and if they cannot be loaded. */
const ENGLISH = {
  locale: 'en',
  heading: 'We have a problem on our side',
  text: 'Something went wrong on our side. Your file may be fine.',
  again: 'Try again',
}

/** Instead of a page that cannot be drawn at all: in the page's language, else the browser's. */
export function UndrawablePage({ className, again }: { className?: string | undefined; again(): void }) {
  const [said, setSaid] = useState(ENGLISH)
  useEffect(() => {
    const { locale } = document.documentElement.dataset
    loadWords(pickLanguage(locale ? [locale] : navigator.languages)).then(
      (words) => {
        const { heading } = words.unreachable.service
        const { what } = words.reasons.internal_error
        setSaid({ locale: words.locale, heading, text: what, again: words.unreachable.again })
      },
      () => undefined,
    )
  }, [])
  return (
    <main className={className} lang={said.locale} dir={directionOf(said.locale)}>
      <h1>{said.heading}</h1>
      <p>{said.text}</p>
      <div>
        <Button onClick={again}>{said.again}</Button>
      </div>
    </main>
  )
}
