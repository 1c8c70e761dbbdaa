import { readPreference, writePreference } from './preferences.ts';

const preference = 'notify';

/** Whether this person wants to hear of things while the window is not in front, and the system lets it. */
export function areNoticesOn(): boolean {
  return readPreference(preference) === 'on' && Notification.permission === 'granted';
}

/** Asks the system where it has not been asked yet; answers whether it is on now. */
export async function switchNotices(isOn: boolean): Promise<boolean> {
  const isAllowed = isOn && (await Notification.requestPermission()) === 'granted';
  writePreference(preference, isAllowed ? 'on' : 'off');
  return isAllowed;
}

export interface Notice {
  title: string;
  body: string;
  /** A newer one of the same subject takes its place. */
  subject: string;
}

/** Says it through the system, unless the person looks at the window: then they see it there. */
export function notify({ title, body, subject }: Notice): void {
  if (!areNoticesOn() || (document.visibilityState === 'visible' && document.hasFocus())) return;
  const shown = new Notification(title, { body, tag: subject });
  shown.addEventListener('click', () => {
    globalThis.focus();
    shown.close();
  });
}
