import styles from './icon.module.css'

const PATHS = {
  check: 'M5 12.5 10 17.5 19.5 7',
  warning:
    'M12 8v5M12 16.5v.01M10.4 4.2 2.9 17.4a1.85 1.85 0 0 0 1.6 2.8h15a1.85 1.85 0 0 0 1.6-2.8L13.6 4.2a1.85 1.85 0 0 0-3.2 0Z',
  info: 'M12 11v5.5M12 7.6v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  clock: 'M12 7.5V12l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  file: 'M13.5 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.5L13.5 3Zm0 0v5.5H19',
  lock: 'M8 10.5V7.5a4 4 0 0 1 8 0v3M6.5 10.5h11a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 19v-7a1.5 1.5 0 0 1 1.5-1.5Z',
  device:
    'M8.5 3h7A1.5 1.5 0 0 1 17 4.5v15a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 7 19.5v-15A1.5 1.5 0 0 1 8.5 3ZM11 18h2',
  shield: 'M12 3 5 6v5.5c0 4.3 2.9 7.9 7 9.5 4.1-1.6 7-5.2 7-9.5V6l-7-3ZM9 12l2.2 2.2L15.2 10',
  trash:
    'M5 7h14M10 7V5.2A1.2 1.2 0 0 1 11.2 4h1.6A1.2 1.2 0 0 1 14 5.2V7M7 7l.7 11.2A1.9 1.9 0 0 0 9.6 20h4.8a1.9 1.9 0 0 0 1.9-1.8L17 7M10.5 11v5M13.5 11v5',
  cloud: 'M7.5 18.5a4 4 0 0 1-.4-8A5.5 5.5 0 0 1 17.6 9a4.8 4.8 0 0 1-.6 9.5H7.5Z',
  unlink:
    'M9.5 14.5 8 16a3.5 3.5 0 0 1-5-5l2.5-2.5M14.5 9.5 16 8a3.5 3.5 0 0 1 5 5l-2.5 2.5M9 5.5V3M5.5 9H3M15 18.5V21M18.5 15H21',
  cancel: 'M9 9l6 6M15 9l-6 6M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
} as const

export type IconName = keyof typeof PATHS

/** Decorative: the text beside it says the same. */
export function Icon({ name, large = false }: { name: IconName; large?: boolean }) {
  return (
    <svg className={large ? styles.large : styles.icon} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
