import type { App } from '../app.ts';

/** Asks once whether the app may look for newer versions, and says so quietly when one was found. */
export function followUpdates(app: App): void {
  const { updates, settings, accounts, notices, dialogs, translate } = app;
  let isAsked = false;
  let announced: string | undefined;
  const decide = (looksForUpdates: boolean) => {
    void settings.change({ looksForUpdates });
    if (looksForUpdates) void updates.check();
  };
  $effect(() => {
    // Whoever is new here has other questions.
    if (isAsked || !updates.isPossible || settings.values.looksForUpdates !== null || accounts.list.length === 0)
      return;
    isAsked = true;
    notices.offer(translate('updates.ask'), [
      { label: translate('updates.askYes'), run: () => decide(true) },
      { label: translate('updates.askNo'), run: () => decide(false) },
    ]);
  });
  $effect(() => {
    const { view } = updates;
    const version = view?.state === 'available' ? view.offer?.version : undefined;
    if (view === undefined || version === undefined || version === announced) return;
    announced = version;
    // Who asked by hand looks at the answer already.
    if (dialogs.current?.kind === 'settings') return;
    notices.offer(translate('updates.announce', { version, current: view.version }), [
      { label: translate('updates.show'), run: () => dialogs.open({ kind: 'settings', at: 'updates' }) },
      { label: translate('updates.later'), run: () => undefined },
    ]);
  });
}
