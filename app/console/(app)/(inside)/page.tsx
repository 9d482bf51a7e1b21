import { StartPage } from '#components/console/home/start-page.tsx'

/** Where one arrives. */
export default function ConsolePage() {
  return <StartPage />
}
