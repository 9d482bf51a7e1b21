const PATHS = {
  home: 'M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-5h4v5',
  projects:
    'M3.5 7.5v10A1.5 1.5 0 0 0 5 19h14a1.5 1.5 0 0 0 1.5-1.5v-8A1.5 1.5 0 0 0 19 8h-7l-2-2.5H5A1.5 1.5 0 0 0 3.5 7Z',
  samples: 'M9 3h6M10 3v6l-5 9a2 2 0 0 0 1.8 3h10.4A2 2 0 0 0 19 18l-5-9V3M7.5 14.5h9',
  fastqs: 'M13.5 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.5L13.5 3Zm0 0v5.5H19M9 13h6M9 16.5h6',
  keys: 'M14.5 9.5a4.5 4.5 0 1 1-4.2-4.5 4.5 4.5 0 0 1 4.2 4.5Zm-1.2 3.2L20 19.5M17 16.5l-2 2',
  webhooks:
    'M9 8.5a3.5 3.5 0 1 1 5.2 3L17 16M12 8.5l-3.2 5.8M7 13.2a3.3 3.3 0 1 0 3.4 4.3H16M17.5 20a3 3 0 1 0-1.5-5.6',
  insights: 'M4 20h16M6.5 16.5v-5M11 16.5V6M15.5 16.5v-8M19.5 16.5v-3',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 9c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M16 4.4a3.5 3.5 0 0 1 0 6.3M17.5 14.8c2.1.6 3.5 2.4 3.5 5.2',
  audit: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  doctor:
    'M5 4v5a4.5 4.5 0 0 0 9 0V4M4 4h2M13 4h2M9.5 13.5V16a4.5 4.5 0 0 0 9 0v-1M20.5 13a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z',
  preview:
    'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  account: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 9c0-4 3.4-6.5 7.5-6.5s7.5 2.5 7.5 6.5',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16 16l4.5 4.5',
  sun: 'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2.5v2M12 19.5v2M4.5 12h-2M21.5 12h-2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z',
  screen: 'M3.5 5h17v11h-17ZM9 20h6M12 16v4',
  copy: 'M9 9h10v11H9ZM15 9V4H5v11h4',
  check: 'M5 12.5 10 17.5 19.5 7',
  warning:
    'M12 8v5M12 16.5v.01M10.4 4.2 2.9 17.4a1.85 1.85 0 0 0 1.6 2.8h15a1.85 1.85 0 0 0 1.6-2.8L13.6 4.2a1.85 1.85 0 0 0-3.2 0Z',
  info: 'M12 11v5.5M12 7.6v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  out: 'M10 4H5v16h5M9 12h11M16.5 8l4 4-4 4',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  plus: 'M12 5v14M5 12h14',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  download: 'M12 4v11M7.5 11l4.5 4.5L16.5 11M5 20h14',
  upload: 'M12 20V9M7.5 13 12 8.5l4.5 4.5M5 4h14',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5',
  edit: 'M4 20l1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3',
  refresh: 'M19.5 9A8 8 0 0 0 5 8M5 4v4h4M4.5 15A8 8 0 0 0 19 16M19 20v-4h-4',
  chevron: 'M9 6l6 6-6 6',
} as const

export type ConsoleIconName = keyof typeof PATHS

/** Decoration only: the words beside it, or the label of its button, say the same. */
export function ConsoleIcon({ name, size = 18 }: { name: ConsoleIconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
