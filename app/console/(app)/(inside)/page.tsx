import { StartPage } from '#components/console/frame/start-page.tsx'

/** Where one arrives. */
export default function ConsolePage() {
  return <StartPage />
}
