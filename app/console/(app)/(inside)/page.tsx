import { StartPage } from '#components/console/home/start-page.tsx'

/** The start page. */
export default function ConsolePage() {
  return <StartPage />
}
