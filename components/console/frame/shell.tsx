'use client'

import {
  ActionIcon,
  AppShell,
  Burger,
  Button,
  Group,
  Kbd,
  Menu,
  NavLink,
  Text,
  useMantineColorScheme,
} from '@mantine/core'
import { useDisclosure, useMounted } from '@mantine/hooks'
import { usePathname, useSearchParams } from 'next/navigation'
import { type MouseEvent, memo, type ReactNode, useEffect } from 'react'
import type { WireUser } from '#lib/people/wire.ts'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { PageLink } from '../kit/page-link.tsx'
import { SecretShown } from '../kit/show-secret-once.tsx'
import { TimesProvider, useTimes } from '../kit/times.tsx'
import { SignInAgain } from '../sign-in/sign-in-again.tsx'
import { ChosenProjectProvider, ProjectSwitcher, useChosenProject } from './chosen-project.tsx'
import { CommandPalette } from './command-palette.tsx'
import { ConnectionNotice } from './connection-notice.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { entriesFor, hrefOf, leadsTo, type NavigationEntry } from './navigation.ts'
import { palette } from './palette.ts'
import styles from './shell.module.css'
import { SignedInPersonProvider, useSignedInPerson, useSignOut } from './signed-in-person.tsx'
import { UnsavedWorkProvider } from './unsaved-work.tsx'

const MAIN = 'console-main'

/** The frame of every page behind the sign-in: menu, chosen project, palette and account. */
export function Shell({ user, children }: { user: WireUser; children: ReactNode }) {
  return (
    <SignedInPersonProvider user={user}>
      <TimesProvider>
        <UnsavedWorkProvider>
          <ChosenProjectProvider>
            <Frame>{children}</Frame>
            <CommandPalette />
            <KeysDialog />
            <SecretShown />
          </ChosenProjectProvider>
        </UnsavedWorkProvider>
        <SignInAgain />
      </TimesProvider>
    </SignedInPersonProvider>
  )
}

function Frame({ children }: { children: ReactNode }) {
  const [open, menu] = useDisclosure()
  return (
    <>
      <OnAnotherAddress act={menu.close} />
      <a className={styles.skip} href={`#${MAIN}`}>
        Skip to the page
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !open } }}
        padding={{ base: 'md', sm: 'xl' }}
      >
        <AppShell.Header px="md">
          <Group h="100%" wrap="nowrap" justify="space-between">
            <Group wrap="nowrap" gap="sm">
              <Burger
                opened={open}
                onClick={menu.toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={open ? 'Close the menu' : 'Open the menu'}
              />
              <Text component={PageLink} href="/console" className={styles.brand} visibleFrom="sm">
                Arraydrop
              </Text>
              <div className={styles.switcher}>
                <ProjectSwitcher />
              </div>
            </Group>
            <Tools />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar
          p="sm"
          aria-label="Pages of the console"
          onClick={(event) => leadsHere(event) && menu.close()}
        >
          <Navigation />
        </AppShell.Navbar>
        <AppShell.Main id={MAIN} tabIndex={-1} className={styles.main!}>
          <ConnectionNotice />
          {children}
        </AppShell.Main>
      </AppShell>
    </>
  )
}

/** Acts when the address changes; a component of its own, so that the frame is not drawn again with every page. */
function OnAnotherAddress({ act }: { act: () => void }) {
  const pathname = usePathname()
  const query = useSearchParams()
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the address changes
  useEffect(act, [pathname, query])
  return null
}

/** Whether a link is pressed that leads to the page that is open, so that the address stays the same. */
function leadsHere({ target }: MouseEvent): boolean {
  const link = target instanceof Element ? target.closest('a') : null
  return link?.href === window.location.href
}

function Navigation() {
  const entries = entriesFor(useSignedInPerson())
  const { project } = useChosenProject()
  const pathname = usePathname()
  return entries.map((entry) => (
    <NavigationLink
      key={entry.label}
      entry={entry}
      href={hrefOf(entry, project?.id)}
      active={leadsTo(entry, pathname)}
    />
  ))
}

interface LinkProps {
  entry: NavigationEntry
  href: string
  active: boolean
}

/** Drawn again only where the page that is open changes it. */
const NavigationLink = memo(function NavigationLink({ entry, href, active }: LinkProps) {
  const shared = {
    label: entry.label,
    active,
    leftSection: <ConsoleIcon name={entry.icon} />,
    'aria-current': active ? ('page' as const) : undefined,
  }
  return entry.outside ? (
    <NavLink component="a" href={href} {...shared} />
  ) : (
    <NavLink component={PageLink} href={href} {...shared} />
  )
})

function Tools() {
  const { user } = useSignedInPerson()
  const signOut = useSignOut()
  const { exact, setExact } = useTimes()
  return (
    <Group wrap="nowrap" gap="xs">
      <Button
        variant="default"
        size="xs"
        visibleFrom="md"
        leftSection={<ConsoleIcon name="search" size={14} />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        onClick={palette.open}
      >
        Find
      </Button>
      <ActionIcon
        variant="default"
        size="lg"
        hiddenFrom="md"
        aria-label="Find a page, a project or a sample"
        onClick={palette.open}
      >
        <ConsoleIcon name="search" />
      </ActionIcon>
      <ColorSchemeSwitch />
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label="You and your account">
            <ConsoleIcon name="account" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{user.name || user.email}</Menu.Label>
          <Menu.Item
            component={PageLink}
            href="/console/account"
            leftSection={<ConsoleIcon name="account" size={16} />}
          >
            Account
          </Menu.Item>
          <Menu.CheckboxItem closeMenuOnClick checked={exact} onChange={setExact}>
            Exact times
          </Menu.CheckboxItem>
          <Menu.Item leftSection={<ConsoleIcon name="out" size={16} />} onClick={signOut}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

const SCHEMES = [
  { value: 'auto', label: 'Same as device', icon: 'screen' },
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
] as const

/** Light, dark or the device's own choice; remembered in this browser. */
function ColorSchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  // The server does not know what was chosen.
  const known = useMounted() ? SCHEMES.find(({ value }) => value === colorScheme) : undefined
  const choose = (chosen: string) => {
    const scheme = SCHEMES.find(({ value }) => value === chosen)
    if (scheme) setColorScheme(scheme.value)
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label="Light or dark">
          <ConsoleIcon name={known?.icon ?? 'screen'} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={known?.value ?? ''} onChange={choose}>
          {SCHEMES.map(({ value, label, icon }) => (
            <Menu.RadioItem
              key={value}
              value={value}
              closeMenuOnClick
              rightSection={<ConsoleIcon name={icon} size={16} />}
            >
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
