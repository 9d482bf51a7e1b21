import { StartPage } from '#components/console/start-page.tsx'

/** Where one arrives. */
export default function ConsolePage() {
  return <StartPage />
}
