import {
  Alert,
  Combobox,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  Fieldset,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  NumberInput,
} from '@mantine/core'

/** The upload page's green (app/tokens.module.css) in ten shades. */
const drop: MantineColorsTuple = [
  '#e8f5f0',
  '#d3e9e1',
  '#a5d8c6',
  '#74c7ab',
  '#5cc3a3',
  '#2f9d7c',
  '#177a60',
  '#0a6350',
  '#084f40',
  '#063d31',
]

/** A cross has no accessible name of its own. */
export const CLOSE = { 'aria-label': 'Close' }

/** The header of a dialog is not the banner of the page. */
const HEADER = { header: { role: 'presentation' } }

export const theme = createTheme({
  primaryColor: 'drop',
  // White text is readable on both.
  primaryShade: { light: 7, dark: 6 },
  colors: { drop },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  headings: { fontFamily: 'inherit', fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // In the colour of the alert a title can be too pale to read.
    Alert: Alert.extend({ styles: { title: { color: 'var(--mantine-color-text)' } } }),
    // Options are made when a list is opened: every page has some lists, and hidden ones would cost it as much as its rows.
    Combobox: Combobox.extend({ defaultProps: { keepMounted: false } }),
    Modal: Modal.extend({ defaultProps: { closeButtonProps: CLOSE, attributes: HEADER } }),
    Drawer: Drawer.extend({ defaultProps: { closeButtonProps: CLOSE, attributes: HEADER } }),
    // Browsers give it a margin: its fields would stand beside those around it.
    Fieldset: Fieldset.extend({ defaultProps: { m: 0 } }),
    // Their steppers are too small to hit; the arrow keys step all the same.
    NumberInput: NumberInput.extend({ defaultProps: { hideControls: true } }),
    // Its placeholder takes the focus without being an item of the menu; without it the first item has the focus.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    // Below a title its words would be too pale to read.
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: CLOSE },
      styles: { description: { color: 'var(--mantine-color-text)' } },
    }),
  },
})

/** Dimmed text keeps a contrast of 4.5 to 1 on every surface of the console. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4d5f59',
    '--mantine-color-placeholder': '#5c6b66',
    '--mantine-color-error': '#b02a1f',
    '--mantine-color-body': '#ffffff',
    '--console-sunken': '#f6f8f7',
  },
  dark: {
    '--mantine-color-dimmed': '#a7b8b2',
    '--mantine-color-placeholder': '#97a8a2',
    '--mantine-color-error': '#ffb0a5',
    '--mantine-color-body': '#121a17',
    '--mantine-color-drop-light': 'rgb(92 195 163 / 16%)',
    '--mantine-color-drop-light-hover': 'rgb(92 195 163 / 24%)',
    '--console-sunken': '#18221e',
  },
})
