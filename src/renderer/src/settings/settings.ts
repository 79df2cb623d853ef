import { bridge } from '../platform/bridge.ts';
import { createSettingsForm } from './settings-form.ts';

/** The form of this window. It outlives the page, so that what was typed is still there on coming back. */
export const settingsForm = createSettingsForm(bridge);
