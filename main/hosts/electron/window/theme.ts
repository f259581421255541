import type { NativeTheme } from 'electron';
import type { Core } from '../../../core.ts';
import type { Theme } from '../../../domain/settings.ts';

type Native = Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'>;

/** Maps the user's theme to that of menus, dialogs and `prefers-color-scheme`; high contrast is dark. */
export function themeSourceOf(theme: Theme): NativeTheme['themeSource'] {
  return theme === 'contrast' ? 'dark' : theme;
}

/** Applies the theme now and whenever the settings change; returns that of a window that opens now. */
export async function followTheme(
  core: Pick<Core, 'theme' | 'events'>,
  nativeTheme: Native,
): Promise<Exclude<Theme, 'system'>> {
  core.events.listen((message) => {
    if (message.topic === 'settings') nativeTheme.themeSource = themeSourceOf(message.settings.settings.theme);
  });
  const theme = await core.theme();
  nativeTheme.themeSource = themeSourceOf(theme);
  if (theme !== 'system') return theme;
  return nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
}
